package dev.kombo.service;

import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.Interval;
import dev.kombo.experiment.uplift.SampleRatio;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of the uplift of the experiments whose partitions this instance owns, so that each is exported by one
 * instance.
 */
final class ExperimentFigures {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentFigures.class);

    private final KafkaStreams streams;
    private final String store;

    /**
     * @param store name of the store of observations
     */
    ExperimentFigures(KafkaStreams streams, String store) {
        this.streams = streams;
        this.store = store;
    }

    /** Returns the figures of all experiments; none while the store cannot be read. */
    List<Figure> latest() {
        List<Figure> figures = new ArrayList<>();
        try {
            ReadOnlyKeyValueStore<String, ExperimentUplift> observations =
                    streams.store(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()));
            try (KeyValueIterator<String, ExperimentUplift> all = observations.all()) {
                while (all.hasNext()) {
                    KeyValue<String, ExperimentUplift> experiment = all.next();
                    figures.addAll(of(experiment.key, experiment.value));
                }
            }
        } catch (InvalidStateStoreException e) {
            // A rebalance has begun; part of the experiments would look like all of them.
            LOG.debug("The store {} cannot be read", store, e);
            return List.of();
        }
        return figures;
    }

    static List<Figure> of(String experiment, ExperimentUplift uplift) {
        List<Figure> figures = new ArrayList<>();
        SampleRatio ratio = null;
        for (ExperimentUplift.MeasureReport measureReport : uplift.reports()) {
            for (Comparison comparison : measureReport.report().comparisons()) {
                add(figures, experiment, measureReport.key(), comparison);
            }
            // Assignments are the same in all measures.
            ratio = measureReport.report().sampleRatio();
        }
        if (ratio != null) {
            boolean fits = !ratio.mismatched();
            figures.add(new Figure(KomboMetric.EXPERIMENT_RATIO_FITS, List.of(experiment), fits ? 1 : 0));
        }
        return figures;
    }

    private static void add(List<Figure> figures, String experiment, ExperimentUplift.Key key, Comparison comparison) {
        List<String> about = List.of(
                experiment,
                key.measure().label(),
                key.currency() == null ? "" : key.currency(),
                comparison.arm(),
                comparison.reference());
        String verdict = comparison.verdict().name().toLowerCase(Locale.ROOT);
        figures.add(new Figure(KomboMetric.EXPERIMENT_VERDICT, with(about, verdict), 1));
        if (comparison.estimate() == null) {
            return;
        }
        add(
                figures,
                KomboMetric.EXPERIMENT_DIFFERENCE,
                about,
                comparison.estimate().difference(),
                comparison.difference());
        if (comparison.relative().isBounded()) {
            add(
                    figures,
                    KomboMetric.EXPERIMENT_UPLIFT,
                    about,
                    comparison.estimate().relative(),
                    comparison.relative());
        }
    }

    private static void add(
            List<Figure> figures, KomboMetric metric, List<String> about, double estimate, Interval interval) {
        figures.add(new Figure(metric, with(about, "estimate"), estimate));
        figures.add(new Figure(metric, with(about, "low"), interval.low()));
        figures.add(new Figure(metric, with(about, "high"), interval.high()));
    }

    private static List<String> with(List<String> about, String last) {
        List<String> values = new ArrayList<>(about);
        values.add(last);
        return values;
    }
}
