package dev.kombo.topology;

import dev.kombo.engine.Evenness;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkShape;

/**
 * How the ranker is trained in the stream.
 *
 * @param share share of the events from which examples are made, 0 to 1
 * @param negatives bundles drawn against one that was wanted
 * @param perSecond most examples a second of event time and task
 * @param publishMillis shortest time between two publications
 * @param shape of the network
 * @param network settings of its training
 * @param evenness what a choice weighs
 * @param acceptance how the model of acceptance is trained
 * @param seed of its hidden layers
 */
record TrainingSettings(
        double share,
        int negatives,
        int perSecond,
        long publishMillis,
        NetworkShape shape,
        NetworkSettings network,
        Evenness evenness,
        AcceptanceSettings acceptance,
        long seed) {}
