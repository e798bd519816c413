package dev.kombo.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPaceTest {
    private static final long INTERVAL = 120;
    private static final long START = 1_700_000_000_000L;

    private final CommitPace pace = new CommitPace(INTERVAL);

    @Test
    void shouldLetTheFirstCommitComeAtOnce() {
        pace.handled();

        assertThat(pace.next(true)).isLessThan(START);
        assertThat(pace.next(false)).isLessThan(START);
    }

    @Test
    void shouldCommitWhatIsAwaitedSoonerThanTheInterval() {
        pace.committed(START);
        pace.handled();

        assertThat(pace.next(true)).isEqualTo(START + 40);
        assertThat(pace.next(false)).isEqualTo(START + INTERVAL);
    }

    @ParameterizedTest
    @CsvSource({"10, 40", "200, 40", "300, 60", "500, 100", "600, 120", "5000, 120"})
    void shouldLeaveMoreTimeBetweenCommitsTheMoreEventsArrive(int perSecond, long expected) {
        long now = steady(perSecond);

        assertThat(pace.next(true)).isEqualTo(now + expected);
        assertThat(pace.next(false)).isEqualTo(now + INTERVAL);
    }

    @Test
    void shouldForgetARushAfterSecondsOfRest() {
        long now = steady(1_000);
        for (int second = 0; second < 10; second++) {
            now += 1_000;
            pace.committed(now);
        }

        assertThat(pace.next(true)).isEqualTo(now + 40);
    }

    @Test
    void shouldNeverWaitLongerThanTheInterval() {
        CommitPace quick = new CommitPace(5);
        quick.committed(START);

        assertThat(quick.next(true)).isEqualTo(START + 5);
    }

    /** Ten seconds at a rate, with a commit each tenth of a second; returns the time of the last one. */
    private long steady(int perSecond) {
        long now = START;
        pace.committed(now);
        for (int step = 0; step < 100; step++) {
            for (int event = 0; event < perSecond / 10; event++) {
                pace.handled();
            }
            now += 100;
            pace.committed(now);
        }
        return now;
    }
}
