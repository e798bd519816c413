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

    /**
     * What budgets reserve after an offer of the bundles a, b and c that are expected to cost 450, 149.6 and nothing.
     */
    private static List<Long> reserved(DiscountBudget... budgets) {
        Outcome.Scope scope = new Outcome.Scope(new Assignment("salt", "arm", 1), "offer", null, null, 0, 0);
        Outcome.Bought expected = Outcome.Bought.expected(new Amount(0, 600, "GBP"), List.of(450.0, 149.6, 0.0));
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
    void shouldChargeABundlesBudgetWithWhatTheBundleIsExpectedToCost() {
        assertThat(reserved(bundle("a"))).containsExactly(450L);
        assertThat(reserved(bundle("b"), bundle("c"), bundle("x"))).containsExactly(150L, 0L, 0L);
        assertThat(reserved(ARM, bundle("a"))).containsExactly(600L, 450L);
    }
}
