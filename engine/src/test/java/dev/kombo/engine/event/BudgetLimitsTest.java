package dev.kombo.engine.event;

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

    /** Published on the first day: 300 are carried, 100 spent, 50 reserved, and 800 reserved for the next day. */
    private static final BudgetBoard BOARD =
            BudgetBoard.EMPTY.with("salt", List.of(new BudgetSpending(BUDGET, 0, 100, 50, 800, 0, 300, 0)));

    private static double left(long time) {
        return new BudgetLimits(List.of(BUDGET), BOARD, new Assignment("salt", "arm", 1), time)
                .ofSlate()
                .of("bundle", "GBP")
                .leftMinor();
    }

    @Test
    void shouldReserveForTheNextDayOnlyWhenNothingWasPublishedForLong() {
        assertThat(left(Millis.DAY / 2)).isEqualTo(1_150);
        // As the first day left more than a budget, the next has two.
        assertThat(left(Millis.DAY)).isEqualTo(1_200);
        assertThat(left(2 * Millis.DAY)).isEqualTo(1_000);
    }

    @Test
    void shouldForgetAnExperimentWhenItsRecordIsDeleted() {
        assertThat(BOARD.with("salt", List.of())).isEqualTo(BudgetBoard.EMPTY);
    }
}
