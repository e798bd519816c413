package dev.kombo.service;

import org.apache.kafka.streams.processor.internals.StreamsPartitionAssignor;

/**
 * Assigns tasks as Kafka Streams does, under a name of its own. All members of a group need an assignor in common, so
 * brokers keep an instance out of the group while instances of a release run that stores its data in another way.
 */
public final class ReleaseAssignor extends StreamsPartitionAssignor {
    /** <b>Changes with each release whose instances cannot read what those of the release before have stored.</b> */
    static final String NAME = "kombo-0.3";

    @Override
    public String name() {
        return NAME;
    }
}
