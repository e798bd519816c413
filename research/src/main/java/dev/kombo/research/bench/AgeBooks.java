package dev.kombo.research.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.PendingCounts;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.entity.Entity;
import dev.kombo.research.bench.BenchSummary.BookFigures;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Compares what a service has counted with the events that were published to it: interactions in the rows of items,
 * and impressions, clicks and offers in the reports. Not thread-safe.
 */
final class AgeBooks {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration STALL = Duration.ofMinutes(1);
    /** Reports are published a moment after what they count. */
    private static final long REPORT_MILLIS = 30_000;

    private static final long POLL_MILLIS = 500;

    private static final String OFFERS = "offers";
    private static final String IMPRESSIONS = "impressions";
    private static final String CLICKS = "clicks";

    private final Trial trial;
    private long events;
    private long onItems;
    private long impressions;
    private long clicks;
    private long offers;
    private Map<TopicPartition, Long> offersRead = Map.of();

    /** @param trial whose service has processed nothing yet */
    AgeBooks(Trial trial) {
        this.trial = trial;
        trial.alsoTo(this::published);
    }

    /** Number of events that were published. */
    long events() {
        return events;
    }

    private void published(BehaviorEvent event) {
        events++;
        if (event.getItemId() != null) {
            onItems++;
        }
        if (event.getType() == EventType.OFFER_IMPRESSION) {
            impressions++;
        } else if (event.getType() == EventType.OFFER_CLICK) {
            clicks++;
        }
    }

    /** Compares; to be called when nothing is left to process. */
    BookFigures compare() throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = trial.installation().clients().bytes(IsolationLevel.READ_COMMITTED)) {
            countOffers(consumer);
            BookFigures figures = figures(interactions());
            long giveUpAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REPORT_MILLIS);
            while (!figures.equal() && System.nanoTime() < giveUpAt) {
                Thread.sleep(POLL_MILLIS);
                figures = figures(figures.interactions());
            }
            return figures;
        }
    }

    private BookFigures figures(long interactions) throws InterruptedException {
        Map<String, Long> reported = reported();
        return new BookFigures(
                onItems,
                interactions,
                offers,
                reported.getOrDefault(OFFERS, 0L),
                impressions,
                reported.getOrDefault(IMPRESSIONS, 0L),
                clicks,
                reported.getOrDefault(CLICKS, 0L));
    }

    /** Figures of the reports, by name, over all experiments and arms. */
    private Map<String, Long> reported() throws InterruptedException {
        Map<String, Long> sums = new HashMap<>();
        try {
            for (JsonNode report :
                    JSON.readTree(trial.services().get(0).totalReports()).path("reports")) {
                for (JsonNode arm : report.path("arms")) {
                    for (String figure : List.of(OFFERS, IMPRESSIONS, CLICKS)) {
                        sums.merge(figure, arm.path(figure).asLong(), Long::sum);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sums;
    }

    /** Counts the offers that were committed since the last call. */
    private void countOffers(Consumer<byte[], byte[]> consumer) {
        String topic = trial.installation().topics().name(Topic.BUNDLE_OFFER);
        Map<TopicPartition, Long> ends = ends(consumer, topic);
        Map<TopicPartition, Long> starts = new HashMap<>(offersRead);
        ends.keySet().forEach(partition -> starts.putIfAbsent(partition, 0L));
        TopicReader.read(consumer, starts, ends, STALL, record -> offers++);
        offersRead = ends;
    }

    /** Interactions that the rows of items and the updates pending for them contain. */
    private long interactions() {
        StoredValues stored = trial.installation().clients().stored();
        Deserializer<EntityState> rows = stored.entities().deserializer();
        Deserializer<PendingUpdates> updates = stored.pendingUpdates().deserializer();
        PendingCounts pending = new PendingCounts();
        AtomicLong sum = new AtomicLong();
        KomboConfig config = trial.installation().config();
        try (TopicReader reader = new TopicReader(config)) {
            reader.latest(
                    List.of(Topics.changelog(config, StoreNames.ITEM_PENDING)),
                    record -> pending.add(
                            record.partition(), key(record), updates.deserialize(record.topic(), record.value())));
            pending.complete();
            reader.latest(List.of(Topics.changelog(config, StoreNames.ITEM_STATE)), record -> {
                String entity = key(record);
                if (Entity.isItem(entity)) {
                    EntityState row = rows.deserialize(record.topic(), record.value());
                    sum.addAndGet(pending.counted(entity, row).interactions());
                }
            });
        }
        return sum.get();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static Map<TopicPartition, Long> ends(Consumer<?, ?> consumer, String topic) {
        return consumer.endOffsets(TopicReader.partitions(consumer, List.of(topic)));
    }
}
