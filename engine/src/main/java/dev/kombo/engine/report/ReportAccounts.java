package dev.kombo.engine.report;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.account.ArmAccount;
import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.OutcomeBlock;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.uplift.ExperimentUplift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds outcomes to the accounts of experiments and bundles and to the observations that arms are compared by. The
 * accounts are written once per publication instead of once per outcome. Outcomes since then are stored as they came,
 * all of a commit in one row; the heap holds the accounts including them, rebuilt from both at the start and after a
 * failure. Outcomes that cannot be added then, because they or a row of their accounts cannot be read, stay stored, and
 * are tried again with the next rebuilding. Not thread-safe; used by the thread that owns the task.
 */
final class ReportAccounts {
    private static final WindowKind[] WINDOWS = WindowKind.values();

    private final ReportTables tables;
    private final Table<String, byte[]> pending;
    private final long revenueCap;
    private final BusiestBundles busiest;
    private final BudgetAccounts budgets;
    private final Isolation isolation;
    private final Map<String, ExperimentAccount> changedWindows = new LinkedHashMap<>();
    private final Map<String, ExperimentUplift> changedUplifts = new LinkedHashMap<>();
    /** By the prefix of their keys, which identifies the arm, and by bundle. */
    private final Map<String, Map<String, BundleAccount>> changedBundles = new LinkedHashMap<>();
    /** Windows to be published: those that changed, and totals whose observations changed. */
    private final Set<String> unpublished = new LinkedHashSet<>();

    /** The window of each kind, and the bundles, that were last counted in: most outcomes belong to the same ones. */
    private final @Nullable ExperimentAccount[] latest = new ExperimentAccount[WINDOWS.length];

    private @Nullable Assignment latestArm;
    private Map<String, BundleAccount> latestBundles = Map.of();

    private boolean current;
    private long latestPending;
    /** Outcomes that were added since the last commit. */
    private final List<Outcome> unstored = new ArrayList<>();
    /** Number of rows of pending outcomes. */
    private int rows;
    /** Blocks of outcomes that could not be added, and how many of them are stored in front of all others. */
    private final List<byte[]> failed = new ArrayList<>();

    private int kept;

    /**
     * @param revenueCap most revenue that counts per shopper when arms are compared, in minor units
     * @param budgets are kept with the accounts
     * @param isolation keeps rows that cannot be read from holding up the others
     */
    ReportAccounts(ReportTables tables, long revenueCap, BudgetAccounts budgets, Isolation isolation) {
        this.tables = tables;
        this.pending = tables.pending();
        this.revenueCap = revenueCap;
        this.busiest = new BusiestBundles(tables.bundles());
        this.budgets = budgets;
        this.isolation = isolation;
    }

    /** Adds an outcome to the accounts on the heap; it is not counted before it is {@link #added}. */
    void add(Outcome outcome, long systemTime) {
        catchUp(systemTime);
        if (counts(outcome)) {
            apply(outcome, false);
        }
    }

    /** Has an outcome that was added stored with the next commit. */
    void added(Outcome outcome) {
        if (counts(outcome)) {
            unstored.add(outcome);
        }
    }

    /** Stores the outcomes that were added since the last commit. */
    void store() {
        if (!unstored.isEmpty()) {
            pending.put(Integer.toString(rows), OutcomeBlock.of(unstored));
            rows++;
            unstored.clear();
        }
    }

    /** Has the accounts on the heap rebuilt, as they may include an outcome that is not to be stored. */
    void outdated() {
        current = false;
        budgets.published();
    }

    private static boolean counts(Outcome outcome) {
        return ArmAccount.counts(outcome) || outcome.compared();
    }

    private void catchUp(long systemTime) {
        if (current) {
            return;
        }
        // Rebuilt from the table, so they must be there.
        store();
        forgetChanged();
        busiest.forget();
        failed.clear();
        kept = 0;
        rows = 0;
        for (byte[] stored = pending.get("0"); stored != null; stored = pending.get(Integer.toString(rows))) {
            addStored(stored, systemTime);
            rows++;
        }
        current = true;
    }

    private void addStored(byte[] stored, long systemTime) {
        List<Outcome> outcomes = new ArrayList<>();
        if (!isolation.attempt(
                "pending outcomes, row " + rows, systemTime, () -> outcomes.addAll(OutcomeBlock.outcomes(stored)))) {
            failed.add(stored);
            return;
        }
        List<Outcome> unread = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (isolation.attempt(outcome.experiment(), systemTime, () -> check(outcome))) {
                apply(outcome, true);
                latestPending = Math.max(latestPending, outcome.eventTime());
            } else {
                unread.add(outcome);
            }
        }
        if (!unread.isEmpty()) {
            failed.add(OutcomeBlock.of(unread));
        }
    }

    /** Reads the accounts that an outcome is added to, which may fail; nothing is changed. */
    private void check(Outcome outcome) {
        String experiment = outcome.experiment();
        if (outcome.compared() && !changedUplifts.containsKey(experiment)) {
            tables.uplifts().get(experiment);
        }
        if (!ArmAccount.counts(outcome)) {
            return;
        }
        for (WindowKind kind : WINDOWS) {
            String key = ReportKeys.window(experiment, kind, kind.startOf(outcome.eventTime()));
            if (!changedWindows.containsKey(key)) {
                tables.windows().get(key);
            }
        }
        for (String bundleId : BundleAccount.bundlesOf(outcome)) {
            bundle(outcome.scope().assignment(), bundleId);
        }
        budgets.check(outcome);
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
            unpublished.add(ReportKeys.total(experiment));
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
        ExperimentUplift stored = tables.uplifts().get(experiment);
        return stored == null ? new ExperimentUplift() : stored;
    }

    private ExperimentAccount window(String experiment, WindowKind kind, long start) {
        ExperimentAccount account = latest[kind.ordinal()];
        if (account == null
                || account.windowStart() != start
                || !account.experiment().equals(experiment)) {
            String key = ReportKeys.window(experiment, kind, start);
            account = changedWindows.get(key);
            if (account == null) {
                ExperimentAccount stored = tables.windows().get(key);
                account = stored == null ? new ExperimentAccount(experiment, kind, start) : stored;
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
            String arm = ReportKeys.bundlesOf(assignment.experiment(), assignment.arm());
            latestBundles = changedBundles.computeIfAbsent(arm, unused -> new LinkedHashMap<>());
            latestArm = assignment;
        }
        BundleAccount account = latestBundles.get(bundleId);
        if (account != null) {
            return account;
        }
        BundleAccount stored =
                tables.bundles().get(ReportKeys.bundle(assignment.experiment(), assignment.arm(), bundleId));
        return stored == null ? new BundleAccount(bundleId) : stored;
    }

    /**
     * Writes the accounts that changed.
     *
     * @return windows to be published by key, without those that cannot be read; they remain pending until
     *     {@link #published}
     * @throws HalfWrittenException if some are written and others cannot be
     */
    Map<String, ExperimentAccount> write(long systemTime) {
        try {
            catchUp(systemTime);
            put();
            changedBundles.forEach(busiest::changed);
            Map<String, ExperimentAccount> reports = new LinkedHashMap<>(changedWindows);
            for (String key : unpublished) {
                if (!reports.containsKey(key)) {
                    isolation.attempt(ReportKeys.experiment(key), systemTime, () -> {
                        ExperimentAccount stored = tables.windows().get(key);
                        if (stored != null) {
                            reports.put(key, stored);
                        }
                    });
                }
            }
            forgetChanged();
            return reports;
        } catch (RuntimeException e) {
            current = false;
            throw e;
        }
    }

    /**
     * Writes accounts and deletes the outcomes counted in them, so that only those that failed remain: a part of this
     * must not be kept.
     */
    private void put() {
        try {
            changedWindows.forEach(tables.windows()::put);
            changedUplifts.forEach(tables.uplifts()::put);
            changedBundles.forEach((arm, accounts) ->
                    accounts.forEach((bundleId, account) -> tables.bundles().put(arm + bundleId, account)));
            budgets.write();
            unstored.clear();
            for (int i = rows - 1; i >= kept; i--) {
                pending.delete(Integer.toString(i));
            }
            for (byte[] one : failed) {
                pending.put(Integer.toString(kept), one);
                kept++;
            }
            failed.clear();
        } catch (RuntimeException e) {
            throw new HalfWrittenException("The accounts of experiments could not be written", e);
        }
        rows = kept;
    }

    /** Time of the latest outcome that was pending when the accounts were rebuilt; 0: none was. */
    long latestPending() {
        return latestPending;
    }

    /** Deletes the bundles and observations of an experiment that has ended. */
    void forget(String experiment) {
        tables.uplifts().delete(experiment);
        ReportKeys.KeyRange range = ReportKeys.bundlesOf(experiment);
        List<String> keys = new ArrayList<>();
        tables.bundles().range(range.first(), range.end(), Integer.MAX_VALUE, (key, value) -> keys.add(key));
        keys.forEach(tables.bundles()::delete);
        busiest.forget();
    }

    /** Marks all pending windows as published. */
    void published() {
        unpublished.clear();
    }

    /** Returns the most offered bundles of an arm, as stored. */
    List<BundleAccount> busiest(String experiment, String arm) {
        return busiest.of(experiment, arm);
    }
}
