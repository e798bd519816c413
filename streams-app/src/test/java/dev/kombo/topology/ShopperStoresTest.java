package dev.kombo.topology;

import dev.kombo.engine.shopper.ShopperClockContract;
import dev.kombo.engine.shopper.ShopperContract;
import dev.kombo.engine.shopper.ShopperErasureContract;
import dev.kombo.engine.shopper.ShopperLoginContract;
import dev.kombo.engine.shopper.ShopperTables;
import dev.kombo.engine.task.Table;
import dev.kombo.topology.shopper.ShopperAdapter;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The shopper task over Kafka's stores. */
class ShopperStoresTest implements ShopperContract, ShopperLoginContract, ShopperErasureContract, ShopperClockContract {
    @TempDir
    Path folder;

    private KafkaTables tables;

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    @Override
    public ShopperTables tables() {
        if (tables == null) {
            tables = new KafkaTables(folder);
        }
        return new ShopperTables(
                open(StoreNames.USER_PROFILE),
                open(StoreNames.USER_HISTORY),
                open(StoreNames.USER_OFFER),
                tables.open(StoreNames.USER_TIMER, ShopperAdapter.scheduleKeys(), engine -> Serdes.ByteArray()),
                open(StoreNames.USER_ERASED));
    }

    private Table<String, byte[]> open(String name) {
        return tables.open(name, engine -> Serdes.ByteArray());
    }
}
