package dev.kombo.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.model.ContestHistory.Point;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContestHistoryTest {
    private final Contest contest = new Contest();
    private final ContestHistory history = new ContestHistory();

    /** Publishes a choice. */
    private void choose(Occasion occasion, long time) {
        contest.observe(occasion, new byte[Contestant.count()]);
        history.published(new Contest(contest.values()), time);
    }

    @Test
    void shouldHaveAPointOnlyWhereAPublicationBroughtChoices() {
        history.published(new Contest(), 1);
        choose(Occasion.BASKET, 2);
        history.published(new Contest(contest.values()), 3);
        choose(Occasion.HOLDINGS, 4);

        assertThat(history.points()).extracting(Point::time).containsExactly(0L, 2L, 4L);
        assertThat(history.points().get(1).contest().choices(Occasion.HOLDINGS)).isZero();
        assertThat(history.latest().choices(Occasion.BASKET)).isEqualTo(1);
        assertThat(history.latest().choices(Occasion.HOLDINGS)).isEqualTo(1);
    }

    @Test
    void shouldDropEverySecondPointWhenThereAreTooMany() {
        for (int time = 1; time <= 1_000; time++) {
            choose(Occasion.BASKET, time);

            assertThat(history.points()).hasSizeLessThanOrEqualTo(ContestHistory.MOST_POINTS);
            assertThat(history.latest().choices(Occasion.BASKET)).isEqualTo(time);
        }

        List<Long> times = history.points().stream().map(Point::time).toList();
        assertThat(times).hasSizeGreaterThan(ContestHistory.MOST_POINTS / 2).doesNotHaveDuplicates();
        assertThat(times).isSorted().startsWith(0L).endsWith(998L, 999L, 1_000L);
    }
}
