package dev.kombo.shop.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicBoolean gone = new AtomicBoolean();
    private final List<String> notices = new ArrayList<>();

    @Test
    void shouldSayEachMinuteWhatItWaitsForWhenNothingMoves() {
        Patience.Watch watch = unlimited().watch("all is learned");

        for (int second = 0; second <= 150; second++) {
            observe(watch, "record 7");
        }

        assertThat(notices)
                .containsExactly(
                        "Still waiting until all is learned. Nothing has moved for 60 s; it stands at record 7.",
                        "Still waiting until all is learned. Nothing has moved for 120 s; it stands at record 7.");
    }

    @Test
    void shouldSayNothingWhenSomethingMovesEachMinute() {
        Patience.Watch watch = unlimited().watch("all is learned");

        for (int second = 0; second <= 600; second++) {
            observe(watch, "record " + second / 50);
        }

        assertThat(notices).isEmpty();
    }

    @Test
    void shouldGoOnForHoursUntilWhatItWaitsForIsGone() {
        Patience.Watch watch = unlimited().watch("all is learned");
        for (int second = 0; second <= 10_000; second++) {
            observe(watch, "record 7");
        }

        gone.set(true);

        assertThatThrownBy(() -> observe(watch, "record 7")).hasMessage("gone");
    }

    @Test
    void shouldGiveUpWhenNothingMovesForLongerThanTheLimit() {
        Patience.Watch watch =
                new Patience(Duration.ofSeconds(30), () -> {}, notices::add, nanos::get).watch("all is learned");
        for (int second = 0; second <= 30; second++) {
            observe(watch, "record 7");
        }

        assertThatThrownBy(() -> observe(watch, "record 7"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("until all is learned")
                .hasMessageContaining("nothing moved for 31 s")
                .hasMessageContaining("record 7");
    }

    private Patience unlimited() {
        Runnable check = () -> {
            if (gone.get()) {
                throw CommandException.failure("gone");
            }
        };
        return new Patience(Patience.whileAlive(check, notices::add).limit(), check, notices::add, nanos::get);
    }

    private void observe(Patience.Watch watch, String state) {
        watch.observe(state, () -> state);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    }
}
