package dev.kombo.engine.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.settings.Millis;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What budgets leave for discounts, by day. */
class BudgetLimitsTest {
    private static final DiscountBudget BUDGET = new DiscountBudget("arm", null, 1_000, "GBP");

    private static double left(long spent, long carried, long time) {
        BudgetSpending published = new BudgetSpending(BUDGET, 0, spent, 0, carried, 0);
        BudgetBoard board = BudgetBoard.EMPTY.with("salt", List.of(published));
        return new BudgetLimits(List.of(BUDGET), board, new Assignment("salt", "arm", 1), time)
                .ofSlate()
                .of("bundle", "GBP")
                .leftMinor();
    }

    @Test
    void shouldLeaveWhatIsNotSpentOfTheBudgetAndOfWhatWasCarried() {
        assertThat(left(100, 300, Millis.DAY / 2)).isEqualTo(1_200);
        assertThat(left(1_300, 300, Millis.DAY / 2)).isZero();
    }

    @Test
    void shouldCarryWhatADayLeavesToTheNextDayOnly() {
        // 1,200 are left, of which 1,000 are of the day's own budget.
        assertThat(left(100, 300, Millis.DAY)).isEqualTo(2_000);
        assertThat(left(700, 300, Millis.DAY)).isEqualTo(1_600);
        assertThat(left(100, 300, 2 * Millis.DAY)).isEqualTo(1_000);
    }

    @Test
    void shouldTakeWhatADayCostTooMuchFromTheNext() {
        assertThat(left(1_500, 300, Millis.DAY)).isEqualTo(800);
    }

    @Test
    void shouldForgetAnExperimentWhenItsRecordIsDeleted() {
        BudgetBoard board = BudgetBoard.EMPTY.with("salt", List.of(new BudgetSpending(BUDGET, 0, 100, 0, 300, 0)));
        assertThat(board.with("salt", List.of())).isEqualTo(BudgetBoard.EMPTY);
    }
}
