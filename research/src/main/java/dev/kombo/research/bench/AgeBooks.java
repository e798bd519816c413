package dev.kombo.research.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.entity.EntityState;
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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

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
        return new BookFigures(
                onItems,
                interactions,
                offers,
                reported("offers"),
                impressions,
                reported("impressions"),
                clicks,
                reported("clicks"));
    }

    private long reported(String figure) throws InterruptedException {
        long sum = 0;
        try {
            for (JsonNode report :
                    JSON.readTree(trial.services().get(0).totalReports()).path("reports")) {
                for (JsonNode arm : report.path("arms")) {
                    sum += arm.path(figure).asLong();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum;
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
        Map<String, EntityState> items = new HashMap<>();
        Map<Integer, Map<String, PendingUpdates>> pending = new HashMap<>();
        StoredValues stored = trial.installation().clients().stored();
        Deserializer<EntityState> rows = stored.entities().deserializer();
        Deserializer<PendingUpdates> updates = stored.pendingUpdates().deserializer();
        try (TopicReader reader = new TopicReader(trial.installation().config())) {
            // First, since a row that is written meanwhile tells what it has counted of them.
            reader.latest(
                    List.of(changelog(StoreNames.ITEM_PENDING)),
                    record -> pending.computeIfAbsent(record.partition(), unused -> new HashMap<>())
                            .put(key(record), updates.deserialize(record.topic(), record.value())));
            reader.latest(List.of(changelog(StoreNames.ITEM_STATE)), record -> {
                String entity = key(record);
                if (Entity.isItem(entity)) {
                    items.put(entity, rows.deserialize(record.topic(), record.value()));
                }
            });
        }
        long sum = items.values().stream().mapToLong(EntityState::interactions).sum();
        for (Map<String, PendingUpdates> partition : pending.values()) {
            for (PendingUpdates commit : PendingUpdates.of(partition)) {
                sum += commit.updates().stream()
                        .filter(update -> Entity.isItem(update.entity())
                                && update.update().interaction() != null
                                && commit.number() > countedBy(items.get(update.entity())))
                        .count();
            }
        }
        return sum;
    }

    private static long countedBy(@Nullable EntityState row) {
        return row == null ? 0 : row.counted();
    }

    private String changelog(String store) {
        return trial.installation().config().get(ServiceSettings.APPLICATION_ID) + "-" + store + "-changelog";
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static Map<TopicPartition, Long> ends(Consumer<?, ?> consumer, String topic) {
        return consumer.endOffsets(TopicReader.partitions(consumer, List.of(topic)));
    }
}
