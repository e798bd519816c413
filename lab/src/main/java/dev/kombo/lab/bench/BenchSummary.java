package dev.kombo.lab.bench;

import java.util.List;
import java.util.Map;

/**
 * The figures of one benchmark. Costs are those of one event; processor time is in microseconds, of all threads of a process.
 *
 * @param measuredAt when, ISO 8601
 * @param machine processors, memory, Java
 * @param settings what was measured
 * @param referenceVersion of the reference application; ratios of two versions cannot be compared
 * @param cpuRatio null where no batch was measured, like the following; processor time of the reference application with Kombo's settings over that of Kombo, brokers included
 * @param ratio events a second of Kombo over those of the reference application with Kombo's settings
 * @param pairs the batches
 * @param latency null where not asked for, like the following
 * @param restart the starts
 * @param growth points of each axis
 */
public record BenchSummary(
        String measuredAt,
        Map<String, String> machine,
        Map<String, String> settings,
        int referenceVersion,
        Spread cpuRatio,
        Spread ratio,
        List<Pair> pairs,
        LatencyFigures latency,
        List<StartFigures> restart,
        List<GrowthPoint> growth) {
    /**
     * One batch of Kombo and the same events through the reference application.
     *
     * @param idleServiceCores processors that the service keeps busy between batches, with nothing to do
     * @param idleBrokerCores processors that the broker does then; taken off what the reference application costs it
     */
    record Pair(
            BatchFigures kombo,
            double idleServiceCores,
            double idleBrokerCores,
            ReferenceFigures base,
            ReferenceFigures same) {
        double cpuRatio() {
            return (same.micros() + same.brokerMicros()) / (kombo.serviceMicros() + kombo.brokerMicros());
        }

        double ratio() {
            return kombo.eventsPerSecond() / same.eventsPerSecond();
        }
    }

    /**
     * One batch, from the moment when its events can be read until nothing is left to read.
     *
     * @param eventsPerSecond drained
     * @param serviceMicros of all instances
     * @param threadMicros by group of threads; empty where the system does not tell
     * @param allocatedBytes in the service's heap; NaN where its JVM does not tell
     * @param offersPerEvent committed offers for each event that may cause one
     * @param otherCores processors that other processes of the machine kept busy meanwhile
     * @param topics records and bytes, by topic
     */
    record BatchFigures(
            int events,
            double seconds,
            double eventsPerSecond,
            double serviceMicros,
            double brokerMicros,
            Map<String, Double> threadMicros,
            double allocatedBytes,
            double offersPerEvent,
            double otherCores,
            Map<String, TopicFigures> topics) {}

    /**
     * What one topic gets of an event.
     *
     * @param records committed ones
     * @param bytes of keys, values and headers
     * @param logBytes in the broker's log, compressed
     */
    record TopicFigures(double records, double bytes, double logBytes) {
        TopicFigures plus(TopicFigures other) {
            return new TopicFigures(records + other.records, bytes + other.bytes, logBytes + other.logBytes);
        }
    }

    /** The reference application over the events of a batch; brokerMicros without what the broker does when idle. */
    record ReferenceFigures(double eventsPerSecond, double micros, double brokerMicros, double otherCores) {}

    /** Event to offer, milliseconds; offers seen by readers of all and of committed records. */
    record LatencyFigures(
            int rate,
            double seconds,
            long offers,
            Map<String, Double> uncommitted,
            Map<String, Double> committed,
            double serviceCores,
            double brokerCores,
            double otherCores) {}

    /** One start: seconds to ready, and records that were restored to stores. */
    record StartFigures(String after, double seconds, long restored) {}

    /** A batch where one thing is as large as told. */
    record GrowthPoint(String axis, long value, BatchFigures batch) {}

    /** Middle, lowest and highest of some figures. */
    record Spread(double median, double low, double high) {
        /** Of at least one figure; null of none. */
        static Spread of(List<Double> figures) {
            if (figures.isEmpty()) {
                return null;
            }
            List<Double> sorted = figures.stream().sorted().toList();
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
            return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }
    }
}
