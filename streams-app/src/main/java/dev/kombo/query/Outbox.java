package dev.kombo.query;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/** Publishes records to topics. */
@FunctionalInterface
public interface Outbox {
    /**
     * Publishes a record; completes when all in-sync replicas have it, exceptionally if they do not get it.
     *
     * @param key as the Java client partitions by it
     */
    CompletableFuture<Void> publish(String topic, String key, SpecificRecord value);
}
