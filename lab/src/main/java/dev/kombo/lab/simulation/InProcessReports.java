package dev.kombo.lab.simulation;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.serde.AccountMapper;
import dev.kombo.serde.ComparisonMapper;
import dev.kombo.serde.UpliftMapper;
import java.util.HashMap;
import java.util.Map;

/** Runs the report task in memory: the total accounts of one experiment, and the comparison of its arms. */
final class InProcessReports {
    private final StrategyPlan plan;
    private final long capMinor;
    private final ExperimentAccount account;
    private final ExperimentUplift uplift = new ExperimentUplift();
    private final Map<String, ServiceReport.Entry> entries = new HashMap<>();

    /**
     * @param plan its experiment; outcomes of others are not counted
     * @param capMinor most revenue that counts per user when arms are compared, in minor units
     */
    InProcessReports(StrategyPlan plan, long capMinor) {
        this.plan = plan;
        this.capMinor = capMinor;
        this.account = new ExperimentAccount(plan.salt(), WindowKind.TOTAL, 0);
    }

    void apply(Outcome outcome) {
        if (!outcome.experiment().equals(plan.salt())) {
            return;
        }
        account.apply(outcome);
        outcome.addTo(uplift, capMinor);
        if (outcome.kind() == OutcomeKind.ENTERED) {
            entries.put(outcome.shopper().userId(), new ServiceReport.Entry(outcome.arm(), outcome.eventTime()));
        }
    }

    ServiceReport report() {
        return ServiceReport.of(
                ComparisonMapper.complete(AccountMapper.toAvro(account), UpliftMapper.toAvro(uplift), plan, 0),
                entries);
    }
}
