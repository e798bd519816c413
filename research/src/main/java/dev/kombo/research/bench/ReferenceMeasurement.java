package dev.kombo.research.bench;

import dev.kombo.research.bench.BenchSummary.ReferenceFigures;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures what a batch costs the reference application. One pass over a batch takes it a second or two, too little for
 * a figure that another run would repeat, so both variants process the batch again and again, in turn, until each has
 * been measured for long enough.
 */
final class ReferenceMeasurement {
    private static final double MICROS_PER_SECOND = 1e6;

    private final Trial trial;
    private final ReferenceProcess reference;
    private final double leastSeconds;

    /** @param leastSeconds wall time of all passes of a variant; 0: one pass */
    ReferenceMeasurement(Trial trial, ReferenceProcess reference, double leastSeconds) {
        this.trial = trial;
        this.reference = reference;
        this.leastSeconds = leastSeconds;
    }

    /** Sums over the passes of one variant. */
    private static final class Passes {
        private int count;
        private double seconds;
        private double applicationSeconds;
        private double brokerSeconds;
        private double otherSeconds;

        ReferenceFigures figures(int events, double idleBroker) {
            double processed = (double) count * events;
            return new ReferenceFigures(
                    count,
                    seconds,
                    processed / seconds,
                    applicationSeconds * MICROS_PER_SECOND / processed,
                    Math.max(0, brokerSeconds - idleBroker * seconds) * MICROS_PER_SECOND / processed,
                    otherSeconds / seconds);
        }
    }

    /**
     * Measures both variants.
     *
     * @param from offset of the first event of the batch in each partition
     * @param batch its events
     * @param idleBroker processors that the idle broker uses
     */
    Map<ReferenceApplication.Variant, ReferenceFigures> run(
            Map<TopicPartition, Long> from, Trial.Batch batch, double idleBroker) throws Exception {
        Map<ReferenceApplication.Variant, Passes> passes = new EnumMap<>(ReferenceApplication.Variant.class);
        for (ReferenceApplication.Variant variant : ReferenceApplication.Variant.values()) {
            passes.put(variant, new Passes());
        }
        do {
            reference.copy(from, batch.ends());
            for (ReferenceApplication.Variant variant : ReferenceApplication.Variant.values()) {
                pass(variant, passes.get(variant));
            }
        } while (passes.values().stream().anyMatch(sum -> sum.seconds < leastSeconds));
        Map<ReferenceApplication.Variant, ReferenceFigures> figures = new EnumMap<>(ReferenceApplication.Variant.class);
        passes.forEach((variant, sum) ->
                figures.put(variant, sum.figures(batch.figures().events(), idleBroker)));
        return figures;
    }

    private void pass(ReferenceApplication.Variant variant, Passes sum) throws Exception {
        Trial.Moment before = trial.moment();
        double usedBefore = reference.times().total();
        Trial.Moment after = reference.run(variant, trial::moment);
        double used = reference.times().total() - usedBefore;
        double seconds = after.secondsSince(before);
        sum.count++;
        sum.seconds += seconds;
        sum.applicationSeconds += used;
        sum.brokerSeconds += after.broker().total() - before.broker().total();
        sum.otherSeconds += Math.max(0, after.otherCores(before) * seconds - used);
    }
}
