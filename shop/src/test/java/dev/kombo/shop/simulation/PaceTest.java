package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long DAY = SimulationSettings.DAY;
    private static final long NOW = 1_000 * DAY;
    private static final long START = NOW - 90 * DAY;

    private final Shop.Pace pace = new Shop.Pace(Duration.ofSeconds(2));

    @Test
    void shouldBeFasterThanLifeInThePast() {
        assertThat(pace.waitMillis(START, NOW)).isZero();
        assertThat(pace.waitMillis(START + DAY, NOW + 300)).isEqualTo(1_700);
        assertThat(pace.waitMillis(START + 2 * DAY, NOW + 2_000)).isEqualTo(2_000);
    }

    @Test
    void shouldCatchUpWithOneDayAtMost() {
        pace.waitMillis(START, NOW);
        assertThat(pace.waitMillis(START + DAY, NOW + 3_900)).isZero();
        assertThat(pace.waitMillis(START + 2 * DAY, NOW + 4_000)).isZero();
        assertThat(pace.waitMillis(START + 3 * DAY, NOW + 60_000)).isZero();
        assertThat(pace.waitMillis(START + 4 * DAY, NOW + 60_000)).isEqualTo(2_000);
    }

    @Test
    void shouldNeverBeAheadOfThePresent() {
        pace.waitMillis(NOW - 1_000, NOW);
        assertThat(pace.waitMillis(NOW + 40, NOW)).isEqualTo(40);
        assertThat(pace.waitMillis(NOW + DAY, NOW + 5_000)).isEqualTo(DAY - 5_000);
        assertThat(pace.waitMillis(NOW + DAY, NOW + DAY)).isZero();
    }
}
