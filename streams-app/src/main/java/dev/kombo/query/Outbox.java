package dev.kombo.query;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/** Publishes records to topics. */
@FunctionalInterface
public interface Outbox {
    /**
     * Publishes a record; completes when the broker has it on all replicas in sync, exceptionally where it does not.
     *
     * @param key as the Java client partitions by it
     */
    CompletableFuture<Void> publish(String topic, String key, SpecificRecord value);
}
