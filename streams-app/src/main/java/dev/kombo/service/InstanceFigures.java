package dev.kombo.service;

import dev.kombo.ops.KomboMetric;
import dev.kombo.ops.Metrics;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.LiveModels;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;

/** Registers the gauges of an instance's state. */
final class InstanceFigures {
    private static final double MILLIS_A_SECOND = 1000;

    private InstanceFigures() {}

    static void add(Metrics metrics, KafkaStreams streams, LiveModels models) {
        metrics.watch(streams);
        metrics.gauge(KomboMetric.RUNNING, () -> streams.state() == KafkaStreams.State.RUNNING ? 1 : 0);
        metrics.gauge(KomboMetric.TARGETS_INDEXED, () -> models.catalog().places());
        metrics.gauge(KomboMetric.GENERATION, () -> models.generations().next() - 1);
        metrics.gauge(KomboMetric.GENERATION_SINCE, () -> seconds(models.generationSince()));
        metrics.gauge(
                KomboMetric.GENERATIONS_REFUSED, () -> models.generations().refused());
        metrics.gauge(KomboMetric.RANKER_VERSION, () -> models.rankerStatus().version());
        metrics.gauge(KomboMetric.RANKER_LOSS, () -> models.rankerStatus().logLoss());
        metrics.gauge(KomboMetric.RANKER_CALIBRATION_ERROR, () -> models.rankerStatus()
                .calibrationError());
        metrics.gauge(
                KomboMetric.RANKER_PUBLISHED,
                () -> seconds(models.rankerStatus().publishedAt()));
        ExperimentFigures experiments = new ExperimentFigures(streams, StoreNames.UPLIFT_ACCOUNT);
        metrics.figures(() -> streams.state() == KafkaStreams.State.RUNNING ? experiments.latest() : List.of());
    }

    private static double seconds(long millis) {
        return millis == 0 ? Double.NaN : millis / MILLIS_A_SECOND;
    }
}
