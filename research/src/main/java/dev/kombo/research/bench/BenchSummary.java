package dev.kombo.research.bench;

import java.util.List;
import java.util.Map;

/**
 * All results of one benchmark, as they are written to JSON: costs per event, latency, start times, and times without
 * offers. Costs are per event; processor time is in microseconds, over all threads of a process.
 *
 * @param measuredAt time of measurement, ISO 8601
 * @param machine processors, memory, Java
 * @param settings settings of the benchmark
 * @param referenceVersion version of the reference application; ratios of different versions cannot be compared
 * @param cpuRatio processor time of the reference application with Kombo's settings over that of Kombo, brokers
 *     included; null, like the ratio, if no batch was measured
 * @param ratio events per second of Kombo over those of the reference application with Kombo's settings
 * @param pairs the batches
 * @param idle null if not requested
 * @param latency at each pace; empty, like the following, if not requested
 * @param restart the starts
 * @param takeOver gaps while instances go
 * @param ages one service after each number of events
 */
public record BenchSummary(
        String measuredAt,
        Map<String, String> machine,
        Map<String, String> settings,
        int referenceVersion,
        FigureRange cpuRatio,
        FigureRange ratio,
        List<Pair> pairs,
        IdleFigures idle,
        List<LatencyFigures> latency,
        List<StartFigures> restart,
        List<GapFigures> takeOver,
        List<AgeFigures> ages) {
    /**
     * One batch of Kombo and the same events through the reference application.
     *
     * @param idleServiceCores processors that the service uses between batches, while idle
     * @param idleBrokerCores processors that the idle broker uses; subtracted from the cost of the reference
     *     application
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
     * One batch, from the moment when its events can be read until they are all processed.
     *
     * @param eventsPerSecond throughput
     * @param serviceMicros of all instances
     * @param threadMicros by group of threads; empty if the system does not report them
     * @param allocatedBytes in the service's heap; NaN if its JVM does not report it
     * @param residentBytes most memory that one of the instances has held so far; NaN if the system does not report it
     * @param offersPerEvent committed offers per event that may trigger one
     * @param otherCores processors that other processes of the machine used meanwhile
     * @param records committed records written to all topics but the input
     * @param bytes of their keys, values and headers
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
            double residentBytes,
            double offersPerEvent,
            double otherCores,
            double records,
            double bytes,
            Map<String, TopicFigures> topics) {}

    /**
     * What one topic receives per event.
     *
     * @param records committed records
     * @param bytes of keys, values and headers
     * @param logBytes in the broker's log, compressed
     */
    record TopicFigures(double records, double bytes, double logBytes) {}

    /**
     * The reference application over the events of a batch.
     *
     * @param passes how often it has processed the batch; the others are of all passes together
     * @param seconds wall time
     * @param brokerMicros without the broker's idle work
     */
    record ReferenceFigures(
            int passes,
            double seconds,
            double eventsPerSecond,
            double micros,
            double brokerMicros,
            double otherCores) {}

    /**
     * Processors that were used for some time.
     *
     * @param service by all instances
     * @param others by other processes of the machine
     */
    record CoreFigures(double seconds, double service, double broker, double others) {
        private static final double MICROS_PER_SECOND = 1e6;

        double both() {
            return service + broker;
        }

        /** Processor time of the service per event. */
        double serviceMicros(int events) {
            return service * seconds * MICROS_PER_SECOND / events;
        }

        /** Processor time of the broker per event. */
        double brokerMicros(int events) {
            return broker * seconds * MICROS_PER_SECOND / events;
        }
    }

    /**
     * Events at a steady pace.
     *
     * @param rate events per second
     * @param events sent meanwhile
     * @param offers whose time was taken
     * @param committed milliseconds from when an event was due until a reader of committed records had its offer
     */
    record LatencyFigures(
            int rate,
            int events,
            long offers,
            Map<String, Double> committed,
            double serviceMicros,
            double brokerMicros,
            CoreFigures cores) {}

    /** A service with nothing to do, and one with bursts of events. */
    record IdleFigures(CoreFigures nothing, BurstFigures bursts) {}

    /** A service that has events in one second of ten; costs are those of the whole time. */
    record BurstFigures(int events, double serviceMicros, double brokerMicros, CoreFigures cores) {}

    /** One start: seconds until ready, and records read into stores and models. */
    record StartFigures(String after, double seconds, long restored) {}

    /**
     * The longest time without a committed offer after a change of the instances, in seconds.
     *
     * @param median over the partitions
     * @param longest of all partitions
     */
    record GapFigures(String change, double median, double longest) {}

    /**
     * A service that has processed so many events.
     *
     * @param batch the next events
     * @param heapBytes of the service, after a full collection; NaN if its JVM does not report them
     * @param storeBytes of the files of its stores
     * @param logBytes of all topics in the broker's log
     * @param starts after the batch
     * @param books what was published and what was counted until then
     */
    record AgeFigures(
            int events,
            BatchFigures batch,
            double heapBytes,
            long storeBytes,
            long logBytes,
            List<StartFigures> starts,
            BookFigures books) {}

    /**
     * What was published or committed, and what the service has counted of it.
     *
     * @param onItems events on an item
     * @param interactions of all items
     * @param offers committed to the topic
     * @param impressions events, like clicks
     */
    record BookFigures(
            long onItems,
            long interactions,
            long offers,
            long reportedOffers,
            long impressions,
            long reportedImpressions,
            long clicks,
            long reportedClicks) {
        /** Whether each was counted once. */
        boolean equal() {
            return onItems == interactions
                    && offers == reportedOffers
                    && impressions == reportedImpressions
                    && clicks == reportedClicks;
        }
    }

    /** Median, lowest and highest of several figures. */
    record FigureRange(double median, double low, double high) {
        /** Returns the spread of the figures; null if there are none. */
        static FigureRange of(List<Double> figures) {
            if (figures.isEmpty()) {
                return null;
            }
            List<Double> sorted = figures.stream().sorted().toList();
            int half = sorted.size() / 2;
            double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
            return new FigureRange(median, sorted.get(0), sorted.get(sorted.size() - 1));
        }
    }
}
