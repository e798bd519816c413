package dev.kombo.topology;

import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.serde.AccountMapper;
import dev.kombo.serde.OutcomeBlock;
import dev.kombo.tracking.ArmAccount;
import dev.kombo.tracking.BundleAccount;
import dev.kombo.tracking.ExperimentAccount;
import dev.kombo.tracking.Outcome;
import dev.kombo.tracking.OutcomeKind;
import dev.kombo.tracking.WindowKind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The accounts of experiments and bundles, written once a publication instead of once an outcome. What has come since is
 * stored as it came, {@value #BLOCK} outcomes a record; the accounts with it are kept in the heap, as a copy that is made
 * anew from both at the start and after a failure. Touched only by the stream thread that owns the partition.
 */
final class ReportAccounts {
    private static final int BLOCK = 8;
    private static final byte[] EMPTY = {};

    private final KeyValueStore<String, ConversionReport> windows;
    private final KeyValueStore<String, BundleReport> bundles;
    private final KeyValueStore<String, byte[]> pending;
    private final BusiestBundles busiest;
    private final OutcomeBlock blocks = new OutcomeBlock();
    private final Map<String, ExperimentAccount> changedWindows = new LinkedHashMap<>();
    private final Map<String, BundleAccount> changedBundles = new LinkedHashMap<>();
    /** Windows to be published: those that changed, and totals whose observations did. */
    private final Set<String> unpublished = new LinkedHashSet<>();

    private boolean current;
    private byte[] open = EMPTY;
    private int block;
    private int inBlock;

    ReportAccounts(ProcessorContext<?, ?> context) {
        this.windows = context.getStateStore(StoreNames.EXPERIMENT_ACCOUNT);
        this.bundles = context.getStateStore(StoreNames.BUNDLE_ACCOUNT);
        this.pending = context.getStateStore(StoreNames.REPORT_PENDING);
        this.busiest = new BusiestBundles(bundles);
    }

    /**
     * Counts an outcome, or fails and has counted nothing.
     *
     * @param observed whether the observations of its experiment changed by it
     */
    void count(Outcome outcome, boolean observed) {
        if (!observed && !ArmAccount.counts(outcome)) {
            return;
        }
        try {
            catchUp();
            apply(outcome);
            open = blocks.added(open, outcome);
            pending.put(Integer.toString(block), open);
            next();
        } catch (RuntimeException e) {
            // The heap may hold a part of it.
            current = false;
            throw e;
        }
    }

    private void next() {
        if (++inBlock == BLOCK) {
            block++;
            inBlock = 0;
            open = EMPTY;
        }
    }

    private void catchUp() {
        if (current) {
            return;
        }
        changedWindows.clear();
        changedBundles.clear();
        busiest.forget();
        block = 0;
        inBlock = 0;
        open = EMPTY;
        for (byte[] stored = pending.get("0"); stored != null; stored = pending.get(Integer.toString(block))) {
            List<Outcome> outcomes = OutcomeBlock.outcomes(stored);
            outcomes.forEach(this::apply);
            block++;
        }
        current = true;
    }

    private void apply(Outcome outcome) {
        if (outcome.kind() == OutcomeKind.ENTERED || outcome.kind() == OutcomeKind.MATURED) {
            unpublished.add(AccountKeys.window(outcome.experiment(), WindowKind.TOTAL, 0));
        }
        if (!ArmAccount.counts(outcome)) {
            return;
        }
        for (WindowKind kind : WindowKind.values()) {
            long start = kind.startOf(outcome.eventTime());
            String key = AccountKeys.window(outcome.experiment(), kind, start);
            window(key, outcome.experiment(), kind, start).apply(outcome);
            unpublished.add(key);
        }
        for (String bundleId : BundleAccount.bundlesOf(outcome)) {
            bundle(AccountKeys.bundle(outcome.experiment(), outcome.arm(), bundleId), bundleId)
                    .apply(outcome);
        }
    }

    private ExperimentAccount window(String key, String experiment, WindowKind kind, long start) {
        ExperimentAccount account = changedWindows.get(key);
        if (account == null) {
            ConversionReport stored = windows.get(key);
            account = stored == null ? new ExperimentAccount(experiment, kind, start) : AccountMapper.toDomain(stored);
            changedWindows.put(key, account);
        }
        return account;
    }

    private BundleAccount bundle(String key, String bundleId) {
        BundleAccount account = changedBundles.get(key);
        if (account == null) {
            BundleReport stored = bundles.get(key);
            account = stored == null ? new BundleAccount(bundleId) : AccountMapper.toDomain(stored);
            changedBundles.put(key, account);
        }
        return account;
    }

    /**
     * Writes the accounts that changed.
     *
     * @return windows to be published by key, as stored; they stay so until {@link #published}
     */
    Map<String, ConversionReport> write() {
        try {
            catchUp();
            Map<String, ConversionReport> reports = new LinkedHashMap<>();
            changedWindows.forEach((key, account) -> reports.put(key, AccountMapper.toAvro(account)));
            Map<String, BundleReport> figures = new LinkedHashMap<>();
            changedBundles.forEach((key, account) -> figures.put(key, AccountMapper.toAvro(account)));
            put(reports, figures);
            changedBundles.forEach(busiest::changed);
            for (String key : unpublished) {
                if (!reports.containsKey(key)) {
                    ConversionReport stored = windows.get(key);
                    if (stored != null) {
                        reports.put(key, stored);
                    }
                }
            }
            changedWindows.clear();
            changedBundles.clear();
            return reports;
        } catch (RuntimeException e) {
            current = false;
            throw e;
        }
    }

    /** Accounts and what they were counted from change together: a part of it must not be committed. */
    private void put(Map<String, ConversionReport> reports, Map<String, BundleReport> figures) {
        try {
            reports.forEach(windows::put);
            figures.forEach(bundles::put);
            for (int i = inBlock == 0 ? block - 1 : block; i >= 0; i--) {
                pending.delete(Integer.toString(i));
            }
        } catch (RuntimeException e) {
            throw new ProcessorStateException("The accounts of experiments could not be written", e);
        }
        block = 0;
        inBlock = 0;
        open = EMPTY;
    }

    /** All that was to be published is. */
    void published() {
        unpublished.clear();
    }

    /** The bundles of an arm that were offered most, as stored. */
    List<BundleReport> busiest(String experiment, String arm) {
        return busiest.of(experiment, arm);
    }
}
