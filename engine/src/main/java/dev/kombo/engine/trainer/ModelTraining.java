package dev.kombo.engine.trainer;

import org.jspecify.annotations.Nullable;

/** Trains one of the models of the trainer task, and restores and returns its state. */
interface ModelTraining {
    /** Name of the model and key of its examples. */
    String name();

    /**
     * Resumes from a stored state.
     *
     * @param stored null if there is none
     * @return whether it could resume; if not, training restarts from scratch
     */
    boolean restore(@Nullable TrainedModel stored);

    /**
     * Learns from an example; deterministic for a given state and sequence of examples.
     *
     * @return false if the example is not for this version: nothing was learned
     */
    boolean learn(TrainingExample example);

    /** The complete state, to be stored. */
    TrainedModel state(long version);

    /** The part of a state that is published. */
    TrainedModel published(TrainedModel state);
}
