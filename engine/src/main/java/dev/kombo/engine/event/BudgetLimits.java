package dev.kombo.engine.event;

import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.DiscountLimits.Limit;
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

    /** The limits of a slate; none where no budget counts discounts of the arm. */
    DiscountLimits ofSlate() {
        Limit slate = null;
        Map<String, Limit> bundles = new HashMap<>();
        for (DiscountBudget budget : budgets) {
            if (budget.bundleId() != null) {
                bundles.put(budget.bundleId(), limit(budget));
            } else if (budget.counts(assignment.arm(), null)) {
                slate = limit(budget);
            }
        }
        return slate == null && bundles.isEmpty()
                ? DiscountLimits.NONE
                : new DiscountLimits(budgets.get(0).currency(), slate, bundles);
    }

    private Limit limit(DiscountBudget budget) {
        return new Limit(board.leftMinor(budget, StrategyPlan.named(assignment.experiment()), time));
    }
}
