package dev.kombo.lab.command;

import dev.kombo.cli.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.serde.AvroSerdes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes clients for an installation as a service beside Kombo would; whoever asks for one closes it. */
final class LabClients implements AutoCloseable {
    private static final int LARGEST_FETCH_RECORDS = 2000;

    private final KomboConfig config;
    private final AvroSerdes serdes;

    LabClients(KomboConfig config) {
        this.config = config;
        this.serdes = new AvroSerdes(config.avroSettings());
    }

    Admin admin() {
        return Admin.create(ClientSettings.admin(config));
    }

    /** A producer of Avro records. */
    Producer<String, SpecificRecord> producer(Map<String, Object> overrides) {
        Map<String, Object> settings = ClientSettings.producer(config);
        settings.putAll(overrides);
        return new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer());
    }

    /** A consumer of committed records of one type, without a group. */
    <T extends SpecificRecord> Consumer<String, T> consumer(Class<T> type) {
        return new KafkaConsumer<>(
                consumerSettings(IsolationLevel.READ_COMMITTED),
                new StringDeserializer(),
                serdes.value(type).deserializer());
    }

    /** A consumer of undecoded records, without a group. */
    Consumer<byte[], byte[]> bytes(IsolationLevel isolation) {
        return new KafkaConsumer<>(
                consumerSettings(isolation), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Decodes records of one type. */
    <T extends SpecificRecord> Deserializer<T> decoder(Class<T> type) {
        return serdes.value(type).deserializer();
    }

    private Map<String, Object> consumerSettings(IsolationLevel isolation) {
        Map<String, Object> settings = new HashMap<>(ClientSettings.consumer(config));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString().toLowerCase(Locale.ROOT));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, LARGEST_FETCH_RECORDS);
        return settings;
    }

    @Override
    public void close() {
        serdes.close();
    }
}
