package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.topology.task.Partitioning;
import dev.kombo.topology.task.StoreNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A shop with a million users who have thirty events each on average: how long a start without a state folder takes, and how much
 * memory an instance with standbys. A thirtieth of the users have real events; the changelogs of the others are written
 * as copies of theirs, since the events of all would take hours.
 */
@Tag("faults")
class LargeShopIT {
    private static final int USERS = Integer.getInteger("kombo.large.users", 1_000_000);
    private static final int EVENTS_PER_USER = 30;
    private static final int COPIES = 30;
    private static final int ENTITIES = Integer.getInteger("kombo.large.entities", 100_000);
    private static final int BATCH = 100_000;
    private static final int LAST_BATCH = 20_000;
    private static final long MOST_RESIDENT = 3_584L << 20;

    /** Of one length, so that a copy's id replaces it within any bytes. */
    private static final Pattern ID = Pattern.compile("aa-\\d{7}");

    private static final List<String> STORES =
            List.of(StoreNames.USER_PROFILE, StoreNames.USER_HISTORY, StoreNames.USER_OFFER, StoreNames.USER_TIMER);

    @TempDir
    Path folder;

    @Test
    void shouldHoldAMillionUsersWithTheirHistoryInTheMemoryOfAContainer() throws Exception {
        int own = USERS / COPIES;
        BenchSettings settings = new BenchSettings(BATCH, 0, own, ENTITIES, ENTITIES, 0, false, 1, 1, Map.of());
        try (Trial trial = Trial.start(settings, folder)) {
            for (int done = 0; done < own * EVENTS_PER_USER; done += BATCH) {
                trial.process(renamed(trial.nextEvents(BATCH)));
            }
            show("%,d events", own * EVENTS_PER_USER);
            trial.services().remove(0).close();
            long records = copy(trial);
            assertThat(records).as("copied").isGreaterThan(USERS);
            Utils.delete(trial.folderOf(0).resolve("state").toFile());

            trial.startService(0);
            ServiceProcess first = trial.services().get(0);
            show("without a state folder ready after %.1f s", first.readySeconds());
            trial.startService(1);
            ServiceProcess second = trial.services().get(1);
            show("another instance ready after %.1f s", second.readySeconds());
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> Starts.restored(second) >= records);
            // Little: a day with as few events as in the bench has all visits and closing offers of a million users.
            BenchSummary.BatchFigures figures =
                    trial.process(renamed(trial.nextEvents(LAST_BATCH))).figures();
            show("with %,d users an instance held at most %.2f GB", USERS, figures.residentBytes() / 1e9);
            assertThat(figures.residentBytes()).isLessThan(MOST_RESIDENT);
        }
    }

    /** Gives users ids of one length; those of feedback have one already. */
    private static List<BehaviorEvent> renamed(List<BehaviorEvent> events) {
        for (BehaviorEvent event : events) {
            if (event.getUserId().startsWith("user-")) {
                event.setUserId(
                        "aa-%07d".formatted(Integer.parseInt(event.getUserId().substring(5))));
            }
        }
        return events;
    }

    /** Writes all but the first copy of each record of a user; returns how many records of users there are then. */
    private static long copy(Trial trial) {
        Installation installation = trial.installation();
        List<String> topics = STORES.stream()
                .map(store -> installation.config().get(ServiceSettings.APPLICATION_ID) + '-' + store + "-changelog")
                .toList();
        Map<String, Object> client = new HashMap<>(ClientSettings.producer(installation.config()));
        client.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        client.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        client.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 16);
        AtomicLong records = new AtomicLong();
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (TopicReader reader = installation.clients().reader();
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            reader.latest(topics, record -> {
                Matcher id = ID.matcher(text(record.key()));
                if (id.find()) {
                    records.addAndGet(COPIES);
                    for (int c = 1; c < COPIES; c++) {
                        String copiedId = text(renamed(id.group().getBytes(StandardCharsets.ISO_8859_1), c));
                        int partition = Partitioning.partitionOf(
                                copiedId, installation.topics().partitions());
                        var unused = producer.send(
                                copy(record, c, partition), (metadata, e) -> failure.compareAndSet(null, e));
                    }
                }
            });
            producer.flush();
        }
        assertThat(failure.get()).isNull();
        show("%,d records of users", records.get());
        return records.get();
    }

    private static ProducerRecord<byte[], byte[]> copy(ConsumerRecord<byte[], byte[]> record, int copy, int partition) {
        return new ProducerRecord<>(
                record.topic(),
                partition,
                record.timestamp(),
                renamed(record.key(), copy),
                renamed(record.value(), copy));
    }

    private static byte[] renamed(byte[] bytes, int copy) {
        byte[] renamed = bytes.clone();
        Matcher id = ID.matcher(text(bytes));
        while (id.find()) {
            renamed[id.start()] = (byte) ('a' + copy / 26);
            renamed[id.start() + 1] = (byte) ('a' + copy % 26);
        }
        return renamed;
    }

    /** Each byte a character. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void show(String format, Object... values) {
        System.out.printf(Locale.ROOT, "%tT  ", System.currentTimeMillis());
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
