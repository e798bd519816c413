package dev.kombo.lab.simulation;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.ExperimentBudgets;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.report.Report;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Accounts for the experiment of a simulation in memory, as the report task does, and compares its arms. */
final class InProcessReports {
    private final StrategyPlan plan;
    private final long capMinor;
    private final ExperimentAccount account;
    private final ExperimentUplift uplift = new ExperimentUplift();
    private final Map<String, ServiceReport.Entry> entries = new HashMap<>();
    private final ExperimentBudgets budgets;
    /** What discounts cost, by arm and day. */
    private final Map<String, Map<Long, Long>> discounts = new HashMap<>();

    /**
     * @param plan its experiment; outcomes of others are not counted
     * @param capMinor most revenue that counts per user when arms are compared, in minor units
     * @param validityMillis how long offered prices hold
     */
    InProcessReports(StrategyPlan plan, long capMinor, long validityMillis) {
        this.plan = plan;
        this.budgets = new ExperimentBudgets(plan.salt(), plan.options().budgets(), validityMillis);
        this.capMinor = capMinor;
        this.account = new ExperimentAccount(plan.salt(), WindowKind.TOTAL, 0);
    }

    void apply(Outcome outcome) {
        if (!outcome.experiment().equals(plan.salt())) {
            return;
        }
        account.apply(outcome);
        outcome.addTo(uplift, capMinor);
        budgets.add(outcome, BudgetBoard.EMPTY);
        if (outcome.kind() == OutcomeKind.CONVERSION) {
            discounts
                    .computeIfAbsent(outcome.arm(), arm -> new TreeMap<>())
                    .merge(
                            BudgetSpending.dayOf(outcome.eventTime()),
                            outcome.bought().amount().savingMinor(),
                            Long::sum);
        }
        if (outcome.kind() == OutcomeKind.ENTERED) {
            entries.put(outcome.shopper().userId(), new ServiceReport.Entry(outcome.arm(), outcome.eventTime()));
        }
    }

    /** What the budgets have spent. */
    BudgetBoard spending() {
        if (plan.options().budgets().isEmpty()) {
            return BudgetBoard.EMPTY;
        }
        budgets.step();
        return BudgetBoard.EMPTY.with(plan.salt(), budgets.spending());
    }

    /** What the discounts of an arm cost, by day. */
    Map<Long, Long> discounts(String arm) {
        return discounts.getOrDefault(arm, Map.of());
    }

    ServiceReport report() {
        return ServiceReport.of(Report.ofTotal(account, uplift, Map.of(), plan, 0), entries);
    }
}
