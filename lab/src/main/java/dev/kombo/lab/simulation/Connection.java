package dev.kombo.lab.simulation;

import dev.kombo.config.Topics;
import dev.kombo.tracking.StrategyPlan;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** How the simulated shop reaches a service on Kafka. Clients are made when asked for, and closed by whoever asked. */
public interface Connection {
    /** Names of the topics. */
    Topics topics();

    /** A producer with an Avro serializer. */
    Producer<String, SpecificRecord> producer();

    /** A consumer of committed records of one type, without a group. */
    <T extends SpecificRecord> Consumer<String, T> committed(Class<T> type);

    /** A consumer without a group that sees records which are not committed. */
    Consumer<byte[], byte[]> uncommitted();

    /** Offsets that the service has committed. */
    Map<TopicPartition, Long> committedOffsets();

    /** The strategy that is active in the service; null where it cannot be asked. */
    StrategyPlan strategy();

    /** Fails where the service gave up. */
    void requireAlive();
}
