package dev.kombo.research.bench;

import dev.kombo.config.Topic;
import dev.kombo.research.bench.BenchSummary.BurstFigures;
import dev.kombo.research.bench.BenchSummary.CoreFigures;
import dev.kombo.research.bench.BenchSummary.IdleFigures;
import dev.kombo.schema.BehaviorEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Measures the processor time of a service that has nothing to do, and of one that has events in one second of ten, as
 * in a small shop.
 */
final class Idle {
    /** How long nothing is done. */
    private static final Duration NOTHING = Duration.ofSeconds(20);

    private static final int BURSTS = 3;

    /** Events of a burst, which lasts a second. */
    private static final int BURST_EVENTS = 500;

    private static final long NANOS_BETWEEN_BURSTS = 10_000_000_000L;
    private static final long NANOS_BETWEEN_EVENTS = 1_000_000_000L / BURST_EVENTS;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Trial trial;

    /** @param trial whose service has processed all events */
    Idle(Trial trial) {
        this.trial = trial;
    }

    IdleFigures run() throws Exception {
        Trial.Moment before = trial.moment();
        Thread.sleep(NOTHING.toMillis());
        CoreFigures nothing = trial.moment().coresSince(before);
        return new IdleFigures(nothing, bursts());
    }

    private BurstFigures bursts() throws Exception {
        List<BehaviorEvent> events = trial.nextEvents(BURSTS * BURST_EVENTS);
        try (Producer<String, SpecificRecord> producer =
                trial.installation().clients().producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0))) {
            producer.partitionsFor(trial.installation().topics().name(Topic.BEHAVIOR_EVENT));
            Trial.Moment before = trial.moment();
            long start = System.nanoTime();
            trial.installation().send(producer, events, event -> start + dueNanos(event), () -> false);
            long end = start + BURSTS * NANOS_BETWEEN_BURSTS;
            Thread.sleep(Math.max(0, (end - System.nanoTime()) / NANOS_PER_MILLI));
            CoreFigures cores = trial.moment().coresSince(before);
            trial.installation().drained(() -> null);
            trial.requireClean();
            return new BurstFigures(
                    events.size(), cores.serviceMicros(events.size()), cores.brokerMicros(events.size()), cores);
        }
    }

    /** Nanoseconds from the beginning until an event is due, by its place. */
    static long dueNanos(int place) {
        return place / BURST_EVENTS * NANOS_BETWEEN_BURSTS + place % BURST_EVENTS * NANOS_BETWEEN_EVENTS;
    }
}
