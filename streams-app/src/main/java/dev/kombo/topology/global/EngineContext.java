package dev.kombo.topology.global;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.metric.Counters;
import dev.kombo.ops.Measurements;

/**
 * Everything that the processors of one instance share. All parts are thread-safe.
 *
 * @param settings settings in domain terms
 * @param topics names of the topics
 * @param serdes Avro serdes
 * @param models in-memory indexes, fed by the global topics
 * @param counters counts of what this instance did
 * @param measurements durations and sizes
 */
public record EngineContext(
        EngineSettings settings,
        Topics topics,
        AvroSerdes serdes,
        LiveModels models,
        Counters counters,
        Measurements measurements) {
    /** A context whose measurements are not exported. */
    public EngineContext(
            EngineSettings settings, Topics topics, AvroSerdes serdes, LiveModels models, Counters counters) {
        this(settings, topics, serdes, models, counters, Measurements.unwatched());
    }
}
