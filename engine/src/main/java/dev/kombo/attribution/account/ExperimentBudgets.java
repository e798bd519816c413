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
 * as last published. Not thread-safe; used by one stream thread.
 */
public final class ExperimentBudgets {
    private final String experiment;
    private final List<BudgetAccount> accounts = new ArrayList<>();

    /** Creates accounts that have spent nothing. */
    public ExperimentBudgets(String experiment, List<DiscountBudget> budgets) {
        this.experiment = experiment;
        budgets.forEach(budget -> accounts.add(new BudgetAccount(budget)));
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
                    .orElseGet(() -> new BudgetAccount(new DiscountBudget(null, name, 1, "")))
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
            if (account.add(outcome, day -> board.spentOn(account.budget(), strategy, experiment, day))
                    && account.isSpent(others(account, board))) {
                spent = spent.isEmpty() ? new ArrayList<>() : spent;
                spent.add(account.spending());
            }
        }
        return spent;
    }

    private long others(BudgetAccount account, BudgetBoard board) {
        return board.usedMinor(account.budget(), StrategyPlan.named(experiment), experiment, account.time());
    }

    /** What the budgets have spent. */
    public List<BudgetSpending> spending() {
        return accounts.stream().map(BudgetAccount::spending).toList();
    }
}
