package dev.kombo.topology;

import dev.kombo.engine.TaskSettings;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.AccountMapper;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.tracking.BundleAccount;
import dev.kombo.tracking.ExperimentAccount;
import dev.kombo.tracking.Outcome;
import dev.kombo.tracking.OutcomeKind;
import dev.kombo.tracking.WindowKind;
import dev.kombo.tracking.uplift.ExperimentUplift;
import dev.kombo.tracking.uplift.UpliftSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final byte[] DUE = {1};

    private final EngineContext engine;
    private KeyValueStore<String, ConversionReport> accounts;
    private KeyValueStore<String, BundleReport> bundles;
    private KeyValueStore<String, UpliftState> uplifts;
    private KeyValueStore<String, byte[]> pending;

    ReportProcessor(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        accounts = context.getStateStore(StoreNames.EXPERIMENT_ACCOUNT);
        bundles = context.getStateStore(StoreNames.BUNDLE_ACCOUNT);
        uplifts = context.getStateStore(StoreNames.UPLIFT_ACCOUNT);
        pending = context.getStateStore(StoreNames.REPORT_PENDING);
        ReportPublisher publisher = new ReportPublisher(engine.settings().retention(), engine.models(), context);
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
        Map<String, ConversionReport> counted = new LinkedHashMap<>();
        Map<String, BundleReport> countedBundles = new LinkedHashMap<>();
        for (WindowKind kind : WindowKind.values()) {
            count(outcome, kind, counted);
        }
        for (String bundleId : BundleAccount.bundlesOf(outcome)) {
            count(outcome, bundleId, countedBundles);
        }
        UpliftState observed = observe(outcome);
        counted.forEach((key, account) -> {
            accounts.put(key, account);
            pending.put(key, DUE);
        });
        countedBundles.forEach(bundles::put);
        if (observed != null) {
            uplifts.put(outcome.experiment(), observed);
            pending.put(AccountKeys.window(outcome.experiment(), WindowKind.TOTAL, 0), DUE);
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

    private void count(Outcome outcome, WindowKind kind, Map<String, ConversionReport> counted) {
        long start = kind.startOf(outcome.eventTime());
        String key = AccountKeys.window(outcome.experiment(), kind, start);
        ConversionReport stored = accounts.get(key);
        ExperimentAccount account = stored == null
                ? new ExperimentAccount(outcome.experiment(), kind, start)
                : AccountMapper.toDomain(stored);
        if (account.apply(outcome)) {
            counted.put(key, AccountMapper.toAvro(account));
        }
    }

    private void count(Outcome outcome, String bundleId, Map<String, BundleReport> counted) {
        String key = AccountKeys.bundle(outcome.experiment(), outcome.arm(), bundleId);
        BundleReport stored = bundles.get(key);
        BundleAccount account = stored == null ? new BundleAccount(bundleId) : AccountMapper.toDomain(stored);
        account.apply(outcome);
        counted.put(key, AccountMapper.toAvro(account));
    }
}
