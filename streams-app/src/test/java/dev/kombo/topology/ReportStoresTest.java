package dev.kombo.topology;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.report.ReportContract;
import dev.kombo.engine.report.ReportTables;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.report.ReportAdapter;
import java.nio.file.Path;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The report task over Kafka's stores. */
class ReportStoresTest extends ReportContract {
    @TempDir
    Path folder;

    private KafkaTables tables;

    @AfterEach
    void close() {
        tables.close();
    }

    @Override
    protected ReportTables tables() {
        if (tables == null) {
            tables = new KafkaTables(folder);
        }
        return new StoredTables(tables);
    }

    private static final class StoredTables implements ReportTables {
        private final Table<String, ExperimentAccount> windows;
        private final Table<String, BundleAccount> bundles;
        private final Table<String, ExperimentUplift> uplifts;
        private final Table<String, DayComparisons> comparisons;
        private final Table<String, byte[]> budgets;
        private final Table<String, byte[]> pending;

        StoredTables(KafkaTables stores) {
            windows = stores.open(StoreNames.EXPERIMENT_ACCOUNT, engine -> new ReportAdapter(engine).accountSerde());
            bundles = stores.open(StoreNames.BUNDLE_ACCOUNT, engine -> new ReportAdapter(engine).bundleSerde());
            uplifts = stores.open(StoreNames.UPLIFT_ACCOUNT, engine -> new ReportAdapter(engine).upliftSerde());
            comparisons =
                    stores.open(StoreNames.COMPARISON_HISTORY, engine -> new ReportAdapter(engine).comparisonSerde());
            budgets = stores.open(StoreNames.BUDGET_ACCOUNT, engine -> Serdes.ByteArray());
            pending = stores.open(StoreNames.REPORT_PENDING, engine -> Serdes.ByteArray());
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
