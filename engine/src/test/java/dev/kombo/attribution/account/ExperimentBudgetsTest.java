package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.OutcomeKind;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.settings.Millis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users and visitors of a strategy share a budget of 1,000 a day. */
class ExperimentBudgetsTest {
    private static final DiscountBudget BUDGET = new DiscountBudget("arm", null, 1_000, "GBP");
    private static final String USERS = "salt";
    private static final String VISITORS = "salt/visitors";

    private final Map<String, ExperimentBudgets> accounts = new HashMap<>();
    private BudgetBoard board = BudgetBoard.EMPTY;

    /** Counts a purchase, and publishes what its experiment has spent. */
    private void buy(String experiment, long time, long saving) {
        ExperimentBudgets budgets =
                accounts.computeIfAbsent(experiment, name -> new ExperimentBudgets(name, List.of(BUDGET), Millis.DAY));
        budgets.add(BudgetAccountPropertyTest.outcome(OutcomeKind.CONVERSION, time, saving), board);
        budgets.step();
        board = board.with(experiment, budgets.spending());
    }

    private double left(long time) {
        return board.leftMinor(BUDGET, USERS, time);
    }

    private static long at(int day, int hour) {
        return day * Millis.DAY + hour * Millis.HOUR;
    }

    @Test
    void shouldCarryNothingWhereVisitorsSpentWhatUsersLeft() {
        for (int day = 0; day < 5; day++) {
            buy(USERS, at(day, 8), 0);
            assertThat(left(at(day, 9))).as("day " + day).isEqualTo(1_000);
            buy(VISITORS, at(day, 10), 600);
            buy(VISITORS, at(day, 18), 400);
            assertThat(left(at(day, 20))).as("evening of day " + day).isZero();
            assertThat(left(at(day + 1, 0))).as("night after day " + day).isEqualTo(1_000);
        }
    }

    @Test
    void shouldCarryWhatADayLeavesFromTheFirstOn() {
        buy(VISITORS, at(0, 18), 400);
        assertThat(left(at(1, 9))).isEqualTo(1_600);
        buy(VISITORS, at(1, 10), 700);
        assertThat(left(at(1, 11))).isEqualTo(900);
        buy(USERS, at(2, 10), 0);
        assertThat(left(at(2, 11))).isEqualTo(1_000);
        buy(VISITORS, at(2, 12), 0);
        assertThat(left(at(2, 13))).isEqualTo(1_000);
    }

    @Test
    void shouldPayADebtBackBeforeTheNextDayIsPublished() {
        buy(VISITORS, at(0, 10), 1_000);
        buy(VISITORS, at(1, 10), 3_000);
        assertThat(left(at(2, 1))).isEqualTo(-1_000);
        buy(VISITORS, at(2, 2), 0);
        assertThat(left(at(2, 3))).isEqualTo(-1_000);
        buy(VISITORS, at(3, 2), 0);
        assertThat(left(at(3, 3))).isZero();
        buy(VISITORS, at(4, 2), 0);
        assertThat(left(at(4, 3))).isEqualTo(1_000);
        for (int day = 5; day < 20; day++) {
            buy(VISITORS, at(day, 2), 0);
        }
        assertThat(left(at(19, 3))).isEqualTo(2_000);
        assertThat(board.carriedMinor(BUDGET, USERS, at(19, 3))).isEqualTo(1_000);
    }

    @Test
    void shouldTakeWhatIsToldLateFromWhatWasCarried() {
        buy(USERS, at(0, 10), 1_000);
        buy(USERS, at(1, 10), 200);
        buy(USERS, at(2, 0), 0);
        assertThat(left(at(2, 1))).isEqualTo(1_800);
        buy(USERS, at(1, 23), 500);
        assertThat(left(at(2, 1))).isEqualTo(1_300);
    }

    @Test
    void shouldCarryTheLargestDebtWhenALateDiscountIsMoreThanANumberHolds() {
        buy(VISITORS, at(0, 10), 1_000);
        buy(VISITORS, at(1, 10), 3_000);
        buy(VISITORS, at(2, 0), 0);
        buy(VISITORS, at(1, 23), Long.MAX_VALUE);
        assertThat(board.carriedMinor(BUDGET, USERS, at(2, 1))).isEqualTo(-7_000);
    }

    @Test
    void shouldForgetWhatWasLeftBeforeDaysWithoutAnything() {
        buy(USERS, at(0, 10), 200);
        buy(USERS, at(1, 10), 200);
        assertThat(left(at(9, 10))).isEqualTo(1_000);
        buy(USERS, at(9, 10), 0);
        assertThat(left(at(9, 11))).isEqualTo(1_000);
    }
}
