package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {

    /** A serializer that only has a name. */
    public static final class NameSerializer implements Serializer<Object> {

        private String readerType;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            readerType = configs.get("specific.avro.value.type") + " " + configs.get("specific.avro.reader") + " "
                    + configs.get("schema.registry.url");
        }

        @Override
        public byte[] serialize(String topic, Object data) {
            return readerType.getBytes(StandardCharsets.UTF_8);
        }
    }

    @Test
    void shouldShareOneRegistryClient() {
        AvroSerdes serdes = new AvroSerdes(Map.of("schema.registry.url", "mock://shared"));

        byte[] offer = serdes.value(BundleOffer.class)
                .serializer()
                .serialize("bundle-offer", AvroScope.random(BundleOffer.class, 1));

        assertThat(serdes.registry()).hasValue(InMemorySchemaRegistry.scope("shared"));
        assertThat(serdes.registry().orElseThrow().byId(offer[4])).isEqualTo(BundleOffer.getClassSchema());
    }

    @Test
    void shouldConfigureAForeignSerializerForTheTypeAndKeepOurDeserializer() {
        AvroSerdes serdes = new AvroSerdes(Map.of(
                "schema.registry.url", "mock://foreign", AvroSerdes.SERIALIZER_CLASS, NameSerializer.class.getName()));
        Serde<Item> serde = serdes.value(Item.class);

        assertThat(serde.serializer().serialize("t", new Item()))
                .asString()
                .isEqualTo("class dev.kombo.schema.Item true mock://foreign");
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    @Test
    void shouldNameNoTypeToAForeignSerializerWhenItIsForRecordsOfAnyType() {
        AvroSerdes serdes = new AvroSerdes(Map.of(
                "schema.registry.url", "mock://any", AvroSerdes.SERIALIZER_CLASS, NameSerializer.class.getName()));

        assertThat(serdes.serializer().serialize("t", new Item())).asString().isEqualTo("null true mock://any");
    }

    @Test
    void shouldNameTheClassWhenAForeignOneIsNotOnTheClassPath() {
        Map<String, String> settings = Map.of(
                "schema.registry.url", "mock://absent", AvroSerdes.SERIALIZER_CLASS, "io.absent.KafkaAvroSerializer");

        assertThatThrownBy(() -> new AvroSerdes(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(AvroSerdes.SERIALIZER_CLASS)
                .hasMessageContaining("io.absent.KafkaAvroSerializer");
    }

    @Test
    void shouldSayThatTheRegistryIsMissingWhenItsAddressIsNotSet() {
        assertThatThrownBy(() -> new AvroSerdes(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url");
    }

    @Test
    void shouldWriteAndReadIntactRecordsWhenFourThreadsShareASerde() throws Exception {
        Serde<BehaviorEvent> serde =
                new AvroSerdes(Map.of("schema.registry.url", "mock://threads")).value(BehaviorEvent.class);
        CyclicBarrier start = new CyclicBarrier(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                long seed = 2_000L * thread;
                String topic = "topic-" + thread % 2;
                results.add(threads.submit(() -> {
                    start.await();
                    int intact = 0;
                    for (int i = 0; i < 2_000; i++) {
                        BehaviorEvent event = AvroScope.random(BehaviorEvent.class, seed + i);
                        byte[] data = serde.serializer().serialize(topic, event);
                        intact += serde.deserializer().deserialize(topic, data).equals(event) ? 1 : 0;
                    }
                    return intact;
                }));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(2_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
