package dev.kombo.engine.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.uplift.ExperimentUplift;
import java.util.Objects;

/** Tables of which one cannot be written on demand. */
final class FailingTables implements ReportTables {
    private final ReportTables tables;

    /** The table that cannot be written; null: all can. */
    private Table<?, ?> failing;

    FailingTables(ReportTables tables) {
        this.tables = tables;
    }

    /** Lets a table of these fail from now on. */
    void fail(Table<?, ?> table) {
        failing = ((Checked<?>) table).table;
    }

    /** Lets all tables be written again. */
    void recover() {
        failing = null;
    }

    @Override
    public Table<String, ExperimentAccount> windows() {
        return new Checked<>(tables.windows());
    }

    @Override
    public Table<String, BundleAccount> bundles() {
        return new Checked<>(tables.bundles());
    }

    @Override
    public Table<String, ExperimentUplift> uplifts() {
        return new Checked<>(tables.uplifts());
    }

    @Override
    public Table<String, DayComparisons> comparisons() {
        return new Checked<>(tables.comparisons());
    }

    @Override
    public Table<String, byte[]> budgets() {
        return new Checked<>(tables.budgets());
    }

    @Override
    public Table<String, byte[]> pending() {
        return new Checked<>(tables.pending());
    }

    private final class Checked<V> implements Table<String, V> {
        private final Table<String, V> table;

        Checked(Table<String, V> table) {
            this.table = table;
        }

        @Override
        public V get(String key) {
            return table.get(key);
        }

        @Override
        public void put(String key, V value) {
            if (Objects.equals(table, failing)) {
                throw new IllegalStateException("cannot be written");
            }
            table.put(key, value);
        }

        @Override
        public void delete(String key) {
            table.delete(key);
        }

        @Override
        public boolean range(String first, String end, int most, Visitor<String, V> visitor) {
            return table.range(first, end, most, visitor);
        }
    }
}
