package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Stored;
import org.junit.jupiter.api.Test;

class ActionRateTest {
    private static final long MINUTE = 60_000;
    private static final long NOON = 1_700_000_040_000L;

    @Test
    void shouldFlagOnceWhenMoreThanTheLimitComesInOneMinute() {
        ActionRate watch = new ActionRate();
        for (int i = 0; i < 3; i++) {
            assertThat(watch.action(NOON + i, 3, 10 * MINUTE)).isFalse();
        }
        assertThat(watch.robotAt(NOON + 3)).isFalse();

        assertThat(watch.action(NOON + 3, 3, 10 * MINUTE)).isTrue();
        assertThat(watch.action(NOON + 4, 3, 10 * MINUTE)).isFalse();
        assertThat(watch.robotAt(NOON + 4)).isTrue();
        assertThat(watch.robotUntil()).isEqualTo(NOON + 4 + 10 * MINUTE);
        assertThat(watch.robotAt(watch.robotUntil())).isFalse();
    }

    @Test
    void shouldNotFlagWhenTheSameActionsAreSpreadOverMinutes() {
        ActionRate watch = new ActionRate();
        for (int i = 0; i < 100; i++) {
            assertThat(watch.action(NOON + i * MINUTE / 3, 3, MINUTE)).isFalse();
        }
    }

    @Test
    void shouldCountActionsAfterOneWhoseTimeIsAhead() {
        ActionRate watch = new ActionRate();
        watch.action(NOON + 5 * MINUTE, 3, MINUTE);
        assertThat(watch.action(NOON, 3, MINUTE)).isFalse();
        assertThat(watch.action(NOON, 3, MINUTE)).isFalse();
        assertThat(watch.action(NOON, 3, MINUTE)).isTrue();
    }

    @Test
    void shouldNotCountActionsThatAreLongOver() {
        ActionRate watch = new ActionRate();
        watch.action(NOON + 6 * MINUTE, 3, MINUTE);
        for (int i = 0; i < 10; i++) {
            assertThat(watch.action(NOON, 3, MINUTE)).isFalse();
        }
        // The one ahead is still counted.
        for (int i = 0; i < 2; i++) {
            assertThat(watch.action(NOON + 6 * MINUTE, 3, MINUTE)).isFalse();
        }
        assertThat(watch.action(NOON + 6 * MINUTE, 3, MINUTE)).isTrue();
    }

    @Test
    void shouldFlagAgainWhenTheFlagHadEnded() {
        ActionRate watch = new ActionRate();
        for (int i = 0; i < 2; i++) {
            watch.action(NOON, 1, MINUTE);
        }
        long later = NOON + 5 * MINUTE;
        watch.action(later, 1, MINUTE);

        assertThat(watch.action(later, 1, MINUTE)).isTrue();
    }

    @Test
    void shouldGoOnFromStoredParts() {
        ActionRate watch = new ActionRate();
        watch.action(NOON, 1, MINUTE);
        ActionRate stored = new ActionRate();
        Stored.copy(watch::fields, stored::fields);

        assertThat(stored.action(NOON, 1, MINUTE)).isTrue();
    }
}
