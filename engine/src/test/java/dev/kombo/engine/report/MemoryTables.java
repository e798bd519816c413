package dev.kombo.engine.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.uplift.ExperimentUplift;

/** The tables of a report task in memory. */
final class MemoryTables implements ReportTables {
    private final Table<String, ExperimentAccount> windows = new MapTable<>(ExperimentAccount::copy);
    private final Table<String, BundleAccount> bundles = new MapTable<>();
    private final Table<String, ExperimentUplift> uplifts = new MapTable<>(ExperimentUplift::copy);
    private final Table<String, DayComparisons> comparisons = new MapTable<>();
    private final Table<String, byte[]> budgets = new MapTable<>();
    private final Table<String, byte[]> pending = new MapTable<>();

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
