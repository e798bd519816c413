package dev.kombo.service;

import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.topology.task.StoreCheck;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares stores with their changelogs, so that a store that lost what was committed is restored, whatever its offset
 * says.
 *
 * <p>The changelog is the witness, because readers of committed records see in it exactly what was committed. When a
 * task opens a store that says it holds the changelog up to an offset, the last records up to that offset are read, and
 * the store must have the newest value of each of their keys. A store that is empty, that is an older copy, or whose
 * restoration was cut short lacks the last records first, so a few of them suffice. And a restoration must begin where
 * the store ends: nothing may move the offset in between.
 *
 * <p>Thread-safe: stream threads open stores, and their state updaters restore them.
 */
final class ChangelogCheck implements StoreCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogCheck.class);

    /** Offsets that are read back at first. Each commit leaves at least one record and one marker. */
    private static final long FIRST_SPAN = 128;
    /**
     * If the changelog has only deletions there, which an empty store fits as well, this many times as much is read.
     */
    private static final long SPAN_GROWTH = 8;
    /** Most offsets that are read back in the search for a value. */
    private static final long LONGEST_SPAN = 1 << 16;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    /** For how long a transaction may be open: a coordinator ends one well before that if its producer is gone. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

    private static final int FETCH_WAIT_MILLIS = 1;

    private final Map<String, Object> settings;
    private final Counters counters;
    private final boolean exactlyOnce;
    /** The offset after the last record that a store held when it was opened, until its restoration begins. */
    private final Map<TopicPartition, Long> opened = new ConcurrentHashMap<>();
    /** Changelogs whose restoration began behind the end of their store. */
    private final Set<TopicPartition> skipped = ConcurrentHashMap.newKeySet();
    /** Since when stores wait for transactions that are open, by {@link System#nanoTime}. Guarded by this. */
    private final Map<TopicPartition, Long> waitingSince = new HashMap<>();
    /** Opens all stores once, to read their offsets, and closes them: no task of it runs. */
    private volatile Thread starter;
    /** Guarded by this. Null until the first store is checked. */
    private Consumer<byte[], byte[]> consumer;

    /**
     * @param streams settings of Kafka Streams; unless it processes exactly once, nothing is checked, since stores may
     *     then be ahead of what was committed
     * @param counters where incomplete stores are counted
     */
    ChangelogCheck(Properties streams, Counters counters) {
        this.settings = new StreamsConfig(streams)
                .getRestoreConsumerConfigs(streams.getProperty(StreamsConfig.APPLICATION_ID_CONFIG) + "-check");
        // A broker answers one fetch of a consumer at a time: the first one for a store must not wait until the last
        // one for the store before, which has nothing more to return, is answered.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        // What was deleted before the first offset that is asked for is no fault.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.counters = counters;
        this.exactlyOnce =
                StreamsConfig.EXACTLY_ONCE_V2.equals(streams.getProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }

    /** Takes one record of a changelog. */
    private interface RecordReader {
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    /** Called by the thread that is about to start Kafka Streams. */
    void starts() {
        starter = Thread.currentThread();
    }

    @Override
    public void opened(
            TaskId task, String store, TopicPartition changelog, Long offset, Function<Bytes, byte[]> values) {
        if (!exactlyOnce || Thread.currentThread() == starter) {
            return;
        }
        if (skipped.remove(changelog)) {
            LOG.error(
                    "Store {} of task {} does not hold what was committed, since its restoration left out records of"
                            + " {}; the stores of the task are deleted and restored",
                    store,
                    task,
                    changelog);
            throw new TaskCorruptedException(Set.of(task));
        }
        if (offset != null && !holds(changelog, offset + 1, values)) {
            counters.count(KomboMetric.STORES_INCOMPLETE);
            LOG.error(
                    "Store {} of task {} does not hold what was committed, although it says that it holds {} up to"
                            + " offset {}; the stores of the task are deleted and restored",
                    store,
                    task,
                    changelog,
                    offset);
            throw new TaskCorruptedException(Set.of(task));
        }
        opened.put(changelog, offset == null ? 0 : offset + 1);
    }

    @Override
    public void restorationStarts(TopicPartition changelog, String store, long first) {
        Long next = opened.remove(changelog);
        if (next == null || first <= next || first <= beginning(changelog)) {
            return;
        }
        skipped.add(changelog);
        counters.count(KomboMetric.STORES_INCOMPLETE);
        // Kafka Streams does not log the exception where a standby's restoration begins.
        LOG.error(
                "Store {} does not hold what was committed: it would be restored from offset {} of {}, but holds it only"
                        + " up to offset {}",
                store,
                first,
                changelog,
                next);
        throw new StreamsException("Store " + store + " would be restored from offset " + first + " of " + changelog
                + ", but holds it only up to offset " + next + "; its task is restored from the beginning");
    }

    private synchronized long beginning(TopicPartition changelog) {
        return consumer().beginningOffsets(List.of(changelog), PATIENCE).get(changelog);
    }

    /** Whether a store has the newest values of the changelog before an offset. */
    private synchronized boolean holds(TopicPartition changelog, long next, Function<Bytes, byte[]> values) {
        consumer().assign(List.of(changelog));
        long end = endOfCommitted(changelog, next);
        if (end < next) {
            return isBelieved(changelog, next, end);
        }
        waitingSince.remove(changelog);
        Map<Bytes, byte[]> newest = newest(changelog, next);
        newest.entrySet().removeIf(entry -> same(entry.getValue(), values.apply(entry.getKey())));
        if (!newest.isEmpty()) {
            // A copy that follows the changelog may be ahead of the offset that it stored last.
            read(changelog, next, end, record -> {
                Bytes key = Bytes.wrap(record.key());
                if (newest.containsKey(key) && same(record.value(), values.apply(key))) {
                    newest.remove(key);
                }
            });
        }
        return newest.isEmpty();
    }

    /** Where the committed records of a changelog end; waits a while for it to be an offset or behind it. */
    private long endOfCommitted(TopicPartition changelog, long next) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            long end = consumer().endOffsets(List.of(changelog), PATIENCE).get(changelog);
            if (end >= next || System.nanoTime() > giveUpAt) {
                return end;
            }
            // A poll that returns nothing, as a pause.
            consumer().pause(List.of(changelog));
            consumer().poll(POLL);
            consumer().resume(List.of(changelog));
        }
    }

    /**
     * Whether a store is believed that ends behind the committed records of its changelog. If the changelog itself is
     * shorter than that, the brokers lost records, and the store holds what is not committed any more. Otherwise a
     * transaction is open, and the store may have the offset of records that it does not hold: nothing can be said
     * before the transaction has ended. One that hangs is not waited for.
     *
     * @param next the offset after the last record that the store says it holds
     * @param end the offset of the first record of an open transaction
     * @throws TimeoutException while the transaction may still end
     */
    private boolean isBelieved(TopicPartition changelog, long next, long end) {
        if (endOfAll(changelog) < next) {
            return false;
        }
        long now = System.nanoTime();
        long since = waitingSince.computeIfAbsent(changelog, none -> now);
        if (now - since < LONGEST_TRANSACTION.toNanos()) {
            throw new TimeoutException("A transaction in " + changelog + " is open at offset " + end
                    + "; the store that follows it is checked when it has ended");
        }
        LOG.warn(
                "A transaction in {} hangs at offset {}; the store that follows it up to offset {} cannot be checked and"
                        + " is used as it is",
                changelog,
                end,
                next);
        return true;
    }

    /** Where a changelog ends, with the records of open transactions. */
    private long endOfAll(TopicPartition changelog) {
        Map<String, Object> uncommitted = new HashMap<>(settings);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (Consumer<byte[], byte[]> reader =
                new KafkaConsumer<>(uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return reader.endOffsets(List.of(changelog), PATIENCE).get(changelog);
        }
    }

    /** The newest values of keys in the last records before an offset, with at least one value where there is one. */
    private Map<Bytes, byte[]> newest(TopicPartition changelog, long next) {
        Map<Bytes, byte[]> newest = new HashMap<>();
        long span = FIRST_SPAN;
        boolean more = true;
        while (more) {
            newest.clear();
            read(
                    changelog,
                    Math.max(0, next - span),
                    next,
                    record -> newest.put(Bytes.wrap(record.key()), record.value()));
            more = newest.values().stream().allMatch(value -> value == null) && span < next && span < LONGEST_SPAN;
            span *= SPAN_GROWTH;
        }
        return newest;
    }

    private void read(TopicPartition changelog, long first, long end, RecordReader each) {
        Consumer<byte[], byte[]> reader = consumer();
        reader.seek(changelog, first);
        long position = first;
        long advancedAt = System.nanoTime();
        while (position < end) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.offset() < end) {
                    each.read(record);
                }
            }
            long reached = reader.position(changelog, PATIENCE);
            if (reached > position) {
                advancedAt = System.nanoTime();
            } else if (System.nanoTime() - advancedAt > PATIENCE.toNanos()) {
                throw new TimeoutException("The broker does not return the records of " + changelog);
            }
            position = reached;
        }
    }

    private static boolean same(byte[] committed, byte[] held) {
        return Arrays.equals(committed, held);
    }

    private Consumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        return consumer;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
