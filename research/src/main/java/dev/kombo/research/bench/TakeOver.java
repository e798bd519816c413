package dev.kombo.research.bench;

import dev.kombo.console.CommandException;
import dev.kombo.research.bench.BenchSummary.GapFigures;
import dev.kombo.schema.BehaviorEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures how long shoppers get no offers when an instance stops or dies and another takes over its partitions. Two
 * instances process a steady load. One of them
 * stops in an orderly way and comes back; then the other dies. The gap of a partition is the longest time between two
 * committed offers in it, as their reader sees them.
 */
final class TakeOver {
    /** Events per second: each partition gets several offers per second, so that a gap is not one of the load. */
    private static final int RATE = 100;

    /** Events of a quarter of an hour, longer than the measurement lasts. */
    private static final int EVENTS = RATE * 900;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final Duration UNDISTURBED = Duration.ofSeconds(10);

    private static final Duration AFTER_STOP = Duration.ofSeconds(20);

    /** Longer than the session and the transaction of a dead instance can last. */
    private static final Duration AFTER_DEATH = Duration.ofSeconds(45);

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Trial trial;
    private volatile boolean ended;

    /** @param trial with two instances that have processed some events */
    TakeOver(Trial trial) {
        this.trial = trial;
    }

    /** A change to the instances. */
    private interface Change {
        void make() throws Exception;
    }

    List<GapFigures> run() throws Exception {
        List<BehaviorEvent> events = trial.nextEvents(EVENTS);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Producer<String, SpecificRecord> producer =
                        trial.installation().clients().producer(Map.of());
                Consumer<byte[], byte[]> reader = trial.installation().offersFromNow(IsolationLevel.READ_COMMITTED)) {
            Gaps gaps = new Gaps(List.copyOf(reader.assignment()));
            List<Future<?>> load =
                    List.of(threads.submit(() -> send(events, producer)), threads.submit(() -> read(reader, gaps)));
            try {
                List<GapFigures> figures = measured(gaps, load);
                ended = true;
                for (Future<?> part : load) {
                    part.get();
                }
                return figures;
            } finally {
                ended = true;
                threads.shutdown();
                // The clients must not be closed while their threads use them.
                threads.awaitTermination(1, TimeUnit.MINUTES);
            }
        }
    }

    private List<GapFigures> measured(Gaps gaps, List<Future<?>> load) throws Exception {
        if (!gaps.awaitAll(LONGEST_SILENCE)) {
            throw CommandException.failure("a partition has no offers after " + LONGEST_SILENCE.toSeconds() + " s");
        }
        List<GapFigures> figures = new ArrayList<>();
        figures.add(measured("none goes", UNDISTURBED, () -> {}, gaps, load));
        figures.add(measured(
                "one stops", AFTER_STOP, () -> trial.services().remove(0).close(), gaps, load));
        figures.add(measured("it comes back", AFTER_STOP, () -> trial.startService(0), gaps, load));
        figures.add(measured(
                "the other dies", AFTER_DEATH, () -> trial.services().remove(0).kill(), gaps, load));
        trial.requireClean();
        return figures;
    }

    private static GapFigures measured(String what, Duration after, Change change, Gaps gaps, List<Future<?>> load)
            throws Exception {
        gaps.begin(System.nanoTime());
        change.make();
        Thread.sleep(after.toMillis());
        for (Future<?> part : load) {
            if (part.isDone()) {
                part.get();
                throw CommandException.failure("the load has ended before the measurement of: " + what);
            }
        }
        return gaps.figures(what, System.nanoTime());
    }

    private void send(List<BehaviorEvent> events, Producer<String, SpecificRecord> producer) {
        long start = System.nanoTime();
        trial.installation().send(producer, events, e -> start + e * NANOS_PER_SECOND / RATE, () -> ended);
    }

    private void read(Consumer<byte[], byte[]> reader, Gaps gaps) {
        while (!ended) {
            for (TopicPartition partition : reader.poll(POLL).partitions()) {
                gaps.seen(partition, System.nanoTime());
            }
        }
    }
}
