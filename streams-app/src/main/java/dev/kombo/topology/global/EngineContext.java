package dev.kombo.topology.global;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.metric.Counters;
import dev.kombo.ops.Measurements;
import dev.kombo.ops.StoppableWait;

/**
 * Everything that the processors of one instance share. All parts are thread-safe.
 *
 * @param settings settings in domain terms
 * @param topics names of the topics
 * @param serdes Avro serdes
 * @param models in-memory indexes, fed by the global topics
 * @param counters counts of what this instance did
 * @param measurements durations and sizes
 * @param registryWait lets the global thread wait for the registry, as the thread cannot be replaced
 */
public record EngineContext(
        EngineSettings settings,
        Topics topics,
        AvroSerdes serdes,
        LiveModels models,
        Counters counters,
        Measurements measurements,
        StoppableWait registryWait) {
    /** A context whose global thread nobody stops. */
    public EngineContext(
            EngineSettings settings,
            Topics topics,
            AvroSerdes serdes,
            LiveModels models,
            Counters counters,
            Measurements measurements) {
        this(settings, topics, serdes, models, counters, measurements, new StoppableWait());
    }

    /** A context whose measurements are not exported. */
    public EngineContext(
            EngineSettings settings, Topics topics, AvroSerdes serdes, LiveModels models, Counters counters) {
        this(settings, topics, serdes, models, counters, Measurements.unwatched());
    }
}
