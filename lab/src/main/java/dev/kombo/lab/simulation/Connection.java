package dev.kombo.lab.simulation;

import dev.kombo.config.Topics;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.tracking.StrategyPlan;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * How the simulated shop reaches a service on Kafka. Clients are made when asked for, and closed by whoever asked.
 *
 * @param topics names of the topics
 * @param producer makes a producer with an Avro serializer
 * @param offers makes a consumer of committed offers, without a group, like the following two
 * @param outcomes makes a consumer of committed outcomes
 * @param reports makes a consumer of committed reports
 * @param uncommitted makes a consumer that sees records which are not committed
 * @param committedOffsets tells which offsets the service has committed
 * @param strategy tells the strategy that is active in the service
 * @param alive fails where the service gave up
 */
public record Connection(
        Topics topics,
        Supplier<Producer<String, SpecificRecord>> producer,
        Supplier<Consumer<String, BundleOffer>> offers,
        Supplier<Consumer<String, OfferOutcome>> outcomes,
        Supplier<Consumer<String, ConversionReport>> reports,
        Supplier<Consumer<byte[], byte[]>> uncommitted,
        Supplier<Map<TopicPartition, Long>> committedOffsets,
        Supplier<StrategyPlan> strategy,
        Runnable alive) {}
