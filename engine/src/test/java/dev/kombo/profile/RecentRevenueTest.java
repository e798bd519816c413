package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentRevenueTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final RecentRevenue revenue = new RecentRevenue();

    @Test
    void shouldSumTheDayItselfAndThe27Before() {
        revenue.add("GBP", 1, 100 * DAY);
        revenue.add("GBP", 10, 101 * DAY);
        revenue.add("GBP", 100, 127 * DAY + 5);
        assertThat(revenue.upTo(127 * DAY)).isEqualTo(Map.of("GBP", 111L));
        assertThat(revenue.upTo(128 * DAY)).isEqualTo(Map.of("GBP", 110L));
        assertThat(revenue.upTo(129 * DAY)).isEqualTo(Map.of("GBP", 100L));
        assertThat(revenue.upTo(126 * DAY)).isEqualTo(Map.of("GBP", 11L));
        assertThat(revenue.upTo(200 * DAY)).isEmpty();
    }

    @Test
    void shouldKeepOneEntryADayAndCurrencyAndForgetOldDays() {
        revenue.add("GBP", 5, DAY);
        revenue.add("GBP", 7, DAY + 1);
        revenue.add("EUR", 3, DAY);
        assertThat(revenue.days())
                .containsExactlyInAnyOrder(new RecentRevenue.Day("GBP", 1, 12), new RecentRevenue.Day("EUR", 1, 3));
        revenue.add("GBP", 4, 29 * DAY);
        assertThat(revenue.days()).containsExactly(new RecentRevenue.Day("GBP", 29, 4));
        // A late one that is too old by now is not kept either.
        revenue.add("GBP", 9, DAY);
        assertThat(revenue.days()).containsExactly(new RecentRevenue.Day("GBP", 29, 4));
    }

    @Test
    void shouldLeaveOutACurrencyOfWhichAllCameBack() {
        revenue.add("GBP", 5, DAY);
        revenue.add("EUR", 5, DAY);
        revenue.add("GBP", -5, 2 * DAY);
        assertThat(revenue.upTo(3 * DAY)).isEqualTo(Map.of("EUR", 5L));
    }
}
