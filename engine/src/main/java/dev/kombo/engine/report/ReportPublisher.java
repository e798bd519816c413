package dev.kombo.engine.report;

import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.allocation.StrategyChange;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the accounts of experiments that have changed, and moves the shares of newly assigned shoppers between
 * treatments if the changes call for it. Not thread-safe; used by the thread that owns the task.
 */
final class ReportPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(ReportPublisher.class);

    private final ReportTables tables;
    private final ReportAccounts accounts;
    private final ComparisonHistory history;
    private final Outputs<ReportOutput> outputs;
    private final LiveModels models;
    private final Isolation isolation;
    private final Counters counters;

    /**
     * @param isolation keeps a total that cannot be published from holding up the others
     */
    ReportPublisher(
            ReportTables tables,
            ReportAccounts accounts,
            ComparisonHistory history,
            Outputs<ReportOutput> outputs,
            LiveModels models,
            Isolation isolation,
            Counters counters) {
        this.tables = tables;
        this.accounts = accounts;
        this.history = history;
        this.outputs = outputs;
        this.models = models;
        this.isolation = isolation;
        this.counters = counters;
    }

    /** Publishes windows, and the day of each total whose arms compare differently now. */
    void publish(Map<String, ExperimentAccount> changed, long systemTime) {
        Map<String, ExperimentAccount> windows = new LinkedHashMap<>();
        List<ExperimentAccount> totals = new ArrayList<>();
        changed.forEach((key, account) -> {
            if (account.window() == WindowKind.TOTAL) {
                totals.add(account);
            } else {
                windows.put(key, account);
            }
        });
        // Totals first: their comparisons belong to the report of the day.
        totals.forEach(total -> isolation.attempt(total.experiment(), systemTime, () -> publishTotal(total, windows)));
        windows.forEach((key, account) -> isolation.attempt(
                account.experiment(),
                systemTime,
                () -> outputs.emit(new ReportOutput.Published(key, history.report(key, account)))));
    }

    /**
     * Publishes a total. If its observations call for a change of the active strategy, it is requested. What is
     * requested is stored together with the output, so that it is made only once, and no other follows until it is
     * active.
     */
    private void publishTotal(ExperimentAccount account, Map<String, ExperimentAccount> windows) {
        String experiment = account.experiment();
        long time = account.lastEventTime();
        ExperimentUplift uplift = tables.uplifts().get(experiment);
        StrategyPlan active = models.strategy().plan();
        ShareMove move = null;
        List<Crossing> crossings = List.of();
        if (uplift != null && active.salt().equals(experiment)) {
            int known = uplift.crossings().size();
            move = StrategyChange.next(active, uplift, time);
            crossings = uplift.crossings().subList(known, uplift.crossings().size());
            if (move != null) {
                uplift.moved(move);
            }
        }
        Report total = report(account, uplift, active);
        outputs.emit(new ReportOutput.Published(ReportKeys.total(experiment), total));
        if (move != null) {
            outputs.emit(new ReportOutput.MoveRequested(experiment, move, time));
        }
        String dayKey = ComparisonHistory.dayOf(account);
        ExperimentAccount day = tables.windows().get(dayKey);
        if (day != null && history.keep(total)) {
            windows.put(dayKey, day);
        }
        // Last: if anything before fails, the move is not sent, and is to be requested again.
        if (uplift != null && (move != null || !crossings.isEmpty())) {
            tables.uplifts().put(experiment, uplift);
            announce(experiment, crossings);
        }
    }

    private Report report(ExperimentAccount account, @Nullable ExperimentUplift uplift, StrategyPlan active) {
        Map<String, List<BundleAccount>> bundles = new HashMap<>();
        for (ArmAccount arm : account.arms()) {
            bundles.put(arm.arm(), accounts.busiest(account.experiment(), arm.arm()));
        }
        double usersPerDay = AssignedUsers.perDay(account, tables.windows()::get);
        return Report.ofTotal(account, uplift, ModelStages.of(account, models), active, usersPerDay)
                .listing(bundles);
    }

    private void announce(String experiment, List<Crossing> crossings) {
        for (Crossing crossing : crossings) {
            LOG.warn("{} of {}: {}", crossing.action(), experiment, crossing.reason());
            counters.count(KomboMetric.GUARDRAILS_CROSSED, crossing.action().toLowerCase(Locale.ROOT));
        }
    }
}
