package dev.kombo.lab.quality.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingMetricsTest {
    private static final double EXACT = 1e-12;

    /** Places 2 and 4 are relevant, 5 targets are. */
    private static final int[] RANKED = {7, 3, 8, 1, 9};

    private static final int[] RELEVANT = {1, 2, 3, 4, 5};

    @Test
    void shouldDivideHitsByRelevantWhenRecallIsTaken() {
        assertThat(RankingMetrics.recall(RANKED, RELEVANT, 5)).isEqualTo(0.4);
        assertThat(RankingMetrics.recall(RANKED, RELEVANT, 3)).isEqualTo(0.2);
        assertThat(RankingMetrics.recall(RANKED, RELEVANT, 1)).isZero();
        assertThat(RankingMetrics.recall(RANKED, new int[] {3}, 2)).isEqualTo(1);
    }

    @Test
    void shouldDivideHitsByPlacesWhenRecallIsCappedAndMoreIsRelevant() {
        assertThat(RankingMetrics.cappedRecall(RANKED, RELEVANT, 2)).isEqualTo(0.5);
        assertThat(RankingMetrics.cappedRecall(RANKED, RELEVANT, 5)).isEqualTo(0.4);
        assertThat(RankingMetrics.cappedRecall(RANKED, new int[] {1, 3}, 5)).isEqualTo(1);
    }

    @Test
    void shouldTellWhetherAnyIsRelevantWhenHitIsTaken() {
        assertThat(RankingMetrics.hit(RANKED, RELEVANT, 1)).isZero();
        assertThat(RankingMetrics.hit(RANKED, RELEVANT, 2)).isEqualTo(1);
        assertThat(RankingMetrics.hits(RANKED, RELEVANT, 5)).isEqualTo(2);
    }

    /** By hand: 1/log2(3) = 0.630930, 1/log2(5) = 0.430677; the ideal list of 5: 1 + .630930 + .5 + .430677 + .386853. */
    @Test
    void shouldDiscountByPlaceWhenNdcgIsTaken() {
        assertThat(RankingMetrics.ndcg(RANKED, RELEVANT, 5))
                .isCloseTo((0.6309297535714575 + 0.43067655807339306) / 2.9484591188793923, within(EXACT));
        assertThat(RankingMetrics.ndcg(new int[] {1, 2, 3}, RELEVANT, 3)).isCloseTo(1, within(EXACT));
        assertThat(RankingMetrics.ndcg(new int[] {3, 9}, new int[] {3}, 20)).isCloseTo(1, within(EXACT));
        assertThat(RankingMetrics.ndcg(new int[] {9, 3}, new int[] {3}, 20))
                .isCloseTo(0.6309297535714575, within(EXACT));
    }

    /** The ideal list has no more places than k: 2 of 5 relevant at the head are perfect at k = 2. */
    @Test
    void shouldTruncateTheIdealListAtKWhenMoreIsRelevant() {
        assertThat(RankingMetrics.ndcg(new int[] {1, 2, 9}, RELEVANT, 2)).isCloseTo(1, within(EXACT));
        assertThat(RankingMetrics.ndcg(RANKED, RELEVANT, 2))
                .isCloseTo(0.6309297535714575 / 1.6309297535714575, within(EXACT));
    }

    @Test
    void shouldTakeWhatThereIsWhenTheListIsShorterThanK() {
        assertThat(RankingMetrics.recall(new int[] {1}, RELEVANT, 20)).isEqualTo(0.2);
        assertThat(RankingMetrics.recall(new int[0], RELEVANT, 20)).isZero();
        assertThat(RankingMetrics.ndcg(new int[0], RELEVANT, 20)).isZero();
    }

    @Test
    void shouldRefuseWhenTheMeasureIsNotDefined() {
        assertThatThrownBy(() -> RankingMetrics.recall(RANKED, new int[0], 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not defined");
        assertThatThrownBy(() -> RankingMetrics.ndcg(RANKED, RELEVANT, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("k is 0");
    }
}
