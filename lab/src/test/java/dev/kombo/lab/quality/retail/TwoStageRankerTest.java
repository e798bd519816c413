package dev.kombo.lab.quality.retail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.learning.NetworkSettings;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import org.junit.jupiter.api.Test;

class TwoStageRankerTest {
    private static final float[] CONTEXT = new float[ShopperContext.SIZE];
    private static final NetworkSettings[] SETTINGS = {NetworkSettings.defaults(), NetworkSettings.defaults()};

    @Test
    void shouldLearnWhichSignalDecides() {
        TwoStageRanker ranker = new TwoStageRanker(new boolean[Signal.count()], SETTINGS, 1);
        teach(ranker);

        double[][] probabilities = ranker.probabilities(
                new float[][] {signal(Signal.FRESHNESS, 1), signal(Signal.FRESHNESS, -1)}, CONTEXT);

        for (double[] network : probabilities) {
            assertThat(network[0]).isGreaterThan(0.8);
            assertThat(network[1]).isLessThan(0.2);
        }
    }

    @Test
    void shouldNotSeeWhatIsMasked() {
        boolean[] masked = new boolean[Signal.count()];
        masked[Signal.FRESHNESS.ordinal()] = true;
        TwoStageRanker ranker = new TwoStageRanker(masked, SETTINGS, 1);
        teach(ranker);

        double[][] probabilities = ranker.probabilities(
                new float[][] {signal(Signal.FRESHNESS, 1), signal(Signal.FRESHNESS, -1)}, CONTEXT);

        for (double[] network : probabilities) {
            assertThat(network[0]).isEqualTo(network[1]);
        }
    }

    private static void teach(TwoStageRanker ranker) {
        Draws draws = new Draws("lesson", 1);
        for (int i = 0; i < 8000; i++) {
            boolean wanted = draws.below(2) == 0;
            ranker.learn(signal(Signal.FRESHNESS, wanted ? 1 : -1), CONTEXT, wanted ? 1 : 0);
        }
    }

    private static float[] signal(Signal signal, float value) {
        float[] signals = new float[Signal.count()];
        signals[signal.ordinal()] = value;
        return signals;
    }
}
