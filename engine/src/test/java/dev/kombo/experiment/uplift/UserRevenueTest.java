package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UserRevenueTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long ENTRY = 5 * DAY + 123;

    private final UserRevenue revenue = new UserRevenue(ENTRY, 700);

    @Test
    void shouldAddToEachWindowThatHoldsTheTime() {
        revenue.add(1, ENTRY, 0);
        revenue.add(10, ENTRY + DAY - 1, 0);
        revenue.add(100, ENTRY + DAY, 0);
        revenue.add(1000, ENTRY + 7 * DAY, 0);
        revenue.add(10_000, ENTRY + 28 * DAY, 0);
        revenue.add(10_000, ENTRY - 1, 0);

        assertThat(revenue.revenueMinor(Measure.REVENUE_1D)).isEqualTo(11);
        assertThat(revenue.revenueMinor(Measure.REVENUE_7D)).isEqualTo(111);
        assertThat(revenue.revenueMinor(Measure.REVENUE_28D)).isEqualTo(1111);
        assertThat(revenue.priorMinor()).isEqualTo(700);
    }

    @Test
    void shouldCountInTheLongerWindowsOnlyWhatComesAfterTheShorterWasTold() {
        revenue.add(200, ENTRY, 0);
        revenue.add(5, ENTRY, Measure.REVENUE_1D.bit());

        assertThat(revenue.revenueMinor(Measure.REVENUE_1D)).isEqualTo(200);
        assertThat(revenue.revenueMinor(Measure.REVENUE_7D)).isEqualTo(205);
    }

    @Test
    void shouldKeepTheLargestAmountWhenTheSumIsMoreThanANumberHolds() {
        for (int purchase = 0; purchase < 3; purchase++) {
            revenue.add(Long.MAX_VALUE / 2, ENTRY, 0);
            revenue.add(Measure.DISCOUNT_28D, Long.MAX_VALUE);
        }
        assertThat(revenue.revenueMinor(Measure.REVENUE_1D)).isEqualTo(Long.MAX_VALUE);
        assertThat(revenue.revenueMinor(Measure.DISCOUNT_28D)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseAnObservationThatIsNotFinite() {
        assertThatThrownBy(() -> new UserObservation("a", 1, Double.NaN, 0)).hasMessageContaining("not finite");
    }
}
