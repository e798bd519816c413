package dev.kombo.lab.bench;

import dev.kombo.cli.TopicReader;
import dev.kombo.lab.bench.BenchSummary.GapFigures;
import dev.kombo.schema.BehaviorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures how long shoppers get no offers while an instance goes. Two instances process a steady load. One of them
 * stops in an orderly way and comes back; then the other dies. The gap of a partition is the longest time between two
 * committed offers in it, as their reader sees them.
 */
final class TakeOver implements AutoCloseable {
    /** Events per second: each partition gets several offers per second, so that a gap is not one of the load. */
    private static final int RATE = 100;

    private static final Duration UNDISTURBED = Duration.ofSeconds(10);
    private static final Duration AFTER_STOP = Duration.ofSeconds(20);

    /** Longer than the session and the transaction of a dead instance can last. */
    private static final Duration AFTER_DEATH = Duration.ofSeconds(45);

    private static final int MOST_EVENTS = RATE * 600;
    private static final Duration POLL = Duration.ofMillis(50);

    private final Trial trial;
    private final Consumer<byte[], byte[]> reader;
    private final Producer<String, SpecificRecord> producer;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Gaps gaps;
    private volatile boolean ended;

    /** @param trial with two instances that have processed some events */
    TakeOver(Trial trial) {
        this.trial = trial;
        producer = trial.installation().clients().producer(Map.of());
        reader = trial.installation().clients().bytes(IsolationLevel.READ_COMMITTED);
        List<TopicPartition> partitions =
                TopicReader.partitions(reader, trial.installation().topics().bundleOffer());
        reader.assign(partitions);
        reader.seekToEnd(partitions);
        partitions.forEach(reader::position);
        gaps = new Gaps(partitions);
    }

    List<GapFigures> run() throws Exception {
        List<BehaviorEvent> events = trial.nextEvents(MOST_EVENTS);
        Future<?> sending = threads.submit(() -> send(events));
        Future<?> reading = threads.submit(this::read);
        List<GapFigures> figures = new ArrayList<>();
        figures.add(measured("none goes", UNDISTURBED, () -> {}));
        figures.add(measured(
                "one stops", AFTER_STOP, () -> trial.services().remove(0).close()));
        figures.add(measured("it comes back", AFTER_STOP, () -> trial.startService(0)));
        figures.add(measured(
                "the other dies", AFTER_DEATH, () -> trial.services().remove(0).kill()));
        ended = true;
        sending.get();
        reading.get();
        return figures;
    }

    private GapFigures measured(String change, Duration after, Change action) throws Exception {
        gaps.begin();
        action.make();
        Thread.sleep(after.toMillis());
        return gaps.figures(change);
    }

    /** A change to the instances. */
    private interface Change {
        void make() throws Exception;
    }

    private void send(List<BehaviorEvent> events) {
        long start = System.nanoTime();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int e = 0; e < events.size() && !ended; e++) {
            long due = start + e * 1_000_000_000L / RATE;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sent.add(producer.send(trial.installation().recordOf(events.get(e))));
        }
        producer.flush();
        Installation.requireSent(sent);
    }

    private void read() {
        while (!ended) {
            reader.poll(POLL).partitions().forEach(gaps::seen);
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdownNow();
        reader.close();
        producer.close();
    }

    /** The longest time without an offer, by partition. Thread-safe. */
    static final class Gaps {
        private final Map<TopicPartition, Long> last = new HashMap<>();
        private final Map<TopicPartition, Long> longest = new HashMap<>();

        Gaps(List<TopicPartition> partitions) {
            long now = System.nanoTime();
            partitions.forEach(partition -> last.put(partition, now));
        }

        /** Forgets the gaps of before; one that is open counts from its start. */
        synchronized void begin() {
            longest.clear();
        }

        synchronized void seen(TopicPartition partition) {
            seen(partition, System.nanoTime());
        }

        synchronized void seen(TopicPartition partition, long now) {
            longest.merge(partition, now - last.put(partition, now), Math::max);
        }

        /** A gap that is still open counts up to now. */
        synchronized GapFigures figures(String change) {
            return figures(change, System.nanoTime());
        }

        synchronized GapFigures figures(String change, long now) {
            List<Long> nanos = last.keySet().stream()
                    .map(partition -> Math.max(longest.getOrDefault(partition, 0L), now - last.get(partition)))
                    .sorted()
                    .toList();
            return new GapFigures(change, nanos.get(nanos.size() / 2) / 1e9, nanos.get(nanos.size() - 1) / 1e9);
        }
    }
}
