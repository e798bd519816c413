package dev.kombo.topology.trainer;

import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;

/** One of the models that the trainer task trains. Its state is kept decoded: the trainer is its only writer. */
interface ModelTraining {
    /** Key of the model's record and of its examples. */
    String name();

    /**
     * Resumes from a stored state.
     *
     * @param stored null if there is none
     * @return whether it could resume; if not, training restarts from scratch
     */
    boolean restore(RankerModel stored);

    /**
     * Learns from an example; deterministic for a given state and sequence of examples.
     *
     * @return false if the example is not for this version: nothing was learned
     */
    boolean learn(TrainingExample example);

    /** The complete state, to be stored. */
    RankerModel state(long version);

    /** The part of a stored state that is published. */
    RankerModel published(RankerModel stored);
}
