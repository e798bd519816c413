package dev.kombo.instance;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.console.TopicReader;
import dev.kombo.query.source.OfferFeed;
import dev.kombo.schema.BundleOffer;
import dev.kombo.topology.global.EngineContext;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the end of all partitions of the offer topic: the offers of any instance. It joins no group, so that it takes
 * no partition from the service, and commits nothing.
 */
final class OfferTail implements OfferFeed {
    private static final Logger LOG = LoggerFactory.getLogger(OfferTail.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final long LONGEST_END_MILLIS = 5_000;

    private final Map<String, Object> settings;
    private final AvroSerdes serdes;
    private final String topic;

    OfferTail(KomboConfig config, EngineContext engine) {
        this.settings = ClientSettings.consumer(config);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.serdes = engine.serdes();
        this.topic = engine.topics().name(Topic.BUNDLE_OFFER);
    }

    @Override
    public Subscription read(Listener listener) {
        Tail tail = new Tail(listener);
        tail.thread.start();
        return tail;
    }

    /** A consumer with the thread that owns it. */
    private final class Tail implements Subscription, Runnable {
        private final Listener listener;
        private final KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        private final Thread thread = new Thread(this, "kombo-live-offers");
        private volatile boolean closed;

        private Tail(Listener listener) {
            this.listener = listener;
            thread.setDaemon(true);
        }

        @Override
        public void run() {
            try (consumer;
                    Deserializer<BundleOffer> values =
                            serdes.value(BundleOffer.class).deserializer()) {
                TopicReader.fromNowOn(consumer, topic);
                while (!closed) {
                    listener.offers(decoding(consumer.poll(POLL), values));
                }
            } catch (WakeupException e) {
                // Only close wakes it up.
            } catch (RuntimeException e) {
                if (!closed) {
                    LOG.error("Offers cannot be read from {}; closing live streams", topic, e);
                    listener.failed();
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            consumer.wakeup();
            try {
                thread.join(LONGEST_END_MILLIS);
            } catch (InterruptedException e) {
                // It ends all the same.
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<BundleOffer> decoding(
            Iterable<ConsumerRecord<byte[], byte[]>> records, Deserializer<BundleOffer> values) {
        List<byte[]> encoded = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() != null) {
                encoded.add(record.value());
            }
        }
        return new AbstractList<>() {
            @Override
            public BundleOffer get(int index) {
                return values.deserialize(topic, encoded.get(index));
            }

            @Override
            public int size() {
                return encoded.size();
            }
        };
    }
}
