package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kombo.config.Topics;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.KomboAvroSerializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class ShopTest {
    private static final Topics TOPICS = new Topics("", 2);
    private static final long OPENED_AT = 1_760_000_000_000L;
    private static final long OPEN_FOR_MILLIS = 20_000;
    private static final long OFFERS_BEFORE = 7;
    private static final ShopSettings SETTINGS = ShopSettings.defaults().withEventsPerSecond(100);

    private final MockProducer<String, SpecificRecord> producer =
            new MockProducer<>(true, null, new StringSerializer(), avro());
    private final MockConsumer<String, BundleOffer> consumer = new MockConsumer<>("earliest");
    private final AtomicLong now = new AtomicLong(OPENED_AT);
    private final ScriptedService service = new ScriptedService(ShopCatalog.generate(SETTINGS.seed(), OPENED_AT));
    private int served;
    private long offered;

    /** The real serializer: it refuses what a schema does not allow. */
    private static Serializer<SpecificRecord> avro() {
        KomboAvroSerializer serializer = new KomboAvroSerializer();
        serializer.configure(Map.of("schema.registry.url", "mock://shop-test", "auto.register.schemas", true), false);
        return serializer::serialize;
    }

    private Shop shop(long written) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (String topic : List.of(TOPICS.bundleOffer(), TOPICS.itemCatalog(), TOPICS.bundleCatalog())) {
            consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
            ends.put(new TopicPartition(topic, 0), written);
        }
        ends.put(new TopicPartition(TOPICS.bundleOffer(), 0), OFFERS_BEFORE);
        consumer.updateEndOffsets(ends);
        return new Shop(SETTINGS, TOPICS, () -> producer, () -> consumer, now::get, this::pass);
    }

    /** Simulated time: the clock moves on, the service answers; past the end of the script time stands still. */
    private void pass(long millis) {
        if (now.get() >= OPENED_AT + OPEN_FOR_MILLIS) {
            LockSupport.parkNanos(1_000_000);
            return;
        }
        now.addAndGet(millis);
        List<ProducerRecord<String, SpecificRecord>> history = producer.history();
        for (; served < history.size(); served++) {
            if (history.get(served).value() instanceof BehaviorEvent event) {
                BundleOffer offer = service.offerFor(event);
                if (offer != null) {
                    consumer.addRecord(new ConsumerRecord<>(
                            TOPICS.bundleOffer(),
                            0,
                            OFFERS_BEFORE + offered++,
                            history.get(served).key(),
                            offer));
                }
            }
        }
    }

    private long published(String topic) {
        return producer.history().stream()
                .filter(published -> published.topic().equals(topic))
                .count();
    }

    private void runScript(Shop shop) {
        shop.openForBusiness();
        await().until(() -> now.get() >= OPENED_AT + OPEN_FOR_MILLIS || shop.failure() != null);
        shop.close();
    }

    @Test
    void shouldPublishCatalogueAndEventsAndAnswerOffersWhenOpen() {
        Shop shop = shop(0);

        runScript(shop);

        assertThat(published(TOPICS.itemCatalog())).isEqualTo(300);
        assertThat(published(TOPICS.bundleCatalog())).isEqualTo(60);
        assertThat(producer.history().get(0).topic()).isEqualTo(TOPICS.itemCatalog());
        ShopTally tally = shop.tally();
        assertThat(tally.events()).isEqualTo(published(TOPICS.behaviorEvent())).isBetween(1_980L, 2_020L);
        assertThat(tally.offers()).isBetween(offered - 5, offered).isGreaterThan(200);
        assertThat(tally.impressions()).isGreaterThan(100);
        assertThat(tally.clicks()).isPositive();
        assertThat(shop.failure()).isNull();
        assertThat(producer.closed()).isTrue();
        assertThat(consumer.closed()).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("simulated-shop");
    }

    @Test
    void shouldNotPublishTheCatalogueAgainWhenAnEarlierRunDid() {
        runScript(shop(361));

        assertThat(published(TOPICS.itemCatalog())).isZero();
        assertThat(published(TOPICS.bundleCatalog())).isZero();
        assertThat(published(TOPICS.behaviorEvent())).isPositive();
    }

    @Test
    void shouldPublishTheCatalogueAgainWhenAnEarlierRunWasInterrupted() {
        runScript(shop(299));

        assertThat(published(TOPICS.itemCatalog())).isEqualTo(300);
    }

    @Test
    void shouldTellItsCallerWhenPublishingFails() {
        Shop shop = shop(361);
        producer.sendException = new KafkaException("the broker is gone");

        shop.openForBusiness();

        await().until(() -> shop.failure() != null);
        assertThatThrownBy(shop::close).isInstanceOf(ShopException.class).hasMessageContaining("the broker is gone");
        assertThat(producer.closed()).isTrue();
        assertThat(consumer.closed()).isTrue();
        shop.close();
    }

    @Test
    void shouldNotOpenWhenTheTopicOfOffersIsMissing() {
        try (Shop shop = new Shop(SETTINGS, TOPICS, () -> producer, () -> consumer, now::get, this::pass)) {
            assertThatThrownBy(shop::openForBusiness)
                    .isInstanceOf(ShopException.class)
                    .hasMessageContaining(TOPICS.bundleOffer());
        }
        assertThat(producer.closed()).isTrue();
        assertThat(consumer.closed()).isTrue();
    }
}
