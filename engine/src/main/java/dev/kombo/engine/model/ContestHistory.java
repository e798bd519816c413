package dev.kombo.engine.model;

import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Occasion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the results of the {@link Contest} that decides which ranker is used: the result that was published last, and
 * earlier ones since this instance started. Of at most {@value #MOST_POINTS} points, every second one is dropped when
 * there are more, so that older ones lie further apart. Thread-safe.
 */
public final class ContestHistory {
    static final int MOST_POINTS = 120;

    private Contest latest = new Contest();
    private final List<Point> points = new ArrayList<>(List.of(new Point(0, latest)));

    /**
     * A contest that was published; not to be changed.
     *
     * @param time epoch milliseconds of the broker; 0: before the first publication
     */
    public record Point(long time, Contest contest) {}

    /** Adds a contest that was published, unless it has no other choices than the one before. */
    public synchronized void published(Contest contest, long time) {
        if (choices(contest) != choices(latest)) {
            points.add(new Point(time, contest));
        }
        latest = contest;
        if (points.size() > MOST_POINTS) {
            for (int i = MOST_POINTS - 1; i > 0; i -= 2) {
                points.remove(i);
            }
        }
    }

    private static long choices(Contest contest) {
        return Stream.of(Occasion.values()).mapToLong(contest::choices).sum();
    }

    /** The contest as published last; one without choices before that. Not to be changed. */
    public synchronized Contest latest() {
        return latest;
    }

    /** The points, the latest last. */
    public synchronized List<Point> points() {
        return List.copyOf(points);
    }
}
