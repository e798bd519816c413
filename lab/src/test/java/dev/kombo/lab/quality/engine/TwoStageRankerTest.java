package dev.kombo.lab.quality.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.learning.NetworkSettings;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoStageRankerTest {
    private static final float[] CONTEXT = new float[ShopperContext.SIZE];

    @Test
    void shouldLearnWhichSignalDecides() {
        TwoStageRanker ranker = new TwoStageRanker(new boolean[Signal.count()], NetworkSettings.defaults(), 1);
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
        TwoStageRanker ranker = new TwoStageRanker(masked, NetworkSettings.defaults(), 1);
        teach(ranker);

        double[][] probabilities = ranker.probabilities(
                new float[][] {signal(Signal.FRESHNESS, 1), signal(Signal.FRESHNESS, -1)}, CONTEXT);

        for (double[] network : probabilities) {
            assertThat(network[0]).isEqualTo(network[1]);
        }
    }

    private static void teach(TwoStageRanker ranker) {
        for (int i = 0; i < 4000; i++) {
            ranker.learn(List.of(signal(Signal.FRESHNESS, 1), signal(Signal.FRESHNESS, -1)), CONTEXT, 1f);
        }
    }

    private static float[] signal(Signal signal, float value) {
        float[] signals = new float[Signal.count()];
        signals[signal.ordinal()] = value;
        return signals;
    }
}
