package dev.kombo.lab.shop;

import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads offers as any service would: a plain consumer without a group, of committed records only. It begins at the end:
 * offers of an earlier run have been answered or are stale. Used by one thread at a time.
 */
final class OfferReader implements AutoCloseable {
    private final Consumer<String, BundleOffer> consumer;

    /** Takes over a consumer that is set to read committed records; it is closed with the reader. */
    OfferReader(Consumer<String, BundleOffer> consumer) {
        this.consumer = consumer;
    }

    /**
     * Takes its position in a topic; offers made from now on are read.
     *
     * @throws ShopException where the topic does not exist
     */
    void begin(String topic) {
        List<TopicPartition> partitions = Partitions.existing(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: without asking for the position, offers made before the first poll would be missed.
        for (TopicPartition partition : partitions) {
            consumer.position(partition);
        }
    }

    /** Offers that have arrived; waits for none. */
    List<BundleOffer> poll() {
        List<BundleOffer> offers = new ArrayList<>();
        for (ConsumerRecord<String, BundleOffer> record : consumer.poll(Duration.ZERO)) {
            if (record.value() != null) {
                offers.add(record.value());
            }
        }
        return offers;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
