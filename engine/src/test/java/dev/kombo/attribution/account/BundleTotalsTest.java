package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.account.BundleTotals.BundleTotal;
import dev.kombo.attribution.account.BundleTotals.Sorting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTotalsTest {
    private final BundleTotals totals = new BundleTotals();

    private void add(String id, long offers, long conversions, long revenue, String currency) {
        totals.add(new BundleAccount(id, offers, 2 * conversions, conversions, revenue, currency));
    }

    private List<String> best(Sorting measure, int most) {
        return totals.best(measure, most).stream().map(BundleTotal::bundleId).toList();
    }

    @Test
    void shouldAddWhatABundleDidInEachArmByCurrency() {
        add("a", 10, 3, 900, "GBP");
        add("a", 5, 1, 200, "EUR");
        add("a", 1, 2, 100, "GBP");
        add("a", 7, 0, 0, null);

        assertThat(totals.best(Sorting.OFFERS, 9))
                .containsExactly(new BundleTotal("a", 23, 12, 6, Map.of("EUR", 200L, "GBP", 1000L)));
    }

    @Test
    void shouldSortByWhatIsAskedFor() {
        add("offered", 100, 1, 100, "GBP");
        add("bought", 50, 9, 200, "GBP");
        add("dear", 10, 2, 800, "GBP");

        assertThat(best(Sorting.OFFERS, 9)).containsExactly("offered", "bought", "dear");
        assertThat(best(Sorting.CONVERSIONS, 9)).containsExactly("bought", "dear", "offered");
        assertThat(best(Sorting.REVENUE, 2)).containsExactly("dear", "bought");
    }

    @Test
    void shouldOrderEqualsByConversionsThenOffersThenId() {
        add("d", 1, 1, 0, null);
        add("c", 9, 0, 0, null);
        add("b", 5, 0, 0, null);
        add("a", 5, 0, 0, null);

        assertThat(best(Sorting.REVENUE, 9)).containsExactly("d", "c", "a", "b");
    }

    @Test
    void shouldNotTakeMoneyOfAnotherCurrencyForMoreWhenItIsARareOne() {
        add("yen", 1, 1, 1_000_000, "JPY");
        add("cheap", 1, 1, 500, "GBP");
        add("dear", 1, 1, 800, "GBP");
        add("refunded", 1, 1, -200, "GBP");

        assertThat(best(Sorting.REVENUE, 9)).containsExactly("dear", "cheap", "yen", "refunded");
    }
}
