package dev.kombo.topology.report;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.config.Topic;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.report.ReportInput;
import dev.kombo.engine.report.ReportOutput;
import dev.kombo.engine.report.ReportTables;
import dev.kombo.engine.report.ReportTask;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.BudgetMapper;
import dev.kombo.serde.MappedSerde;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.ReportMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.topology.common.KafkaTable;
import dev.kombo.topology.common.KeyFailures;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.common.TaskAdapter;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Connects the report task, which is keyed by experiment, to Kafka. Accounts are plain stores with the window's start in
 * the key, not window stores: those drop late records when partitions advance unequally.
 */
public final class ReportAdapter implements TaskAdapter<OfferOutcomes, ReportInput, ReportOutput> {
    /** Least time between two publications of a report, in milliseconds: as often as a person looks again. */
    private static final long PUBLISH_INTERVAL_MILLIS = 1_000;

    private final EngineContext engine;

    public ReportAdapter(EngineContext engine) {
        this.engine = engine;
    }

    /** The values of the store of experiments' accounts. */
    public Serde<ExperimentAccount> accountSerde() {
        return MappedSerde.of(
                engine.serdes().value(ConversionReport.class), ReportMapper::toAvro, ReportMapper::account);
    }

    /** The values of the store of bundles' accounts. */
    public Serde<BundleAccount> bundleSerde() {
        return MappedSerde.of(
                engine.serdes().value(BundleReport.class),
                ReportMapper.BUNDLES::toAvro,
                ReportMapper.BUNDLES::toDomain);
    }

    /** The values of the store of observations. */
    public Serde<ExperimentUplift> upliftSerde() {
        return MappedSerde.of(engine.serdes().value(UpliftState.class), UpliftMapper::toAvro, UpliftMapper::toDomain);
    }

    /** The values of the store of comparisons. */
    public Serde<DayComparisons> comparisonSerde() {
        return MappedSerde.of(
                engine.serdes().value(ConversionReport.class), ReportMapper::toAvro, ReportMapper::comparisons);
    }

    @Override
    public ReportTask task(ProcessorContext<?, ?> context, Outputs<ReportOutput> outputs) {
        return new ReportTask(
                new StoredTables(context),
                outputs,
                engine.settings(),
                engine.models(),
                new KeyFailures(engine.counters(), "report"),
                engine.counters());
    }

    @Override
    public ReportInput input(Record<String, OfferOutcomes> record) {
        if (record.value() == null) {
            engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
            return null;
        }
        List<OfferOutcome> published = record.value().getOutcomes();
        List<Outcome> outcomes = new ArrayList<>(published.size());
        for (int i = 0; i < published.size(); i++) {
            Outcome outcome = OutcomeMapper.toDomain(published.get(i));
            if (outcome == null) {
                engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
            } else {
                outcomes.add(outcome);
            }
        }
        return new ReportInput(outcomes, record.timestamp());
    }

    @Override
    public Destination destination(ReportOutput output) {
        if (output instanceof ReportOutput.Published published) {
            return new Destination(
                    NodeNames.REPORT_WRITE_REPORT, Topic.CONVERSION_REPORT, ReportMapper.toAvro(published.report()));
        }
        if (output instanceof ReportOutput.Expired) {
            return new Destination(NodeNames.REPORT_WRITE_REPORT, Topic.CONVERSION_REPORT, null);
        }
        if (output instanceof ReportOutput.MoveRequested requested) {
            return new Destination(
                    NodeNames.REPORT_WRITE_MOVE, Topic.SHARE_MOVE, UpliftMapper.MOVES.toAvro(requested.move()));
        }
        return new Destination(
                NodeNames.REPORT_WRITE_BUDGET,
                Topic.BUDGET_SPENDING,
                output instanceof ReportOutput.BudgetsSpent spent ? BudgetMapper.toAvro(spent.spending()) : null);
    }

    @Override
    public Cadence cadence() {
        return new Cadence(PUBLISH_INTERVAL_MILLIS, false);
    }

    /** The tables of one partition. */
    private static final class StoredTables implements ReportTables {
        private final Table<String, ExperimentAccount> windows;
        private final Table<String, BundleAccount> bundles;
        private final Table<String, ExperimentUplift> uplifts;
        private final Table<String, DayComparisons> comparisons;
        private final Table<String, byte[]> budgets;
        private final Table<String, byte[]> pending;

        StoredTables(ProcessorContext<?, ?> context) {
            windows = new KafkaTable<>(context.getStateStore(StoreNames.EXPERIMENT_ACCOUNT));
            bundles = new KafkaTable<>(context.getStateStore(StoreNames.BUNDLE_ACCOUNT));
            uplifts = new KafkaTable<>(context.getStateStore(StoreNames.UPLIFT_ACCOUNT));
            comparisons = new KafkaTable<>(context.getStateStore(StoreNames.COMPARISON_HISTORY));
            budgets = new KafkaTable<>(context.getStateStore(StoreNames.BUDGET_ACCOUNT));
            pending = new KafkaTable<>(context.getStateStore(StoreNames.REPORT_PENDING));
        }

        @Override
        public Table<String, ExperimentAccount> windows() {
            return windows;
        }

        @Override
        public Table<String, BundleAccount> bundles() {
            return bundles;
        }

        @Override
        public Table<String, ExperimentUplift> uplifts() {
            return uplifts;
        }

        @Override
        public Table<String, DayComparisons> comparisons() {
            return comparisons;
        }

        @Override
        public Table<String, byte[]> budgets() {
            return budgets;
        }

        @Override
        public Table<String, byte[]> pending() {
            return pending;
        }
    }
}
