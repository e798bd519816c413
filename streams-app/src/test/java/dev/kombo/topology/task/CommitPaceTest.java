package dev.kombo.topology.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitPaceTest {
    private static final long INTERVAL = 100;
    private static final long START = 1_700_000_000_000L;

    private final CommitPace pace = new CommitPace();

    @Test
    void shouldCommitTheFirstEventAtOnce() {
        pace.handled();

        assertThat(pace.delay(START, INTERVAL)).isZero();
    }

    @Test
    void shouldPutOffACommitThatFollowsTooSoon() {
        pace.committed(START);
        pace.handled();

        assertThat(pace.delay(START + 5, INTERVAL)).isEqualTo(15);
        assertThat(pace.delay(START + 20, INTERVAL)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "100, 20", "250, 50", "500, 100", "5000, 100"})
    void shouldLeaveMoreTimeBetweenCommitsTheMoreEventsArrive(int perSecond, long expected) {
        long now = steady(perSecond);

        assertThat(pace.delay(now, INTERVAL)).isEqualTo(expected);
    }

    @Test
    void shouldForgetARushAfterASecondsOfRest() {
        long now = steady(1_000);
        for (int second = 0; second < 10; second++) {
            now += 1_000;
            pace.committed(now);
        }

        assertThat(pace.delay(now, INTERVAL)).isEqualTo(20);
    }

    @Test
    void shouldNotWaitLongerThanAGapWhenTheClockIsSetBack() {
        pace.committed(START);

        assertThat(pace.delay(START - 60_000, INTERVAL)).isEqualTo(20);
    }

    @Test
    void shouldNeverWaitLongerThanTheInterval() {
        pace.committed(START);

        assertThat(pace.delay(START, 5)).isEqualTo(5);
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
