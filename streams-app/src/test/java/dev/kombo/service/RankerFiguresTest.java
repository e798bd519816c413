package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankerFiguresTest {
    private final Contest contest = new Contest();

    @Test
    void shouldTellThatTheStartingWeightsAreInForceAndNoGainsWhenNothingWasChosen() {
        List<Figure> figures = RankerFigures.of(contest);

        assertThat(figures)
                .contains(
                        new Figure(KomboMetric.RANKER_CHOICES, List.of("holdings"), 0),
                        new Figure(KomboMetric.RANKER_IN_FORCE, List.of("basket", "prior"), 1),
                        new Figure(KomboMetric.RANKER_IN_FORCE, List.of("basket", "deep"), 0))
                .extracting(Figure::metric)
                .doesNotContain(KomboMetric.RANKER_GAIN);
    }

    @Test
    void shouldTellGainsAndChoicesOfTheOccasionOnWhichThereAreSome() {
        byte[] ranks = new byte[Contestant.count()];
        Arrays.fill(ranks, (byte) 3);
        ranks[Contestant.OVERLAP.ordinal()] = 1;
        contest.observe(Occasion.BASKET, ranks);

        List<Figure> figures = RankerFigures.of(contest);

        assertThat(figures)
                .contains(
                        new Figure(KomboMetric.RANKER_CHOICES, List.of("basket"), 1),
                        new Figure(KomboMetric.RANKER_CHOICES, List.of("empty-basket"), 0),
                        new Figure(KomboMetric.RANKER_GAIN, List.of("basket", "overlap"), 1),
                        new Figure(KomboMetric.RANKER_GAIN, List.of("basket", "linear"), 0.5));
        assertThat(figures)
                .filteredOn(figure -> figure.metric() == KomboMetric.RANKER_GAIN)
                .hasSize(Contestant.count());
    }
}
