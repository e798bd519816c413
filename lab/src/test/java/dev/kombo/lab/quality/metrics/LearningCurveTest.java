package dev.kombo.lab.quality.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LearningCurveTest {
    @Test
    void shouldGiveTheMeanOfEachIntervalThatHoldsAValue() {
        LearningCurve curve = new LearningCurve(100, 4);
        curve.add(0, 1);
        curve.add(24, 2);
        curve.add(25, 5);
        curve.add(99, 7);

        assertThat(curve.points())
                .containsExactly(
                        new LearningCurve.Point(12.5, 1.5, 2),
                        new LearningCurve.Point(37.5, 5, 1),
                        new LearningCurve.Point(87.5, 7, 1));
        assertThat(curve.length()).isEqualTo(100);
    }

    @Test
    void shouldTakeTheMeanOverAllValuesWhenCurvesAreAdded() {
        LearningCurve curve = new LearningCurve(3, 3);
        curve.add(1, 2);
        LearningCurve other = new LearningCurve(3, 3);
        other.add(1, 4);
        other.add(2, 1);
        curve.addAll(other);

        assertThat(curve.points())
                .containsExactly(new LearningCurve.Point(1.5, 3, 2), new LearningCurve.Point(2.5, 1, 1));
    }

    @Test
    void shouldRefuseWhatIsNotOnTheStream() {
        LearningCurve curve = new LearningCurve(10, 3);

        assertThatThrownBy(() -> curve.add(10, 1)).hasMessageContaining("at 10 of 10 events");
        assertThatThrownBy(() -> curve.add(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> curve.add(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> curve.addAll(new LearningCurve(10, 4))).hasMessageContaining("do not add up");
        assertThatThrownBy(() -> new LearningCurve(0, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
