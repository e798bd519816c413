package dev.kombo.experiment;

import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest published spending of discount budgets, by experiment, to be added up over the experiments that share the
 * budgets. A strategy's users, visitors and shoppers outside it are accounted for in experiments of their own, which
 * share its budgets. Immutable.
 *
 * @param experiments what was published last, by experiment
 */
public record BudgetBoard(Map<String, List<BudgetSpending>> experiments) {
    /** Nothing is known. */
    public static final BudgetBoard EMPTY = new BudgetBoard(Map.of());

    /** The board with what an experiment published. */
    public BudgetBoard with(String experiment, List<BudgetSpending> published) {
        Map<String, List<BudgetSpending>> next = new HashMap<>(experiments);
        if (published.isEmpty()) {
            next.remove(experiment);
        } else {
            next.put(experiment, List.copyOf(published));
        }
        return new BudgetBoard(next);
    }

    /**
     * What a budget has spent or reserved of the day of a time, in all experiments of a strategy but one, in minor
     * units.
     */
    public long usedMinor(DiscountBudget budget, String strategy, @Nullable String except, long time) {
        long used = 0;
        for (BudgetSpending one : published(budget, strategy, except)) {
            used = Math.min(used + one.usedMinor(time), DiscountBudget.LARGEST_MINOR);
        }
        return used;
    }

    /** What a budget has spent on a UTC day in all experiments of a strategy but one, in minor units. */
    public long spentOn(DiscountBudget budget, String strategy, @Nullable String except, long day) {
        long spent = 0;
        for (BudgetSpending one : published(budget, strategy, except)) {
            spent = Math.min(spent + one.spentOn(day), DiscountBudget.LARGEST_MINOR);
        }
        return spent;
    }

    /**
     * What the day before that of a time left of a budget, in minor units; below 0: a debt. Before anything of the day
     * is published, it follows from what is known of the day before.
     */
    public long carriedMinor(DiscountBudget budget, String strategy, long time) {
        long today = BudgetSpending.dayOf(time);
        BudgetSpending known = latest(budget, strategy);
        if (known == null || known.day() < today - Millis.DAY) {
            return 0;
        }
        return known.day() >= today
                ? known.carriedMinor()
                : budget.carried(
                        budget.minorPerDay() + known.carriedMinor() - spentOn(budget, strategy, null, known.day()));
    }

    /** What was published of the latest day; of several experiments, what carries least. */
    private @Nullable BudgetSpending latest(DiscountBudget budget, String strategy) {
        BudgetSpending latest = null;
        for (BudgetSpending one : published(budget, strategy, null)) {
            if (latest == null
                    || one.day() > latest.day()
                    || (one.day() == latest.day() && one.carriedMinor() < latest.carriedMinor())) {
                latest = one;
            }
        }
        return latest;
    }

    /** What is left of a budget on the day of a time in all experiments of a strategy, minor units; below 0: a debt. */
    public double leftMinor(DiscountBudget budget, String strategy, long time) {
        return budget.limitMinor(carriedMinor(budget, strategy, time)) - usedMinor(budget, strategy, null, time);
    }

    /**
     * What a budget has spent on the day of a time in all experiments of a strategy, without what is reserved for later
     * days.
     */
    public BudgetSpending total(DiscountBudget budget, String strategy, long time) {
        long today = BudgetSpending.dayOf(time);
        long spent = 0;
        long spentAt = Long.MAX_VALUE;
        for (BudgetSpending one : published(budget, strategy, null)) {
            if (one.day() >= today) {
                spent = Math.min(spent + one.spentMinor(), DiscountBudget.LARGEST_MINOR);
                spentAt = one.spentAt() > 0 ? Math.min(spentAt, one.spentAt()) : spentAt;
            }
        }
        long used = Math.max(spent, usedMinor(budget, strategy, null, time));
        return new BudgetSpending(
                budget,
                today,
                spent,
                used - spent,
                0,
                spentAt == Long.MAX_VALUE ? 0 : spentAt,
                carriedMinor(budget, strategy, time),
                0);
    }

    /** What the experiments of a strategy but one have published of a budget. */
    private List<BudgetSpending> published(DiscountBudget budget, String strategy, @Nullable String except) {
        List<BudgetSpending> published = new ArrayList<>(experiments.size());
        for (String experiment : experiments.keySet()) {
            BudgetSpending one =
                    !experiment.equals(except) && StrategyPlan.named(experiment).equals(strategy)
                            ? of(budget, experiment)
                            : null;
            if (one != null) {
                published.add(one);
            }
        }
        return published;
    }

    private @Nullable BudgetSpending of(DiscountBudget budget, String experiment) {
        for (BudgetSpending spent : experiments.getOrDefault(experiment, List.of())) {
            if (spent.budget().limitsSame(budget)) {
                return spent;
            }
        }
        return null;
    }
}
