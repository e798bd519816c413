package dev.kombo.topology.report;

import dev.kombo.attribution.account.AccountRetention;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.allocation.StrategyChange;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.BudgetMapper;
import dev.kombo.serde.ComparisonMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.settings.Millis;
import dev.kombo.topology.common.AccountKeys;
import dev.kombo.topology.common.KeyFailures;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes changed accounts at most once per interval, moves shares if the changes call for it, and deletes expired
 * windows. Not thread-safe; used by the stream thread that owns the partition.
 */
final class ReportPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(ReportPublisher.class);
    private static final long PURGE_INTERVAL = Millis.MINUTE;

    private final ReportAccounts changes;
    private final AccountRetention retention;
    private final LiveModels models;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, ConversionReport> accounts;
    private final KeyValueStore<String, UpliftState> uplifts;
    private final ComparisonHistory history;
    private final KeyFailures failures;
    private final Counters counters;
    private long nextPurge;

    ReportPublisher(EngineContext engine, ReportAccounts changes, ProcessorContext<String, SpecificRecord> context) {
        this.changes = changes;
        this.retention = engine.settings().retention();
        this.models = engine.models();
        this.counters = engine.counters();
        this.failures = new KeyFailures(engine.counters(), "report");
        this.context = context;
        this.accounts = context.getStateStore(StoreNames.EXPERIMENT_ACCOUNT);
        this.uplifts = context.getStateStore(StoreNames.UPLIFT_ACCOUNT);
        this.history = new ComparisonHistory(context.getStateStore(StoreNames.COMPARISON_HISTORY));
    }

    /** Publishes pending changes; called by a punctuator. */
    void publish(long systemTime) {
        Map<String, ConversionReport> changed = changes.write();
        Map<String, ConversionReport> windows = new LinkedHashMap<>();
        List<ConversionReport> totals = new ArrayList<>();
        changed.forEach((key, account) -> {
            if (account.getWindow() == ReportWindow.TOTAL) {
                totals.add(account);
            } else {
                windows.put(key, account);
            }
        });
        // Totals first: their comparisons belong to the report of the day.
        totals.forEach(
                total -> failures.attempt(total.getExperiment(), systemTime, () -> publishTotal(total, windows)));
        windows.forEach((key, account) -> forward(key, history.complete(key, account)));
        publishBudgets();
        changes.published();
        if (!changed.isEmpty() && systemTime >= nextPurge) {
            purge();
            nextPurge = systemTime + PURGE_INTERVAL;
        }
    }

    /** Publishes what budgets have spent, where that is due. */
    void publishBudgets() {
        if (changes.budgets().unpublished().isEmpty()) {
            return;
        }
        long time = context.currentStreamTimeMs();
        changes.budgets()
                .unpublished()
                .forEach((experiment, spending) ->
                        forward(NodeNames.REPORT_WRITE_BUDGET, experiment, BudgetMapper.toAvro(spending), time));
        changes.budgets().published();
    }

    private void forward(String node, String key, SpecificRecord value, long time) {
        context.forward(new Record<>(key, value, time), node);
    }

    private void forward(String key, ConversionReport report) {
        forward(NodeNames.REPORT_WRITE_REPORT, key, report, report.getLastEventTime());
    }

    /** Publishes a total; if the arms compare differently now, its day is published too. */
    private void publishTotal(ConversionReport account, Map<String, ConversionReport> windows) {
        ConversionReport total = complete(account);
        forward(AccountKeys.window(total.getExperiment(), WindowKind.TOTAL, 0), total);
        String dayKey = ComparisonHistory.dayOf(total);
        ConversionReport day = accounts.get(dayKey);
        if (day != null && history.keep(total)) {
            windows.put(dayKey, day);
        }
    }

    /** Adds the accounts of bundles, the model stages and the comparisons of arms to the total. */
    private ConversionReport complete(ConversionReport report) {
        ConversionReport total = ArmRankingModels.addedTo(report, models);
        for (ArmReport arm : total.getArms()) {
            arm.setBundles(changes.busiest(report.getExperiment(), arm.getArm()));
        }
        return ComparisonMapper.complete(
                total, observed(report), models.strategy().plan(), AssignedUsers.perDay(report, accounts::get));
    }

    /**
     * Returns the observations, or null if there are none. If they call for a change of the active strategy, it is
     * requested. It is stored in the transaction that sends it, so that it is made only once, and no other follows
     * until it is active.
     */
    private UpliftState observed(ConversionReport report) {
        String experiment = report.getExperiment();
        UpliftState stored = uplifts.get(experiment);
        StrategyPlan active = models.strategy().plan();
        if (stored == null || !active.salt().equals(experiment)) {
            return stored;
        }
        ExperimentUplift uplift = UpliftMapper.toDomain(stored);
        int known = uplift.crossings().size();
        long time = report.getLastEventTime();
        ShareMove move = StrategyChange.next(active, uplift, time);
        List<Crossing> crossings =
                uplift.crossings().subList(known, uplift.crossings().size());
        if (move == null && crossings.isEmpty()) {
            return stored;
        }
        for (Crossing crossing : crossings) {
            LOG.warn("{} of {}: {}", crossing.action(), experiment, crossing.reason());
            counters.count(KomboMetric.GUARDRAILS_CROSSED, crossing.action().toLowerCase(Locale.ROOT));
        }
        if (move != null) {
            forward(NodeNames.REPORT_WRITE_MOVE, experiment, UpliftMapper.MOVES.toAvro(move), time);
            uplift.moved(move);
        }
        UpliftState moved = UpliftMapper.toAvro(uplift);
        uplifts.put(experiment, moved);
        return moved;
    }

    private void purge() {
        List<ConversionReport> reports = new ArrayList<>();
        try (KeyValueIterator<String, ConversionReport> all = accounts.all()) {
            all.forEachRemaining(entry -> reports.add(entry.value));
        }
        long latest = reports.stream()
                .map(ConversionReport::getLastEventTime)
                .max(Comparator.naturalOrder())
                .orElse(0L);
        for (ConversionReport report : reports) {
            WindowKind kind = WindowKind.valueOf(report.getWindow().name());
            long since = kind == WindowKind.TOTAL ? report.getLastEventTime() : report.getWindowStart();
            if (retention.purges(kind, since, latest)) {
                String key = AccountKeys.window(report.getExperiment(), kind, report.getWindowStart());
                accounts.delete(key);
                if (kind == WindowKind.DAY) {
                    history.forget(key);
                } else if (kind == WindowKind.TOTAL) {
                    changes.forget(report.getExperiment());
                    if (changes.budgets().forget(report.getExperiment())) {
                        forward(
                                NodeNames.REPORT_WRITE_BUDGET,
                                report.getExperiment(),
                                null,
                                context.currentStreamTimeMs());
                    }
                }
                forward(NodeNames.REPORT_WRITE_REPORT, key, null, latest);
            }
        }
        forgetUnreported();
    }

    /**
     * Deletes observations of experiments whose total is gone, such as those of shoppers visited late: they are never
     * published.
     */
    private void forgetUnreported() {
        List<String> observed = new ArrayList<>();
        try (KeyValueIterator<String, UpliftState> all = uplifts.all()) {
            all.forEachRemaining(entry -> observed.add(entry.key));
        }
        for (String experiment : observed) {
            if (accounts.get(AccountKeys.window(experiment, WindowKind.TOTAL, 0)) == null) {
                uplifts.delete(experiment);
            }
        }
    }

    /**
     * Keeps how the arms of an experiment compared at the end of each day, as a report of the day that contains only
     * comparisons. It is separate from the day's account, which is decoded and encoded for each outcome. Not
     * thread-safe; used by the stream thread that owns the partition.
     */
    private static final class ComparisonHistory {
        private final KeyValueStore<String, ConversionReport> comparisons;

        ComparisonHistory(KeyValueStore<String, ConversionReport> comparisons) {
            this.comparisons = comparisons;
        }

        /** Returns the key of the day of a total's comparisons: the day of the latest event. */
        static String dayOf(ConversionReport total) {
            return AccountKeys.window(
                    total.getExperiment(), WindowKind.DAY, WindowKind.DAY.startOf(total.getLastEventTime()));
        }

        /**
         * Stores the comparisons as the latest of their day.
         *
         * @param total with comparisons
         * @return whether they differ from the comparisons before
         */
        boolean keep(ConversionReport total) {
            String key = dayOf(total);
            ConversionReport before = comparisons.get(key);
            if (before == null
                    ? total.getComparisons().isEmpty()
                    : before.getComparisons().equals(total.getComparisons())) {
                return false;
            }
            comparisons.put(
                    key,
                    ConversionReport.newBuilder()
                            .setExperiment(total.getExperiment())
                            .setWindow(ReportWindow.DAY)
                            .setWindowStart(WindowKind.DAY.startOf(total.getLastEventTime()))
                            .setLastEventTime(total.getLastEventTime())
                            .setArms(List.of())
                            .setComparisons(total.getComparisons())
                            .build());
            return true;
        }

        /** Returns the report of a day with its latest comparisons; the report of an hour is returned unchanged. */
        ConversionReport complete(String key, ConversionReport report) {
            return report.getWindow() == ReportWindow.DAY
                    ? ComparisonMapper.withComparisons(report, comparisons.get(key))
                    : report;
        }

        void forget(String key) {
            comparisons.delete(key);
        }
    }
}
