package dev.kombo.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import dev.kombo.query.source.InstanceView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Counters counters = new Counters();
    private final Metrics metrics = new Metrics(counters);

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void shouldTellCountersWithWhatTheyAreAboutAsLabels() {
        counters.count(KomboMetric.OFFERS_EMPTY, "in-basket");
        counters.count(KomboMetric.OFFERS_EMPTY, "in-basket");
        counters.count(KomboMetric.EVENTS, "accepted", "add-to-cart");

        assertThat(lines())
                .contains(
                        "kombo_offers_empty_total{reason=\"in-basket\"} 2.0",
                        "kombo_events_total{outcome=\"accepted\",type=\"add-to-cart\"} 1.0");
    }

    @Test
    void shouldFollowCountersThatAppearAndGrowBetweenScrapes() {
        metrics.scrape();
        counters.count(KomboMetric.EVENTS_REJECTED, "no-shopper");
        assertThat(lines()).contains("kombo_events_rejected_total{reason=\"no-shopper\"} 1.0");

        counters.count(KomboMetric.EVENTS_REJECTED, "no-shopper");

        assertThat(lines()).contains("kombo_events_rejected_total{reason=\"no-shopper\"} 2.0");
    }

    @Test
    void shouldShowZeroBeforeAnythingIsCountedWhenTheCounterIsKnownByName() {
        assertThat(lines())
                .contains("kombo_stream_threads_failed_total 0.0", "kombo_entity_updates_total{stage=\"sent\"} 0.0");
        // An alert on its growth would miss the first one, were there no series before.
        assertThat(lines()).contains("kombo_training_examples_total{outcome=\"restored\"} 0.0");
    }

    @Test
    void shouldCountDurationsBelowBoundsInSeconds() {
        metrics.measurements().offered(7);
        metrics.measurements().offered(-3);
        metrics.measurements().offered(900_000);

        assertThat(lines())
                .contains(
                        "kombo_offer_latency_seconds_bucket{le=\"0.005\"} 1",
                        "kombo_offer_latency_seconds_bucket{le=\"0.01\"} 2",
                        "kombo_offer_latency_seconds_bucket{le=\"600.0\"} 2",
                        "kombo_offer_latency_seconds_bucket{le=\"+Inf\"} 3",
                        "kombo_offer_latency_seconds_sum 900.007");
    }

    @Test
    void shouldTellWhatWasDoneByKindOfEventAndOffer() {
        counters.count(KomboMetric.EVENTS, "accepted", "view");
        counters.count(KomboMetric.EVENTS, "accepted", "purchase");
        counters.count(KomboMetric.EVENTS, "duplicate", "view");
        counters.count(KomboMetric.EVENTS_REJECTED, "no-shopper");
        counters.count(KomboMetric.EVENTS_REJECTED, "invalid-price");
        counters.count(KomboMetric.OFFERS, "yes");
        counters.count(KomboMetric.OFFERS, "no");
        counters.count(KomboMetric.OFFERS_EMPTY, "holdout");

        InstanceView.Activity done = InstanceView.Activity.of(9_000, counters, metrics.measurements());

        assertThat(done.events()).isEqualTo(new InstanceView.Events(2, 1, 2));
        assertThat(List.of(done.offers(), done.emptySlates())).containsExactly(2L, 1L);
    }

    @Test
    void shouldCountTimesUpToFiniteBoundsAndAllOfThem() {
        metrics.measurements().offered(7);
        metrics.measurements().offered(8);
        metrics.measurements().offered(900_000);
        metrics.measurements().ranked(300_000);

        Histogram latency = metrics.measurements().offerLatency();

        assertThat(latency.count()).isEqualTo(3);
        assertThat(latency.buckets()).hasSize(16).isSortedAccordingTo(Comparator.comparing(Histogram.Bin::atMost));
        assertThat(latency.buckets())
                .startsWith(new Histogram.Bin(0.001, 0))
                .contains(new Histogram.Bin(0.005, 0), new Histogram.Bin(0.01, 2))
                .endsWith(new Histogram.Bin(600, 2));
        assertThat(metrics.measurements().ranking().buckets())
                .contains(new Histogram.Bin(0.00025, 0), new Histogram.Bin(0.0005, 1));
    }

    @Test
    void shouldForgetAFigureThatIsNotToldAnyMore() {
        List<Figure> told = new ArrayList<>();
        metrics.figures(() -> List.copyOf(told));
        told.add(new Figure(KomboMetric.EXPERIMENT_RATIO_FITS, List.of("spring"), 1));
        told.add(new Figure(KomboMetric.EXPERIMENT_RATIO_FITS, List.of("summer"), 0));
        assertThat(lines())
                .contains(
                        "kombo_experiment_sample_ratio_fits{experiment=\"spring\"} 1.0",
                        "kombo_experiment_sample_ratio_fits{experiment=\"summer\"} 0.0");

        told.remove(0);
        assertThat(metrics.scrape()).doesNotContain("spring").contains("summer");

        told.clear();
        assertThat(metrics.scrape()).doesNotContain("summer");
    }

    @Test
    void shouldRefuseAFigureWithoutAllLabels() {
        assertThatThrownBy(() -> new Figure(KomboMetric.EXPERIMENT_UPLIFT, List.of("spring"), 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The page of metrics is made from the list, and must name what Prometheus gets. */
    @Test
    void shouldExposeEverySeriesOfTheListUnderItsName() {
        for (KomboMetric metric : KomboMetric.values()) {
            if (metric.kind() == KomboMetric.Kind.COUNTER
                    && metric.knownValues().isEmpty()) {
                counters.count(
                        metric, Collections.nCopies(metric.labels().size(), "x").toArray(String[]::new));
            }
        }
        List<Figure> figures = new ArrayList<>();
        for (KomboMetric metric : KomboMetric.values()) {
            if (metric.kind() == KomboMetric.Kind.GAUGE && metric.labels().isEmpty()) {
                metrics.gauge(metric, () -> 1);
            } else if (metric.kind() == KomboMetric.Kind.GAUGE) {
                figures.add(
                        new Figure(metric, Collections.nCopies(metric.labels().size(), "x"), 1));
            }
        }
        metrics.figures(() -> figures);

        Set<String> exposed = new TreeSet<>();
        for (String line : lines()) {
            if (line.startsWith("kombo_")) {
                exposed.add(line.substring(0, line.indexOf(line.contains("{") ? '{' : ' ')));
            }
        }

        Set<String> listed = new TreeSet<>();
        for (KomboMetric metric : KomboMetric.values()) {
            listed.addAll(metric.series());
        }
        assertThat(exposed).isEqualTo(listed);
    }

    private List<String> lines() {
        return metrics.scrape().lines().toList();
    }
}
