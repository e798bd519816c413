package dev.kombo.research.bench;

import dev.kombo.settings.Millis;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Users act in sessions: 5 to 20 events of one user, half a minute apart on average, while other users have sessions of
 * their own. After a session a user does nothing for two days at least. Sessions begin as often as if each user had one
 * every six days, which with 50,000 users is a hundred thousand events a day, and some thirty sessions at a time. Not
 * thread-safe.
 */
final class UserSessions implements Shoppers {
    static final int FEWEST_EVENTS = 5;
    static final int MOST_EVENTS = 20;

    /** How long a user does nothing after a session, at least. */
    static final long REST_MILLIS = 2 * Millis.DAY;

    /** Longest time between two acts of a session. */
    static final long LONGEST_PAUSE_MILLIS = 55 * Millis.SECOND;

    private static final long SHORTEST_PAUSE_MILLIS = 5 * Millis.SECOND;
    private static final long MEAN_CYCLE_MILLIS = 6 * Millis.DAY;

    /** Most events after which a session goes on; the last act may be an order with all its lines. */
    private static final int MOST_PLANNED = MOST_EVENTS - BenchShop.MOST_LINES + 1;

    /** End of the rest of a user who has a session. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private static final class Session {
        private final int user;
        private int left;
        private long nextAct;

        Session(int user, int left, long nextAct) {
            this.user = user;
            this.left = left;
            this.nextAct = nextAct;
        }
    }

    private final ZipfRanks users;
    private final SplittableRandom random;
    private final long meanMillisBetweenSessions;
    private final long[] restsUntil;
    private final PriorityQueue<Session> open =
            new PriorityQueue<>(Comparator.comparingLong(session -> session.nextAct));
    private Session current;
    private long nextSession;
    private long now;

    /**
     * @param userCount number of users, 100 at least, so that there is always one who does not rest
     * @param users draws one of them
     * @param start event time of the first session, epoch milliseconds
     */
    UserSessions(int userCount, ZipfRanks users, SplittableRandom random, long start) {
        this.users = users;
        this.random = random;
        meanMillisBetweenSessions = Math.max(1, MEAN_CYCLE_MILLIS / userCount);
        restsUntil = new long[userCount];
        nextSession = start;
        now = start;
    }

    @Override
    public int next() {
        while (open.isEmpty() || nextSession <= open.peek().nextAct) {
            begin();
        }
        current = open.remove();
        now = current.nextAct;
        return current.user;
    }

    private void begin() {
        int user = users.draw(random);
        while (restsUntil[user] > nextSession) {
            user = users.draw(random);
        }
        restsUntil[user] = UNKNOWN;
        int planned = FEWEST_EVENTS + random.nextInt(MOST_PLANNED - FEWEST_EVENTS + 1);
        open.add(new Session(user, planned, nextSession));
        nextSession += random.nextLong(2 * meanMillisBetweenSessions + 1);
    }

    @Override
    public void acted(int events) {
        current.left -= events;
        if (current.left > 0) {
            current.nextAct +=
                    SHORTEST_PAUSE_MILLIS + random.nextLong(LONGEST_PAUSE_MILLIS - SHORTEST_PAUSE_MILLIS + 1);
            open.add(current);
        } else {
            restsUntil[current.user] = now + REST_MILLIS;
        }
    }

    @Override
    public long time(long made) {
        return now;
    }

    @Override
    public boolean together() {
        return true;
    }
}
