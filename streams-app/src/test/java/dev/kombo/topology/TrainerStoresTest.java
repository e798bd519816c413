package dev.kombo.topology;

import dev.kombo.engine.task.Table;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainerContract;
import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The trainer task over Kafka's stores. */
class TrainerStoresTest extends TrainerContract {
    @TempDir
    Path folder;

    private KafkaTables tables;

    @BeforeEach
    void open() {
        tables = new KafkaTables(folder);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @Override
    protected Table<String, TrainedModel> states() {
        return tables.open(
                StoreNames.TRAINER_STATE, engine -> KafkaTables.stored(engine).models());
    }

    @Override
    protected Table<String, List<TrainingExample>> pending() {
        return tables.open(
                StoreNames.TRAINER_PENDING, engine -> KafkaTables.stored(engine).examples());
    }
}
