package dev.kombo.engine.trainer;

import dev.kombo.engine.task.Output;

/**
 * A newly trained model that the trainer task publishes for ranking; the task emits nothing else. Its key is the
 * model's name.
 *
 * @param model without what only the trainer needs
 */
public record TrainerOutput(TrainedModel model) implements Output {
    @Override
    public long time() {
        return model.trainedAt();
    }
}
