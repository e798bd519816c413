package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ArmMomentsTest {

    @Test
    void shouldBeWhatOneComputesByHand() {
        ArmMoments moments = ArmMoments.NONE.plus(2, 1).plus(4, 3).plus(9, 2);

        // Means 5 and 2; deviations -3, -1, 4 and -1, 1, 0.
        assertThat(moments.count()).isEqualTo(3);
        assertThat(moments.responseMean()).isCloseTo(5, within(1e-12));
        assertThat(moments.covariateMean()).isCloseTo(2, within(1e-12));
        assertThat(moments.responseSquares()).isCloseTo(26, within(1e-12));
        assertThat(moments.covariateSquares()).isCloseTo(2, within(1e-12));
        assertThat(moments.products()).isCloseTo(2, within(1e-12));
        assertThat(moments.responseVariance()).isCloseTo(13, within(1e-12));
        // EngagementCounts less twice the covariate: 0, -2, 5, with mean 1.
        assertThat(moments.residualSquares(2)).isCloseTo(1 + 9 + 16, within(1e-12));
        assertThat(moments.residualProducts(2)).isCloseTo(2 - 2 * 2, within(1e-12));
    }

    @Test
    void shouldNotLoseTheSpreadWhenTheMeanIsLarge() {
        double far = 1e9;
        ArmMoments moments = ArmMoments.NONE
                .plus(far + 4, 0)
                .plus(far + 7, 0)
                .plus(far + 13, 0)
                .plus(far + 16, 0);

        // Deviations -6, -3, 3 and 6; sums of squares of the values themselves would have lost them.
        assertThat(moments.responseVariance()).isCloseTo(30, within(1e-6));
    }

    @Test
    void shouldHaveNoVarianceBelowTwo() {
        assertThat(ArmMoments.NONE.responseVariance()).isNaN();
        assertThat(ArmMoments.NONE.plus(3, 1).responseVariance()).isNaN();
    }
}
