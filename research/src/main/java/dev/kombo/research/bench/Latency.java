package dev.kombo.research.bench;

import dev.kombo.config.Topic;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Measures the time from an event to its offer in an open loop: events are sent by the clock, whether or not the
 * service keeps up, and the time of each counts from when it was due, not from when it was sent. So an event that
 * waited for a stalled producer or service counts in full (coordinated omission). The first quarter of the time is
 * warm-up and is not counted.
 */
final class Latency {
    /** Name of the latency that 99 % of the offers have at most. */
    static final String P99 = "p99";

    private static final List<String> PERCENTILES = List.of("50", "99", "99.9");

    /** Share of the measured time that is warm-up. */
    private static final double WARM_UP_SHARE = 0.25;

    /** How long before the first event is due, so that the readers are there. */
    private static final long LEAD_NANOS = 500_000_000L;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final double MICROS_PER_MILLI = 1e3;

    /** The times at which events are due, by event; an offer names the event that triggered it. */
    static final class Schedule {
        private final Map<String, Integer> places = new HashMap<>();
        private final long intervalNanos;
        private final int warmUp;
        private final long startNanos;

        Schedule(List<BehaviorEvent> events, int rate, int warmUp, long startNanos) {
            for (int e = 0; e < events.size(); e++) {
                places.put(events.get(e).getEventId(), e);
            }
            this.intervalNanos = NANOS_PER_SECOND / rate;
            this.warmUp = warmUp;
            this.startNanos = startNanos;
        }

        long dueNanos(int place) {
            return startNanos + place * intervalNanos;
        }

        /** Records the latency of an offer, if its event counts. */
        void record(String eventId, long seenNanos, Histogram micros) {
            Integer place = places.get(eventId);
            if (place != null && place >= warmUp) {
                micros.recordValue(Math.max(0, (seenNanos - dueNanos(place)) / NANOS_PER_MICRO));
            }
        }
    }

    private final Trial trial;
    private final int rate;
    private final int seconds;
    private volatile boolean ended;

    Latency(Trial trial, int rate, int seconds) {
        this.trial = trial;
        this.rate = rate;
        this.seconds = seconds;
    }

    LatencyFigures run() throws Exception {
        int warmUp = (int) (rate * seconds * WARM_UP_SHARE);
        List<BehaviorEvent> events = trial.nextEvents(rate * seconds + warmUp);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try (Producer<String, SpecificRecord> producer =
                        trial.installation().clients().producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
                Consumer<byte[], byte[]> all = trial.installation().offersFromNow(IsolationLevel.READ_UNCOMMITTED);
                Consumer<byte[], byte[]> committed =
                        trial.installation().offersFromNow(IsolationLevel.READ_COMMITTED)) {
            // Otherwise the first send of the producer would fetch metadata and schemas.
            producer.partitionsFor(trial.installation().topics().name(Topic.BEHAVIOR_EVENT));
            Schedule schedule = new Schedule(events, rate, warmUp, System.nanoTime() + LEAD_NANOS);
            Future<Histogram> allSeen = readers.submit(reader(all, schedule));
            Future<Histogram> committedSeen = readers.submit(reader(committed, schedule));
            trial.installation().send(producer, events.subList(0, warmUp), schedule::dueNanos, () -> false);
            Trial.Moment before = trial.moment();
            List<BehaviorEvent> measured = events.subList(warmUp, events.size());
            trial.installation().send(producer, measured, e -> schedule.dueNanos(warmUp + e), () -> false);
            Trial.Moment after = trial.moment();
            trial.installation().drained(() -> null);
            ended = true;
            Histogram seen = committedSeen.get();
            Trial.requireOffers((double) seen.getTotalCount() / Trial.causes(measured));
            trial.requireClean();
            return figures(allSeen.get(), seen, before, after);
        } finally {
            ended = true;
            readers.shutdownNow();
        }
    }

    private Callable<Histogram> reader(Consumer<byte[], byte[]> consumer, Schedule schedule) {
        Deserializer<BundleOffer> decoder = trial.installation().clients().decoder(BundleOffer.class);
        return () -> {
            Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
            boolean more = true;
            while (more) {
                boolean last = ended;
                var records = consumer.poll(POLL);
                long now = System.nanoTime();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    schedule.record(
                            decoder.deserialize(record.topic(), record.value()).getTriggerEventId(), now, micros);
                }
                more = !(last && records.isEmpty());
            }
            return micros;
        };
    }

    private LatencyFigures figures(Histogram all, Histogram committed, Trial.Moment before, Trial.Moment after) {
        double time = after.secondsSince(before);
        double service = after.service().since(before.service()).total();
        double broker = after.broker().since(before.broker()).total();
        return new LatencyFigures(
                rate,
                time,
                committed.getTotalCount(),
                percentiles(all),
                percentiles(committed),
                service / time,
                broker / time,
                after.otherCores(before));
    }

    /** In milliseconds. */
    static Map<String, Double> percentiles(Histogram micros) {
        Map<String, Double> millis = new LinkedHashMap<>();
        for (String percentile : PERCENTILES) {
            double value = micros.getValueAtPercentile(Double.parseDouble(percentile));
            millis.put("p" + percentile, value / MICROS_PER_MILLI);
        }
        millis.put("max", micros.getMaxValue() / MICROS_PER_MILLI);
        return millis;
    }
}
