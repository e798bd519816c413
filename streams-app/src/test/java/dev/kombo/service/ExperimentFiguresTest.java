package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExperimentFiguresTest {
    private static final List<Arm> HALVES =
            List.of(new Arm("control", Arm.Kind.HOLDOUT, 0.5), new Arm("ranker", Arm.Kind.TREATMENT, 0.5));
    private static final long CAP_MINOR = 100_000;

    private final ExperimentUplift uplift = new ExperimentUplift();
    private int users;

    @Test
    void shouldTellNothingButThatItIsTooEarlyWhenFewUsersWereObserved() {
        observe("ranker", 500);
        observe("control", 400);

        List<Figure> figures = ExperimentFigures.of("spring", uplift);

        assertThat(figures)
                .contains(
                        new Figure(
                                KomboMetric.EXPERIMENT_VERDICT,
                                List.of("spring", "revenue1d", "GBP", "ranker", "control", "too_early"),
                                1),
                        new Figure(KomboMetric.EXPERIMENT_RATIO_FITS, List.of("spring"), 1))
                .extracting(Figure::metric)
                .doesNotContain(KomboMetric.EXPERIMENT_UPLIFT, KomboMetric.EXPERIMENT_DIFFERENCE);
    }

    @Test
    void shouldTellEstimateIntervalAndVerdictWhenOneArmIsClearlyBetter() {
        for (int i = 0; i < 2_000; i++) {
            observe("ranker", 1_200 + i % 7);
            observe("control", 1_000 + i % 7);
        }

        List<Figure> figures = ExperimentFigures.of("spring", uplift);

        assertThat(value(figures, KomboMetric.EXPERIMENT_VERDICT, "winning")).isEqualTo(1);
        double estimate = value(figures, KomboMetric.EXPERIMENT_DIFFERENCE, "estimate");
        assertThat(estimate).isBetween(199.0, 201.0);
        assertThat(value(figures, KomboMetric.EXPERIMENT_DIFFERENCE, "low")).isBetween(0.0, estimate);
        assertThat(value(figures, KomboMetric.EXPERIMENT_DIFFERENCE, "high")).isGreaterThan(estimate);
        double relative = value(figures, KomboMetric.EXPERIMENT_UPLIFT, "estimate");
        assertThat(relative).isBetween(0.19, 0.21);
        assertThat(value(figures, KomboMetric.EXPERIMENT_UPLIFT, "low")).isBetween(0.0, relative);
        assertThat(value(figures, KomboMetric.EXPERIMENT_UPLIFT, "high")).isGreaterThan(relative);
    }

    @Test
    void shouldTellThatTheSharesAreBrokenWhenUsersOfOneArmAreMissing() {
        for (int i = 0; i < 400; i++) {
            enter("ranker");
        }

        assertThat(ExperimentFigures.of("spring", uplift))
                .contains(new Figure(KomboMetric.EXPERIMENT_RATIO_FITS, List.of("spring"), 0));
    }

    /** Of the first day's revenue, with the given last label. */
    private static double value(List<Figure> figures, KomboMetric metric, String last) {
        return figures.stream()
                .filter(figure -> figure.metric() == metric)
                .filter(figure ->
                        figure.labelValues().equals(List.of("spring", "revenue1d", "GBP", "ranker", "control", last)))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private Shopper enter(String arm) {
        Shopper shopper = new Shopper("user-" + users++, null);
        Outcome.entered(shopper, enrollment(arm), HALVES, new DecisionRule("revenue1d", 0), "e" + users)
                .addTo(uplift, CAP_MINOR);
        return shopper;
    }

    private void observe(String arm, long paidMinor) {
        MaturedMeasure.Value pounds = new MaturedMeasure.Value("GBP", paidMinor, 0);
        MaturedMeasure matured = new MaturedMeasure("revenue1d", List.of(pounds), null, List.of());
        Outcome.matured(enter(arm), enrollment(arm), matured, 1).addTo(uplift, CAP_MINOR);
    }

    private static Enrollment enrollment(String arm) {
        return new Enrollment("spring", arm, 1, 0);
    }
}
