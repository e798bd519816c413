package dev.kombo.topology.trainer;

import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;

/** One of the models that the trainer task trains. Its state is kept decoded: the trainer is its only writer. */
interface ModelTraining {
    /** Key of its record and of its examples. */
    String name();

    /**
     * Goes on with a stored state.
     *
     * @param stored null where there is none
     * @return whether it can go on with it; if not, it starts anew
     */
    boolean restore(RankerModel stored);

    /**
     * Learns from an example. The same state and examples lead to the same state.
     *
     * @return false where the example is not for this version: nothing was learned
     */
    boolean learn(TrainingExample example);

    /** The whole state, to be stored. */
    RankerModel state(long version);

    /** What is published of a stored state. */
    RankerModel published(RankerModel stored);
}
