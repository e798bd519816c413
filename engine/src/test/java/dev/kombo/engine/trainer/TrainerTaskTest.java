package dev.kombo.engine.trainer;

import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;
import java.util.List;

class TrainerTaskTest extends TrainerContract {
    @Override
    protected Table<String, TrainedModel> states() {
        return new MapTable<>();
    }

    @Override
    protected Table<String, List<TrainingExample>> pending() {
        return new MapTable<>();
    }
}
