package dev.kombo.ops;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long things took and how large they were. Any thread may record. Recording costs about a tenth of a microsecond:
 * what happens several times an event is sampled by the caller.
 */
public final class Measurements {
    private static final Duration[] RANKING_BOUNDS = millis(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100);
    private static final Duration[] LATENCY_BOUNDS =
            millis(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 600_000);

    private final Timer ranking;
    private final Timer offerLatency;
    private final DistributionSummary touchedLoss;
    private final DistributionSummary negativeLoss;
    private final DistributionSummary userNorm;
    private final DistributionSummary targetNorm;

    Measurements(MeterRegistry registry) {
        ranking = timer(registry, KomboMetric.RANKING, RANKING_BOUNDS);
        offerLatency = timer(registry, KomboMetric.OFFER_LATENCY, LATENCY_BOUNDS);
        touchedLoss = summary(registry, KomboMetric.LEARNING_LOSS, "touched");
        negativeLoss = summary(registry, KomboMetric.LEARNING_LOSS, "negative");
        userNorm = summary(registry, KomboMetric.FACTOR_NORM, "user");
        targetNorm = summary(registry, KomboMetric.FACTOR_NORM, "target");
    }

    /** Measurements that nobody looks at. */
    public static Measurements unwatched() {
        return new Measurements(new CompositeMeterRegistry());
    }

    /** The machine's monotonic clock, nanoseconds: only for {@link #ranked}. */
    public long nanoTime() {
        return System.nanoTime();
    }

    /** A slate was ranked. */
    public void ranked(long nanosTaken) {
        ranking.record(nanosTaken, TimeUnit.NANOSECONDS);
    }

    /** An offer was made so long after its event; the clocks of machines differ, so below 0 counts as 0. */
    public void offered(long millisAfterEvent) {
        offerLatency.record(Math.max(0, millisAfterEvent), TimeUnit.MILLISECONDS);
    }

    /**
     * A step of the matrix factorisation is about to be taken.
     *
     * @param touched whether on the target of the event, not on a negative sample
     * @param loss before the step
     */
    public void step(boolean touched, double loss, double userVectorNorm, double targetVectorNorm) {
        (touched ? touchedLoss : negativeLoss).record(loss);
        userNorm.record(userVectorNorm);
        targetNorm.record(targetVectorNorm);
    }

    /** What {@link #offered} was told. */
    Histogram offerLatency() {
        return histogram(offerLatency);
    }

    /** What {@link #ranked} was told. */
    Histogram ranking() {
        return histogram(ranking);
    }

    private static Histogram histogram(Timer timer) {
        HistogramSnapshot snapshot = timer.takeSnapshot();
        List<Histogram.Bucket> buckets = new ArrayList<>();
        for (CountAtBucket bucket : snapshot.histogramCounts()) {
            double seconds = bucket.bucket(TimeUnit.SECONDS);
            if (!Double.isInfinite(seconds)) {
                buckets.add(new Histogram.Bucket(seconds, Math.round(bucket.count())));
            }
        }
        return new Histogram(snapshot.count(), buckets);
    }

    private static Timer timer(MeterRegistry registry, KomboMetric metric, Duration... bounds) {
        return Timer.builder(metric.meter())
                .description(metric.doc())
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private static DistributionSummary summary(MeterRegistry registry, KomboMetric metric, String labelValue) {
        return DistributionSummary.builder(metric.meter())
                .description(metric.doc())
                .tag(metric.labels().get(0), labelValue)
                .register(registry);
    }

    private static Duration[] millis(double... bounds) {
        Duration[] durations = new Duration[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            durations[i] = Duration.ofNanos(Math.round(bounds[i] * 1e6));
        }
        return durations;
    }
}
