package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingMetricsTest {
    private static final double EXACT = 1e-12;

    /** Places 2 and 4 are relevant. */
    private static final boolean[] LIST = list(0, 1, 0, 1, 0);

    private static final int RELEVANT = 5;

    private static boolean[] list(int... places) {
        boolean[] list = new boolean[places.length];
        for (int i = 0; i < list.length; i++) {
            list[i] = places[i] == 1;
        }
        return list;
    }

    @Test
    void shouldDivideHitsByRelevantWhenRecallIsTaken() {
        assertThat(RankingMetrics.recall(LIST, RELEVANT, 5)).isEqualTo(0.4);
        assertThat(RankingMetrics.recall(LIST, RELEVANT, 3)).isEqualTo(0.2);
        assertThat(RankingMetrics.recall(LIST, RELEVANT, 1)).isZero();
        assertThat(RankingMetrics.recall(LIST, 1, 2)).isEqualTo(1);
    }

    @Test
    void shouldDivideHitsByPlacesWhenRecallIsCappedAndMoreIsRelevant() {
        assertThat(RankingMetrics.cappedRecall(LIST, RELEVANT, 2)).isEqualTo(0.5);
        assertThat(RankingMetrics.cappedRecall(LIST, RELEVANT, 5)).isEqualTo(0.4);
        assertThat(RankingMetrics.cappedRecall(LIST, 2, 5)).isEqualTo(1);
    }

    @Test
    void shouldTellWhetherAnyIsRelevantWhenHitIsTaken() {
        assertThat(RankingMetrics.hit(LIST, 1)).isZero();
        assertThat(RankingMetrics.hit(LIST, 2)).isEqualTo(1);
        assertThat(RankingMetrics.hits(LIST, 5)).isEqualTo(2);
    }

    /**
     * By hand: 1/log2(3) = 0.630930, 1/log2(5) = 0.430677; the ideal list of 5: 1 + .630930 + .5 + .430677 + .386853.
     */
    @Test
    void shouldDiscountByPlaceWhenNdcgIsTaken() {
        assertThat(RankingMetrics.ndcg(LIST, RELEVANT, 5))
                .isCloseTo((0.6309297535714575 + 0.43067655807339306) / 2.9484591188793923, within(EXACT));
        assertThat(RankingMetrics.ndcg(list(1, 1, 1), RELEVANT, 3)).isCloseTo(1, within(EXACT));
        assertThat(RankingMetrics.ndcg(list(1, 0), 1, 20)).isCloseTo(1, within(EXACT));
        assertThat(RankingMetrics.ndcg(list(0, 1), 1, 20)).isCloseTo(0.6309297535714575, within(EXACT));
    }

    /** The ideal list has no more places than k: 2 of 5 relevant at the head are perfect at k = 2. */
    @Test
    void shouldTruncateTheIdealListAtKWhenMoreIsRelevant() {
        assertThat(RankingMetrics.ndcg(list(1, 1, 0), RELEVANT, 2)).isCloseTo(1, within(EXACT));
        assertThat(RankingMetrics.ndcg(LIST, RELEVANT, 2))
                .isCloseTo(0.6309297535714575 / 1.6309297535714575, within(EXACT));
    }

    @Test
    void shouldTakeWhatThereIsWhenTheListIsShorterThanK() {
        assertThat(RankingMetrics.recall(list(1), RELEVANT, 20)).isEqualTo(0.2);
        assertThat(RankingMetrics.recall(list(), RELEVANT, 20)).isZero();
        assertThat(RankingMetrics.ndcg(list(), RELEVANT, 20)).isZero();
    }

    @Test
    void shouldRefuseWhenTheMeasureIsNotDefined() {
        assertThatThrownBy(() -> RankingMetrics.recall(LIST, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not defined");
        assertThatThrownBy(() -> RankingMetrics.ndcg(LIST, RELEVANT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("k is 0");
    }
}
