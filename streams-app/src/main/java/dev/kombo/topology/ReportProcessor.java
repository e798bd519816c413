package dev.kombo.topology;

import dev.kombo.engine.TaskSettings;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.tracking.Outcome;
import dev.kombo.tracking.OutcomeKind;
import dev.kombo.tracking.uplift.ExperimentUplift;
import dev.kombo.tracking.uplift.UpliftSettings;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Counts outcomes in the accounts of an experiment: in total, by day and by hour, and by bundle; and adds what matured
 * of its users to the observations that its arms are compared by. All arms of an
 * experiment meet here, in one task and one record a window, or they could not be compared. Accounts are plain stores
 * with the window's start in the key, not windowed ones: those drop late records where partitions progress unequally.
 */
final class ReportProcessor implements Processor<String, OfferOutcome, String, SpecificRecord> {
    private final EngineContext engine;
    private ReportAccounts accounts;
    private KeyValueStore<String, UpliftState> uplifts;

    ReportProcessor(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        accounts = new ReportAccounts(context);
        uplifts = context.getStateStore(StoreNames.UPLIFT_ACCOUNT);
        ReportPublisher publisher =
                new ReportPublisher(accounts, engine.settings().retention(), engine.models(), context);
        context.schedule(
                Duration.ofMillis(engine.settings().get(TaskSettings.REPORT_INTERVAL)),
                PunctuationType.WALL_CLOCK_TIME,
                publisher::publish);
    }

    @Override
    public void process(Record<String, OfferOutcome> record) {
        Outcome outcome = record.value() == null ? null : OutcomeMapper.toDomain(record.value());
        if (outcome == null) {
            engine.counters().count(KomboMetric.OUTCOMES_UNKNOWN);
            return;
        }
        // Worked out first and written last: an outcome that fails half way is counted nowhere.
        UpliftState observed = observe(outcome);
        accounts.count(outcome, observed != null);
        if (observed != null) {
            uplifts.put(outcome.experiment(), observed);
        }
    }

    /** The observations with what the outcome adds to them, or null where that is nothing. */
    private UpliftState observe(Outcome outcome) {
        if (outcome.kind() != OutcomeKind.ENTERED && outcome.kind() != OutcomeKind.MATURED) {
            return null;
        }
        UpliftState stored = uplifts.get(outcome.experiment());
        ExperimentUplift uplift = stored == null ? new ExperimentUplift() : UpliftMapper.toDomain(stored);
        return uplift.apply(outcome, engine.settings().get(UpliftSettings.REVENUE_CAP))
                ? UpliftMapper.toAvro(uplift)
                : null;
    }
}
