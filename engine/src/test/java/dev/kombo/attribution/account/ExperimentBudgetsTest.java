package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.settings.Millis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An offer's expected cost is charged to the budgets that count its discounts. */
class ExperimentBudgetsTest {
    private static final DiscountBudget ARM = new DiscountBudget("arm", null, 10_000, "GBP");

    private static DiscountBudget bundle(String id) {
        return new DiscountBudget(null, id, 10_000, "GBP");
    }

    /** What budgets reserve after an offer of the bundles a, b and c that may cost 600. */
    private static List<Long> reserved(DiscountBudget... budgets) {
        Outcome.Scope scope = new Outcome.Scope(new Assignment("salt", "arm", 1), "offer", null, null, 0, 0);
        Outcome.Bought expected = new Outcome.Bought(null, 0, new Amount(0, 600, "GBP"), false, false);
        Shopper shopper = new Shopper("user", null);
        List<String> slate = List.of("a", "b", "c");
        ExperimentBudgets accounts = new ExperimentBudgets("salt", List.of(budgets), Millis.DAY);
        accounts.add(
                new Outcome("", OutcomeKind.OFFERED, shopper, scope, "", 0, slate, expected, List.of(), null, null),
                BudgetBoard.EMPTY);
        return accounts.spending().stream()
                .map(spending -> spending.reservedMinor() + spending.laterMinor())
                .toList();
    }

    @Test
    void shouldChargeABundlesBudgetWithItsPartOfTheCountedBundles() {
        assertThat(reserved(bundle("a"))).containsExactly(600L);
        assertThat(reserved(bundle("a"), bundle("b"), bundle("x"))).containsExactly(300L, 300L, 0L);
        assertThat(reserved(ARM, bundle("a"))).containsExactly(600L, 200L);
    }
}
