package dev.kombo.research.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.RankerExample;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.settings.SettingValues;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainedNetworkTest {
    private static final float[] CONTEXT = new float[ShopperContext.SIZE];

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldLearnWhichSignalDecides(NetworkShape.Architecture kind) {
        double[] probabilities = taught(kind).probabilities(choice(), CONTEXT);

        assertThat(probabilities[0]).isGreaterThan(0.8);
        assertThat(probabilities[1]).isLessThan(0.2);
    }

    private static TrainedNetwork taught(NetworkShape.Architecture kind) {
        TrainedNetwork network = new TrainedNetwork(kind, NetworkSettings.of(SettingValues.defaults()), false, 1);
        List<float[]> sequences = List.of(new float[0], new float[0]);
        for (int i = 0; i < 4000; i++) {
            network.learn(new RankerExample(
                    0, choice(), CONTEXT, sequences, 1f, 1f, Occasion.EMPTY_BASKET, new float[0], new byte[0]));
        }
        return network;
    }

    /** The fresh one is wanted. */
    private static List<float[]> choice() {
        return List.of(signal(1), signal(-1));
    }

    private static float[] signal(float value) {
        float[] signals = new float[Signal.count()];
        signals[Signal.FRESHNESS.ordinal()] = value;
        return signals;
    }
}
