package dev.kombo.engine.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.model.InstanceClock;
import org.junit.jupiter.api.Test;

/** The time of a task, and that of an instance, which follows it. */
class TaskClockTest {
    private final InstanceClock time = new InstanceClock();

    @Test
    void shouldNotBeKnownBeforeTheFirstEvent() {
        assertThat(time.at(1_000, 7)).isEqualTo(7);
    }

    @Test
    void shouldRunOnWithTheMachineAndNotGoBackForALateEvent() {
        time.accepted(500, 1_000);
        assertThat(time.at(1_000, 7)).isEqualTo(500);
        assertThat(time.at(1_300, 7)).isEqualTo(800);

        time.accepted(600, 1_300);
        assertThat(time.at(1_300, 7)).isEqualTo(800);
    }

    @Test
    void shouldFollowAReplayThatRunsFasterThanTheMachine() {
        time.accepted(500, 1_000);
        time.accepted(90_000, 1_100);

        assertThat(time.at(1_200, 7)).isEqualTo(90_100);
    }

    @Test
    void shouldAgreeWithTheClockOfATask() {
        TaskClock clock = new TaskClock(time);
        clock.accepted(500, 1_000);
        clock.accepted(900, 1_050);
        clock.accepted(100, 1_200);

        assertThat(time.at(2_000, 7)).isEqualTo(clock.now(2_000)).isEqualTo(1_850);
    }
}
