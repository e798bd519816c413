package dev.kombo.topology.report;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.OutcomeBlock;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.ops.ProcessingFailures;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.UpliftState;
import dev.kombo.serde.AccountMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.topology.common.AccountKeys;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds outcomes to the accounts of experiments and bundles and to the observations that arms are compared by. The
 * accounts are written once per publication instead of once per outcome. Outcomes since then are stored as they came,
 * {@value #BLOCK} per record; the heap holds the accounts including them, rebuilt from both at the start and after a
 * failure. Not thread-safe; used by the stream thread that owns the partition.
 */
final class ReportAccounts {
    private static final int BLOCK = 32;
    private static final byte[] EMPTY = {};
    private static final WindowKind[] WINDOWS = WindowKind.values();

    private final KeyValueStore<String, ConversionReport> windows;
    private final KeyValueStore<String, BundleReport> bundles;
    private final KeyValueStore<String, UpliftState> uplifts;
    private final KeyValueStore<String, byte[]> pending;
    private final long revenueCap;
    private final BusiestBundles busiest;
    private final BudgetAccounts budgets;
    private final OutcomeBlock blocks = new OutcomeBlock();
    private final Map<String, ExperimentAccount> changedWindows = new LinkedHashMap<>();
    private final Map<String, ExperimentUplift> changedUplifts = new LinkedHashMap<>();
    /** By the prefix of their keys, which identifies the arm, and by bundle. */
    private final Map<String, Map<String, BundleAccount>> changedBundles = new LinkedHashMap<>();
    /** Windows to be published: those that changed, and totals whose observations changed. */
    private final Set<String> unpublished = new LinkedHashSet<>();

    /** The window of each kind, and the bundles, that were last counted in: most outcomes belong to the same ones. */
    private final ExperimentAccount[] latest = new ExperimentAccount[WINDOWS.length];

    private Assignment latestArm;
    private Map<String, BundleAccount> latestBundles;

    private boolean current;
    private byte[] open = EMPTY;
    private int block;
    private int inBlock;

    ReportAccounts(EngineContext engine, ProcessorContext<?, ?> context) {
        this.windows = context.getStateStore(StoreNames.EXPERIMENT_ACCOUNT);
        this.bundles = context.getStateStore(StoreNames.BUNDLE_ACCOUNT);
        this.uplifts = context.getStateStore(StoreNames.UPLIFT_ACCOUNT);
        this.revenueCap = engine.settings().get(UpliftSettings.REVENUE_CAP);
        this.pending = context.getStateStore(StoreNames.REPORT_PENDING);
        this.busiest = new BusiestBundles(bundles);
        this.budgets = new BudgetAccounts(engine, context.getStateStore(StoreNames.BUDGET_ACCOUNT));
    }

    /** Counts the outcomes of a record; if it fails, none of them is counted. */
    void count(List<Outcome> outcomes) {
        try {
            catchUp();
            for (int i = 0; i < outcomes.size(); i++) {
                if (counts(outcomes.get(i))) {
                    apply(outcomes.get(i), false);
                }
            }
            // Stored last: from here on only the store can fail, which ends the task.
            for (int i = 0; i < outcomes.size(); i++) {
                if (counts(outcomes.get(i))) {
                    open = blocks.added(open, outcomes.get(i));
                    if (++inBlock == BLOCK) {
                        store();
                        begin(block + 1);
                    }
                }
            }
            store();
        } catch (RuntimeException e) {
            // The accounts on the heap may include some of them.
            current = false;
            throw e;
        }
    }

    private static boolean counts(Outcome outcome) {
        return ArmAccount.counts(outcome) || outcome.compared();
    }

    private void store() {
        if (inBlock > 0) {
            pending.put(Integer.toString(block), open);
        }
    }

    private void begin(int next) {
        block = next;
        inBlock = 0;
        open = EMPTY;
    }

    private void catchUp() {
        if (current) {
            return;
        }
        forgetChanged();
        busiest.forget();
        begin(0);
        for (byte[] stored = pending.get("0"); stored != null; stored = pending.get(Integer.toString(block))) {
            OutcomeBlock.outcomes(stored).forEach(outcome -> apply(outcome, true));
            block++;
        }
        current = true;
    }

    private void forgetChanged() {
        changedWindows.clear();
        changedUplifts.clear();
        changedBundles.clear();
        budgets.forgetChanged();
        Arrays.fill(latest, null);
        latestArm = null;
    }

    private void apply(Outcome outcome, boolean again) {
        String experiment = outcome.experiment();
        if (outcome.compared()) {
            outcome.addTo(changedUplifts.computeIfAbsent(experiment, this::observations), revenueCap);
            unpublished.add(AccountKeys.window(experiment, WindowKind.TOTAL, 0));
        }
        if (!ArmAccount.counts(outcome)) {
            return;
        }
        for (WindowKind kind : WINDOWS) {
            window(experiment, kind, kind.startOf(outcome.eventTime())).apply(outcome);
        }
        for (String bundleId : BundleAccount.bundlesOf(outcome)) {
            BundleAccount before = bundle(outcome.scope().assignment(), bundleId);
            latestBundles.put(bundleId, before.plus(outcome));
        }
        budgets.add(outcome, again);
    }

    private ExperimentUplift observations(String experiment) {
        UpliftState stored = uplifts.get(experiment);
        return stored == null ? new ExperimentUplift() : UpliftMapper.toDomain(stored);
    }

    private ExperimentAccount window(String experiment, WindowKind kind, long start) {
        ExperimentAccount account = latest[kind.ordinal()];
        if (account == null
                || account.windowStart() != start
                || !account.experiment().equals(experiment)) {
            String key = AccountKeys.window(experiment, kind, start);
            account = changedWindows.get(key);
            if (account == null) {
                ConversionReport stored = windows.get(key);
                account = stored == null
                        ? new ExperimentAccount(experiment, kind, start)
                        : AccountMapper.toDomain(stored);
                changedWindows.put(key, account);
            }
            unpublished.add(key);
            latest[kind.ordinal()] = account;
        }
        return account;
    }

    private BundleAccount bundle(Assignment assignment, String bundleId) {
        if (latestArm == null
                || !latestArm.arm().equals(assignment.arm())
                || !latestArm.experiment().equals(assignment.experiment())) {
            String arm = AccountKeys.bundlesOf(assignment.experiment(), assignment.arm());
            latestBundles = changedBundles.computeIfAbsent(arm, unused -> new LinkedHashMap<>());
            latestArm = assignment;
        }
        BundleAccount account = latestBundles.get(bundleId);
        if (account != null) {
            return account;
        }
        BundleReport stored = bundles.get(AccountKeys.bundle(assignment.experiment(), assignment.arm(), bundleId));
        return stored == null ? new BundleAccount(bundleId) : AccountMapper.BUNDLES.toDomain(stored);
    }

    /**
     * Writes the accounts that changed.
     *
     * @return windows to be published by key, as stored; they remain pending until {@link #published}
     */
    Map<String, ConversionReport> write() {
        try {
            catchUp();
            Map<String, ConversionReport> reports = new LinkedHashMap<>();
            changedWindows.forEach((key, account) -> reports.put(key, AccountMapper.toAvro(account)));
            Map<String, UpliftState> observed = new LinkedHashMap<>();
            changedUplifts.forEach((experiment, uplift) -> observed.put(experiment, UpliftMapper.toAvro(uplift)));
            Map<String, BundleReport> figures = new LinkedHashMap<>();
            changedBundles.forEach((arm, accounts) -> accounts.forEach(
                    (bundleId, account) -> figures.put(arm + bundleId, AccountMapper.BUNDLES.toAvro(account))));
            put(reports, observed, figures);
            changedBundles.forEach(busiest::changed);
            for (String key : unpublished) {
                if (!reports.containsKey(key)) {
                    ConversionReport stored = windows.get(key);
                    if (stored != null) {
                        reports.put(key, stored);
                    }
                }
            }
            forgetChanged();
            return reports;
        } catch (RuntimeException e) {
            current = false;
            throw e;
        }
    }

    /** Writes accounts and deletes the outcomes counted in them: a part of this must not be committed. */
    private void put(
            Map<String, ConversionReport> reports,
            Map<String, UpliftState> observed,
            Map<String, BundleReport> figures) {
        try {
            reports.forEach(windows::put);
            observed.forEach(uplifts::put);
            figures.forEach(bundles::put);
            budgets.write();
            for (int i = inBlock == 0 ? block - 1 : block; i >= 0; i--) {
                pending.delete(Integer.toString(i));
            }
        } catch (RuntimeException e) {
            if (ProcessingFailures.infrastructureAtFault(e)) {
                // Kafka Streams asks to repeat the task, or to give it up.
                throw e;
            }
            throw new ProcessorStateException("The accounts of experiments could not be written", e);
        }
        begin(0);
    }

    /** The accounts of discount budgets. */
    BudgetAccounts budgets() {
        return budgets;
    }

    /** Deletes the bundles and observations of an experiment that has ended. */
    void forget(String experiment) {
        uplifts.delete(experiment);
        AccountKeys.KeyRange range = AccountKeys.bundlesOf(experiment);
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, BundleReport> stored = bundles.range(range.first(), range.end())) {
            stored.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(bundles::delete);
        busiest.forget();
    }

    /** Marks all pending windows as published. */
    void published() {
        unpublished.clear();
    }

    /** Returns the most offered bundles of an arm, as stored. */
    List<BundleReport> busiest(String experiment, String arm) {
        return busiest.of(experiment, arm);
    }

    /**
     * The most offered bundles of each arm. Counts never fall, so only a bundle whose count changed can enter the list:
     * an arm's accounts are read once, and from then on only changes are considered. Not thread-safe; used by the
     * stream thread that owns the partition.
     */
    private static final class BusiestBundles {
        private static final int MOST = 100;

        private final KeyValueStore<String, BundleReport> bundles;
        private final Map<String, Map<String, BundleAccount>> byArm = new HashMap<>();

        BusiestBundles(KeyValueStore<String, BundleReport> bundles) {
            this.bundles = bundles;
        }

        /** Clears the lists, which are then read from the store again. */
        void forget() {
            byArm.clear();
        }

        /** Records changed accounts of an arm. */
        void changed(String arm, Map<String, BundleAccount> accounts) {
            Map<String, BundleAccount> known = byArm.get(arm);
            if (known != null) {
                known.putAll(accounts);
            }
        }

        /** Returns the most offered bundles of an arm, in order, as published. */
        List<BundleReport> of(String experiment, String arm) {
            Map<String, BundleAccount> known =
                    byArm.computeIfAbsent(AccountKeys.bundlesOf(experiment, arm), this::read);
            List<BundleAccount> sorted = new ArrayList<>(known.values());
            sorted.sort(BundleAccount.BUSIEST);
            if (sorted.size() > MOST) {
                sorted.subList(MOST, sorted.size()).clear();
                known.values().retainAll(new HashSet<>(sorted));
            }
            return AccountMapper.BUNDLES.toAvros(sorted);
        }

        private Map<String, BundleAccount> read(String prefix) {
            Map<String, BundleAccount> all = new HashMap<>();
            try (KeyValueIterator<String, BundleReport> stored = bundles.range(prefix, AccountKeys.after(prefix))) {
                while (stored.hasNext()) {
                    BundleAccount account = AccountMapper.BUNDLES.toDomain(stored.next().value);
                    all.put(account.bundleId(), account);
                }
            }
            return all;
        }
    }
}
