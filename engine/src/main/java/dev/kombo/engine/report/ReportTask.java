package dev.kombo.engine.report;

import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Task;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.metric.Counters;
import dev.kombo.settings.Millis;
import java.util.Map;

/**
 * Counts outcomes in the accounts of an experiment, in total, by day, by hour and by bundle, and adds matured measures
 * of its shoppers to the observations that arms are compared by. All arms of an experiment are counted in one task and
 * one row per window, which is what makes them comparable. At each call of {@link #tick} it publishes the windows that
 * changed.
 */
public final class ReportTask implements Task<ReportInput> {
    private static final long PURGE_INTERVAL = Millis.MINUTE;

    private final Outputs<ReportOutput> outputs;
    private final BudgetAccounts budgets;
    private final ReportAccounts accounts;
    private final ReportPublisher publisher;
    private final ReportPurge purge;
    private long nextPurge;
    /** Time of the latest input. */
    private long latest;

    /**
     * Creates a task that goes on from its tables.
     *
     * @param models has the active strategy and what its budgets have spent
     * @param isolation keeps an experiment that fails from holding up the others
     */
    public ReportTask(
            ReportTables tables,
            Outputs<ReportOutput> outputs,
            EngineSettings settings,
            LiveModels models,
            Isolation isolation,
            Counters counters) {
        this.outputs = outputs;
        ComparisonHistory history = new ComparisonHistory(tables.comparisons());
        budgets = new BudgetAccounts(tables.budgets(), models, settings.get(OfferSettings.VALIDITY), counters);
        accounts = new ReportAccounts(tables, settings.get(UpliftSettings.REVENUE_CAP), budgets, isolation);
        publisher = new ReportPublisher(tables, accounts, history, outputs, models, isolation, counters);
        purge = new ReportPurge(tables, accounts, budgets, history, settings.retention(), outputs, isolation);
    }

    /** Counts an outcome, and publishes at once what budgets have spent where one is spent now. */
    @Override
    public void accept(ReportInput input, long systemTime) {
        latest = Math.max(latest, input.time());
        try {
            accounts.add(input.outcome(), systemTime);
            publishBudgets();
        } catch (RuntimeException e) {
            accounts.outdated();
            throw e;
        }
        accounts.added(input.outcome());
    }

    @Override
    public void beforeCommit(long systemTime) {
        accounts.store();
    }

    /**
     * Publishes what changed since the last call, and deletes expired windows once a minute.
     *
     * @throws dev.kombo.engine.task.HalfWrittenException if accounts are written in part
     */
    @Override
    public boolean tick(long systemTime) {
        Map<String, ExperimentAccount> changed = accounts.write(systemTime);
        publisher.publish(changed, systemTime);
        publishBudgets();
        accounts.published();
        if (!changed.isEmpty() && systemTime >= nextPurge) {
            nextPurge = systemTime + PURGE_INTERVAL;
            purge.run(time(), systemTime);
        }
        return !changed.isEmpty();
    }

    private void publishBudgets() {
        if (!budgets.unpublished().isEmpty()) {
            long time = time();
            budgets.unpublished()
                    .forEach((experiment, spending) ->
                            outputs.emit(new ReportOutput.BudgetsSpent(experiment, spending, time)));
            budgets.published();
        }
    }

    /** Time of the latest input; where there was none since the start, of what was pending then. */
    private long time() {
        return latest > 0 ? latest : accounts.latestPending();
    }
}
