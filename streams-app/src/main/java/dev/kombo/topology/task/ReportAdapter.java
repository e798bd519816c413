package dev.kombo.topology.task;

import dev.kombo.attribution.Outcome;
import dev.kombo.config.Topic;
import dev.kombo.engine.report.ReportInput;
import dev.kombo.engine.report.ReportOutput;
import dev.kombo.engine.report.ReportTables;
import dev.kombo.engine.report.ReportTask;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.BudgetMapper;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.ReportMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.topology.global.EngineContext;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Connects the report task, which is keyed by experiment, to Kafka. Accounts are plain stores with the window's start
 * in the key, not window stores: those drop late records when partitions advance unequally.
 */
public final class ReportAdapter implements TaskAdapter<OfferOutcomes, ReportInput, ReportOutput> {
    /** Least time between two publications of a report, in milliseconds: as often as a person looks again. */
    private static final long PUBLISH_INTERVAL_MILLIS = 1_000;

    private final EngineContext engine;

    public ReportAdapter(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public ReportTask task(ProcessorContext<?, ?> context, Outputs<ReportOutput> outputs, Isolation isolation) {
        return new ReportTask(
                new ReportTables(
                        new KafkaTable<>(context.getStateStore(StoreNames.EXPERIMENT_ACCOUNT)),
                        new KafkaTable<>(context.getStateStore(StoreNames.BUNDLE_ACCOUNT)),
                        new KafkaTable<>(context.getStateStore(StoreNames.UPLIFT_ACCOUNT)),
                        new KafkaTable<>(context.getStateStore(StoreNames.COMPARISON_HISTORY)),
                        new KafkaTable<>(context.getStateStore(StoreNames.BUDGET_ACCOUNT)),
                        new KafkaTable<>(context.getStateStore(StoreNames.REPORT_PENDING))),
                outputs,
                engine.settings(),
                engine.models(),
                isolation,
                engine.counters());
    }

    @Override
    public List<ReportInput> inputs(Record<String, OfferOutcomes> record, String topic) {
        if (record.value() == null) {
            engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
            return List.of();
        }
        List<OfferOutcome> published = record.value().getOutcomes();
        return new AbstractList<>() {
            @Override
            public ReportInput get(int index) {
                Outcome outcome = OutcomeMapper.toDomain(published.get(index));
                if (outcome == null) {
                    engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
                    return null;
                }
                return new ReportInput(outcome, record.timestamp());
            }

            @Override
            public int size() {
                return published.size();
            }
        };
    }

    @Override
    public byte[] withOnly(BitSet parts, OfferOutcomes value, String topic) {
        List<OfferOutcome> outcomes =
                parts.stream().mapToObj(value.getOutcomes()::get).toList();
        return engine.serdes().serializer().serialize(topic, new OfferOutcomes(outcomes));
    }

    @Override
    public String commitHook() {
        return StoreNames.REPORT_COMMIT;
    }

    @Override
    public String isolates() {
        return "report";
    }

    @Override
    public void send(ReportOutput output, Sender sender) {
        if (output instanceof ReportOutput.Published published) {
            sender.send(
                    NodeNames.REPORT_WRITE_REPORT,
                    Topic.CONVERSION_REPORT,
                    output.key(),
                    ReportMapper.toAvro(published.report()));
        } else if (output instanceof ReportOutput.Expired) {
            sender.send(NodeNames.REPORT_WRITE_REPORT, Topic.CONVERSION_REPORT, output.key(), null);
        } else if (output instanceof ReportOutput.MoveRequested requested) {
            sender.send(
                    NodeNames.REPORT_WRITE_MOVE,
                    Topic.SHARE_MOVE,
                    output.key(),
                    UpliftMapper.MOVES.toAvro(requested.move()));
        } else if (output instanceof ReportOutput.BudgetsSpent spent) {
            sender.send(
                    NodeNames.REPORT_WRITE_BUDGET,
                    Topic.BUDGET_SPENDING,
                    output.key(),
                    BudgetMapper.toAvro(spent.spending()));
        } else if (output instanceof ReportOutput.BudgetsEnded) {
            sender.send(NodeNames.REPORT_WRITE_BUDGET, Topic.BUDGET_SPENDING, output.key(), null);
        } else {
            throw new IllegalStateException("no topic takes " + output.getClass());
        }
    }

    @Override
    public Cadence cadence() {
        return new Cadence(PUBLISH_INTERVAL_MILLIS, false);
    }
}
