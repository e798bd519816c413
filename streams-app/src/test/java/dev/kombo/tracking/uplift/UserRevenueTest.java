package dev.kombo.tracking.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.tracking.Enrollment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UserRevenueTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long ENTRY = 5 * DAY + 123;
    private static final Enrollment ENROLLMENT = new Enrollment("e", "treatment", 3, ENTRY);

    private final UserRevenue revenue = new UserRevenue(ENTRY, 700);

    @Test
    void shouldAddToEachWindowThatHoldsTheTime() {
        assertThat(revenue.add(1, ENTRY)).isTrue();
        assertThat(revenue.add(10, ENTRY + DAY - 1)).isTrue();
        assertThat(revenue.add(100, ENTRY + DAY)).isTrue();
        assertThat(revenue.add(1000, ENTRY + 7 * DAY)).isTrue();
        assertThat(revenue.add(10_000, ENTRY + 28 * DAY)).isFalse();
        assertThat(revenue.add(10_000, ENTRY - 1)).isFalse();

        assertThat(revenue.revenueMinor(ObservationWindow.DAY)).isEqualTo(11);
        assertThat(revenue.revenueMinor(ObservationWindow.WEEK)).isEqualTo(111);
        assertThat(revenue.revenueMinor(ObservationWindow.FOUR_WEEKS)).isEqualTo(1111);
    }

    @Test
    void shouldBeObservedOnceAndOnlyWhenTheWindowHasEnded() {
        revenue.add(200, ENTRY);
        assertThat(revenue.isDue(ObservationWindow.DAY, ENTRY + DAY - 1)).isFalse();
        assertThat(revenue.isDue(ObservationWindow.DAY, ENTRY + DAY)).isTrue();

        assertThat(revenue.observe(ObservationWindow.DAY, ENROLLMENT, 100_000))
                .isEqualTo(new UserObservation("treatment", 3, 200, 700));

        assertThat(revenue.isDue(ObservationWindow.DAY, ENTRY + 2 * DAY)).isFalse();
        assertThat(revenue.observed(ObservationWindow.DAY)).isTrue();
        assertThat(revenue.observed(ObservationWindow.WEEK)).isFalse();
        assertThatThrownBy(() -> revenue.observe(ObservationWindow.DAY, ENROLLMENT, 100_000))
                .hasMessageContaining("observed before");
        // Late money of the day counts in the longer windows only.
        assertThat(revenue.add(5, ENTRY)).isTrue();
        assertThat(revenue.revenueMinor(ObservationWindow.DAY)).isEqualTo(200);
        assertThat(revenue.revenueMinor(ObservationWindow.WEEK)).isEqualTo(205);
    }

    @Test
    void shouldCapWhatAShopperCountsFor() {
        revenue.add(5000, ENTRY);
        assertThat(revenue.observe(ObservationWindow.DAY, ENROLLMENT, 300))
                .isEqualTo(new UserObservation("treatment", 3, 300, 300));
        revenue.add(-9000, ENTRY);
        assertThat(revenue.observe(ObservationWindow.WEEK, ENROLLMENT, 300).response())
                .isEqualTo(-300);
    }

    @Test
    void shouldGoOnFromWhatWasStored() {
        revenue.add(200, ENTRY);
        revenue.observe(ObservationWindow.DAY, ENROLLMENT, 1000);
        UserRevenue restored = new UserRevenue(revenue.enteredAt(), revenue.priorMinor());
        for (ObservationWindow window : ObservationWindow.values()) {
            restored.restore(window, revenue.revenueMinor(window), revenue.observed(window));
        }
        assertThat(restored.isDue(ObservationWindow.DAY, ENTRY + 99 * DAY)).isFalse();
        assertThat(restored.observe(ObservationWindow.WEEK, ENROLLMENT, 1000))
                .isEqualTo(revenue.observe(ObservationWindow.WEEK, ENROLLMENT, 1000));
    }

    @Test
    void shouldRefuseAnObservationThatIsNotFinite() {
        assertThatThrownBy(() -> new UserObservation("a", 1, Double.NaN, 0)).hasMessageContaining("not finite");
    }
}
