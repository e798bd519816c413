package dev.kombo.topology;

import dev.kombo.config.Topic;
import dev.kombo.engine.strategy.StrategyContract;
import dev.kombo.engine.strategy.StrategyState;
import dev.kombo.engine.task.Table;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The strategy task over one of Kafka's stores. */
class StrategyStoresTest extends StrategyContract {
    @TempDir
    Path folder;

    private KafkaTables tables;

    @AfterEach
    void close() throws Exception {
        tables.close();
    }

    @Override
    protected Table<String, StrategyState> table() {
        tables = new KafkaTables(folder);
        return tables.open(
                StoreNames.STRATEGY_STATE,
                engine -> KafkaTables.stored(engine).strategies(engine.topics().name(Topic.STRATEGY)));
    }
}
