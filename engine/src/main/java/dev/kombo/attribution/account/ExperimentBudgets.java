package dev.kombo.attribution.account;

import dev.kombo.attribution.Outcome;
import dev.kombo.codec.Fields;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.StrategyPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The accounts of an experiment's discount budgets. Other experiments may share the budgets; what they spend is known
 * as last published. Not thread-safe: only the thread of its task uses it.
 */
public final class ExperimentBudgets {
    private final String experiment;
    private final long validityMillis;
    private final List<BudgetAccount> accounts = new ArrayList<>();

    /**
     * Creates accounts that have spent nothing.
     *
     * @param validityMillis how long offered prices hold
     */
    public ExperimentBudgets(String experiment, List<DiscountBudget> budgets, long validityMillis) {
        this.experiment = experiment;
        this.validityMillis = validityMillis;
        budgets.forEach(budget -> accounts.add(new BudgetAccount(budget, validityMillis)));
    }

    /** The accounts' fields; what is read of a budget that is no longer there is dropped. */
    public void fields(Fields f) {
        f.version("budgets", 1, 1, 1);
        int size = f.size(accounts.size());
        for (int i = 0; i < size; i++) {
            String name = f.text(f.reading() ? "" : accounts.get(i).budget().name());
            accounts.stream()
                    .filter(account -> account.budget().name().equals(name))
                    .findFirst()
                    .orElseGet(() -> new BudgetAccount(new DiscountBudget(null, name, 1, ""), validityMillis))
                    .fields(f);
        }
    }

    /**
     * Adds an outcome of the experiment.
     *
     * @return the budgets that it spent, each once a day
     */
    public List<BudgetSpending> add(Outcome outcome, BudgetBoard board) {
        List<BudgetSpending> spent = List.of();
        String strategy = StrategyPlan.named(experiment);
        for (BudgetAccount account : accounts) {
            double expected = expected(account.budget(), outcome);
            if (account.add(outcome, expected, day -> board.spentOn(account.budget(), strategy, experiment, day))
                    && account.isSpent(others(account, board))) {
                spent = spent.isEmpty() ? new ArrayList<>() : spent;
                spent.add(account.spending());
            }
        }
        return spent;
    }

    /** What a budget is charged for an offer, in minor units. */
    private static double expected(DiscountBudget budget, Outcome outcome) {
        if (budget.arm() != null) {
            return budget.arm().equals(outcome.arm())
                    ? outcome.bought().amount().savingMinor()
                    : 0;
        }
        List<Double> expected = outcome.bought().expectedMinor();
        int place = outcome.bundleIds().indexOf(budget.bundleId());
        return place < 0 || place >= expected.size() ? 0 : expected.get(place);
    }

    /** Compares what the delays predicted. */
    public void step() {
        accounts.forEach(BudgetAccount::step);
    }

    private long others(BudgetAccount account, BudgetBoard board) {
        return board.usedMinor(account.budget(), StrategyPlan.named(experiment), experiment, account.time());
    }

    /** What the budgets have spent. */
    public List<BudgetSpending> spending() {
        return accounts.stream().map(BudgetAccount::spending).toList();
    }
}
