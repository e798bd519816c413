package dev.kombo.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kombo.learning.network.NetworkSettings.AdamSettings;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkStateTest {
    private static final int WINDOW = NetworkTrainer.WINDOW;

    private static NetworkTrainer trainer(NetworkShape shape) {
        NetworkSettings settings = new NetworkSettings(AdamSettings.of(SettingValues.defaults()), 1e-3f, 1e-3f, 8);
        return new NetworkTrainer(shape, settings, NetworkExamples.prior(shape, 0.5f), 9);
    }

    private static NetworkState copy(NetworkShape shape, NetworkState state) {
        return new NetworkState(
                shape,
                state.weights(),
                state.optimizer(),
                state.waiting(),
                state.progress(),
                new PlattScaling(WINDOW, state.calibration().values()));
    }

    @ParameterizedTest
    @EnumSource
    void shouldContinueBitForBitAfterItWasStoredAtAnyPointOfAMiniBatch(NetworkShape.Architecture kind) {
        NetworkShape shape = NetworkExamples.small(kind);
        List<List<NetworkExample>> groups = groups(shape);
        NetworkTrainer trainer = trainer(shape);
        NetworkState whole = trainer.start();
        NetworkState stored = trainer(shape).start();
        for (List<NetworkExample> group : groups) {
            trainer.learn(whole, group);
            stored = copy(shape, stored);
            trainer(shape).learn(stored, group);
        }
        assertThat(whole.waiting()).isNotEmpty();
        assertThat(whole.measured()).isGreaterThan(WINDOW);
        assertThat(stored.weights()).isEqualTo(whole.weights());
        assertThat(stored.optimizer()).isEqualTo(whole.optimizer());
        assertThat(stored.waiting()).isEqualTo(whole.waiting());
        assertThat(stored.progress()).isEqualTo(whole.progress());
        assertThat(stored.calibration().values()).isEqualTo(whole.calibration().values());
    }

    private static List<List<NetworkExample>> groups(NetworkShape shape) {
        List<List<NetworkExample>> groups = new ArrayList<>();
        for (int i = 0; i < 2101; i++) {
            List<NetworkExample> group = NetworkExamples.random(shape, 1 + i % 3, i);
            NetworkExample last = group.get(group.size() - 1);
            group.set(
                    group.size() - 1,
                    new NetworkExample(last.signals(), last.context(), last.sequence(), 1f, last.weight(), 0f));
            groups.add(group);
        }
        return groups;
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldMoveItsLargePartsOnlyInAStep(NetworkShape.Architecture kind) {
        NetworkShape shape = NetworkExamples.small(kind);
        NetworkTrainer trainer = trainer(shape);
        NetworkState state = trainer.start();
        int steps = 0;
        for (NetworkExample example : NetworkExamples.random(shape, 200, 3)) {
            NetworkState before = copy(shape, state);
            boolean stepped = trainer.learn(state, List.of(example)) == NetworkTrainer.Learned.STEPPED;
            if (stepped) {
                steps++;
                assertThat(state.waiting()).isEmpty();
                assertThat(state.weights()).isNotEqualTo(before.weights());
            } else {
                assertThat(state.weights()).isEqualTo(before.weights());
                assertThat(state.optimizer()).isEqualTo(before.optimizer());
                assertThat(state.calibration().values())
                        .isEqualTo(before.calibration().values());
            }
        }
        assertThat(steps).isEqualTo(25);
    }

    @Test
    void shouldRefuseNumbersOfAnotherShape() {
        NetworkShape shape = NetworkExamples.small(NetworkShape.Architecture.DENSE);
        NetworkState state = trainer(shape).start();
        NetworkShape other = NetworkExamples.small(NetworkShape.Architecture.RECURRENT);
        assertThatIllegalArgumentException().isThrownBy(() -> copy(other, state));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkState(
                        shape,
                        state.weights(),
                        new float[3],
                        state.waiting(),
                        state.progress(),
                        new PlattScaling(WINDOW)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkState(
                        shape,
                        state.weights(),
                        state.optimizer(),
                        new float[4],
                        state.progress(),
                        new PlattScaling(WINDOW)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlattScaling(WINDOW, new double[3]));
    }
}
