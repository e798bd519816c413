package dev.kombo.engine.trainer;

import dev.kombo.engine.task.Output;

/**
 * A model that ranks from now on; all that the trainer task emits. Its key is the model's name.
 *
 * @param model without what only the trainer needs
 */
public record TrainerOutput(TrainedModel model) implements Output {
    @Override
    public long time() {
        return model.trainedAt();
    }
}
