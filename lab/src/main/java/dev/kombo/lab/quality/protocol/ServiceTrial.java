package dev.kombo.lab.quality.protocol;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.Ranker;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import java.util.List;
import java.util.function.Function;

/** A data set as it is published to a running service, and how what the service learned is judged. */
public interface ServiceTrial {
    /** Bundles that are published before the first event. */
    List<Bundle> catalog();

    /** The events of a seed: the same, in the same order, as an evaluation in process learns from. */
    Events events(long seed);

    /**
     * Judges by the measures of the evaluation in process.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    SeedResult judge(Learned learned, long seed, Progress progress) throws InterruptedException;

    /** A finite sequence of events; any of them can be made at any time. */
    interface Events {
        /** Number of events. */
        int size();

        /** Event {@code position}, from 0. */
        BehaviorEvent event(int position);
    }

    /**
     * What a service had learned when it was looked at. Nothing writes to it any more.
     *
     * @param index of one instance
     * @param shoppers finds what is known of a shopper by key; of an unknown one there is nothing but that
     * @param ranker in force on that instance
     */
    record Learned(CatalogIndex index, Function<String, Behavior> shoppers, Ranker ranker) {}
}
