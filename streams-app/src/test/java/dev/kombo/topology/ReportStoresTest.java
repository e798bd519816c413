package dev.kombo.topology;

import dev.kombo.engine.report.ReportContract;
import dev.kombo.engine.report.ReportTables;
import dev.kombo.topology.task.StoreNames;
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
        return new ReportTables(
                tables.open(
                        StoreNames.EXPERIMENT_ACCOUNT,
                        engine -> KafkaTables.stored(engine).accounts()),
                tables.open(
                        StoreNames.BUNDLE_ACCOUNT,
                        engine -> KafkaTables.stored(engine).bundles()),
                tables.open(
                        StoreNames.UPLIFT_ACCOUNT,
                        engine -> KafkaTables.stored(engine).uplifts()),
                tables.open(
                        StoreNames.COMPARISON_HISTORY,
                        engine -> KafkaTables.stored(engine).comparisons()),
                tables.open(StoreNames.BUDGET_ACCOUNT, engine -> Serdes.ByteArray()),
                tables.open(StoreNames.REPORT_PENDING, engine -> Serdes.ByteArray()));
    }
}
