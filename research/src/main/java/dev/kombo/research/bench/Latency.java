package dev.kombo.research.bench;

import dev.kombo.config.Topic;
import dev.kombo.research.bench.BenchShop.ReceivedOffer;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * Measures the time from an event to its committed offer, and what an event costs, in an open loop: events are sent by
 * the clock, whether or not the service keeps up, and the time of each counts from when it was due, not from when it
 * was sent. So an event that waited for a stalled producer or service counts in full (coordinated omission). The first
 * quarter of the time is warm-up and is not counted.
 */
final class Latency {
    /** Names of the latencies that so many percent of the offers have at most. */
    static final String P50 = "p50";

    static final String P99 = "p99";
    static final String P999 = "p99.9";

    /** Name of the longest latency. */
    static final String MAX = "max";

    /** Share of the measured time that is warm-up. */
    private static final double WARM_UP_SHARE = 0.25;

    /** How long before the first event is due, so that the reader is there. */
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
        ExecutorService readers = Executors.newSingleThreadExecutor();
        try (Producer<String, SpecificRecord> producer =
                        trial.installation().clients().producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 0));
                Consumer<byte[], byte[]> committed =
                        trial.installation().offersFromNow(IsolationLevel.READ_COMMITTED)) {
            // Otherwise the first send of the producer would fetch metadata and schemas.
            producer.partitionsFor(trial.installation().topics().name(Topic.BEHAVIOR_EVENT));
            Schedule schedule = new Schedule(events, rate, warmUp, System.nanoTime() + LEAD_NANOS);
            Histogram micros = new Histogram(SIGNIFICANT_DIGITS);
            Future<List<ReceivedOffer>> offers = readers.submit(() -> read(committed, schedule, micros));
            trial.installation().send(producer, events.subList(0, warmUp), schedule::dueNanos, () -> false);
            Trial.Moment before = trial.moment();
            List<BehaviorEvent> measured = events.subList(warmUp, events.size());
            trial.installation().send(producer, measured, e -> schedule.dueNanos(warmUp + e), () -> false);
            Trial.Moment after = trial.moment();
            trial.installation().drained(() -> null);
            ended = true;
            trial.received(offers.get());
            Trial.requireOffers((double) micros.getTotalCount() / Trial.causes(measured));
            trial.requireClean();
            BenchSummary.CoreFigures cores = after.coresSince(before);
            return new LatencyFigures(
                    rate,
                    measured.size(),
                    micros.getTotalCount(),
                    percentiles(micros),
                    cores.serviceMicros(measured.size()),
                    cores.brokerMicros(measured.size()),
                    cores);
        } finally {
            ended = true;
            readers.shutdownNow();
        }
    }

    /** Times offers until the end; returns all of them. */
    private List<ReceivedOffer> read(Consumer<byte[], byte[]> consumer, Schedule schedule, Histogram micros) {
        Deserializer<BundleOffer> decoder = trial.installation().clients().decoder(BundleOffer.class);
        List<ReceivedOffer> offers = new ArrayList<>();
        boolean more = true;
        while (more) {
            boolean last = ended;
            var records = consumer.poll(POLL);
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                BundleOffer offer = decoder.deserialize(record.topic(), record.value());
                schedule.record(offer.getTriggerEventId(), now, micros);
                offers.add(ReceivedOffer.of(offer));
            }
            more = !(last && records.isEmpty());
        }
        return offers;
    }

    /** In milliseconds. */
    static Map<String, Double> percentiles(Histogram micros) {
        Map<String, Double> millis = new LinkedHashMap<>();
        for (String name : List.of(P50, P99, P999)) {
            double percentile = Double.parseDouble(name.substring(1));
            millis.put(name, micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
        }
        millis.put(MAX, micros.getMaxValue() / MICROS_PER_MILLI);
        return millis;
    }
}
