package dev.kombo.lab.quality.protocol;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.Ranker;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import java.util.List;
import java.util.function.Function;

/** A data set in the form in which it is published to a running service, and judged by what the service learned. */
public interface ServiceTrial {
    /** Bundles that are published before the first event. */
    List<Bundle> catalog();

    /** The events of a seed: the same, in the same order, as an in-process evaluation learns from. */
    Events events(long seed);

    /**
     * Judges by the metrics of the in-process evaluation.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    SeedResult judge(Learned learned, long seed, Progress progress) throws InterruptedException;

    /** A finite sequence of events; each can be created at any time. */
    interface Events {
        int size();

        /** Event {@code position}, from 0. */
        BehaviorEvent event(int position);
    }

    /**
     * What a service had learned when it was read; nothing writes to it any more.
     *
     * @param index of one instance
     * @param shoppers returns a shopper's behaviour by key; of an unknown shopper an empty one
     * @param ranker in force on that instance
     */
    record Learned(CatalogIndex index, Function<String, Behavior> shoppers, Ranker ranker) {}
}
