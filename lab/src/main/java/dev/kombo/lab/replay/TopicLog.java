package dev.kombo.lab.replay;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/** Reads whole topics as they stand. */
public interface TopicLog {
    /**
     * Gives the reader every record from the beginning of the topic to its end at the time of the call; those of one
     * partition in their order.
     *
     * @throws ReplayException when the topic does not exist or cannot be read to its end
     */
    void read(String topic, IsolationLevel isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader);
}
