package dev.kombo.engine.shopper;

import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.DiscountLimits.Limit;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.settings.Millis;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what budgets have spent into limits of the discounts of a slate.
 *
 * @param budgets those of the strategy
 * @param board what they have spent
 * @param assignment what the offer is attributed to
 * @param time epoch milliseconds
 */
record BudgetLimits(List<DiscountBudget> budgets, BudgetBoard board, Assignment assignment, long time) {

    /** The limits of slates with a goal; none where no budget counts discounts of the arm. */
    DiscountLimits of(SlateGoal.Criterion kind) {
        Limit slate = null;
        Map<String, Limit> bundles = new HashMap<>();
        for (DiscountBudget budget : budgets) {
            if (budget.bundleId() != null) {
                bundles.put(budget.bundleId(), limit(budget, kind));
            } else if (budget.counts(assignment.arm(), null)) {
                slate = limit(budget, kind);
            }
        }
        return slate == null && bundles.isEmpty()
                ? DiscountLimits.NONE
                : new DiscountLimits(budgets.get(0).currency(), slate, bundles);
    }

    private Limit limit(DiscountBudget budget, SlateGoal.Criterion kind) {
        String experiment = assignment.experiment();
        double left = left(budget, time);
        if (!kind.valued()) {
            // Prices are not chosen, so the multiplier does not spread them: the budget is released with the day.
            long rest = BudgetSpending.dayOf(time) + Millis.DAY - time;
            left -= (double) budget.minorPerDay() * rest / Millis.DAY;
            // Nor does it keep evenings from spending the next day's.
            left = Math.min(left, left(budget, time + Millis.DAY));
        }
        return new Limit(board.multiplier(budget, experiment), left);
    }

    private double left(DiscountBudget budget, long ofTime) {
        return board.leftMinor(budget, StrategyPlan.named(assignment.experiment()), ofTime);
    }
}
