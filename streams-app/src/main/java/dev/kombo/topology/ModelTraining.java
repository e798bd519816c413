package dev.kombo.topology;

import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;

/**
 * One of the models that the trainer task trains. Its whole state is one stored record, read once a start of the task
 * and kept decoded: the trainer is its only writer.
 */
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
     * Learns from an example.
     *
     * @param version of the model as published last
     * @return the whole state, to be stored; null where the example is not for this version
     */
    RankerModel learn(TrainingExample example, long version);

    /** What is published of a stored state. */
    RankerModel published(RankerModel stored);
}
