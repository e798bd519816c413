package dev.kombo.topology;

import dev.kombo.learning.RankerSettings;

/**
 * How the ranker is trained in the stream.
 *
 * @param share share of the events from which examples are made, 0 to 1
 * @param perSecond most examples a second of event time and task
 * @param publishMillis shortest time between two publications
 * @param ranker settings of the optimiser
 */
record TrainingSettings(double share, int perSecond, long publishMillis, RankerSettings ranker) {}
