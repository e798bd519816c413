package dev.kombo.topology.global;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.Topics;
import dev.kombo.ops.Counters;
import dev.kombo.ops.Measurements;
import dev.kombo.topology.common.EngineSettings;

/**
 * What the processors of one instance share. Everything in it may be used by any thread.
 *
 * @param settings settings in domain terms
 * @param topics names of the topics
 * @param serdes Avro serdes
 * @param models in-memory indexes, fed by the global topics
 * @param counters what this instance did
 * @param measurements how long it took, and how large things were
 */
public record EngineContext(
        EngineSettings settings,
        Topics topics,
        AvroSerdes serdes,
        LiveModels models,
        Counters counters,
        Measurements measurements) {
    /** The same, but nobody looks at measurements. */
    public EngineContext(
            EngineSettings settings, Topics topics, AvroSerdes serdes, LiveModels models, Counters counters) {
        this(settings, topics, serdes, models, counters, Measurements.unwatched());
    }
}
