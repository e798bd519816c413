package dev.kombo.lab.quality.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.catalog.StableHash;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ParameterTest {
    private static final int DRAWS = 2_000;

    @Test
    void shouldDrawEvenlyWhenTheRangeIsLinear() {
        List<Double> drawn = numbers(Parameter.linear("kombo.a", -1, 3));

        assertThat(drawn).allMatch(value -> value >= -1 && value <= 3);
        assertThat(drawn.stream().filter(value -> value < 0).count() / (double) DRAWS)
                .isBetween(0.22, 0.28);
    }

    @Test
    void shouldDrawEvenlyOverMagnitudesWhenTheRangeIsLogarithmic() {
        List<Double> drawn = numbers(Parameter.logarithmic("kombo.a", 1e-4, 1));

        assertThat(drawn).allMatch(value -> value >= 1e-4 && value <= 1);
        for (double from = 1e-4; from < 0.5; from *= 10) {
            double lower = from;
            assertThat(drawn.stream()
                                    .filter(value -> value >= lower && value < 10 * lower)
                                    .count()
                            / (double) DRAWS)
                    .isBetween(0.22, 0.28);
        }
    }

    @Test
    void shouldDrawBothBoundsWhenTheRangeIsOfWholeNumbers() {
        assertThat(texts(Parameter.integer("kombo.a", 2, 4))).containsOnly("2", "3", "4");
        assertThat(texts(Parameter.choice("kombo.a", "x", "y"))).containsOnly("x", "y");
    }

    @Test
    void shouldDrawTheSameFromOneHashAndIndependentlyByName() {
        SearchSpace space = SearchSpace.of(Parameter.linear("kombo.a", 0, 1), Parameter.linear("kombo.b", 0, 1));
        Map<String, String> drawn = space.draw(7);

        assertThat(space.draw(7)).isEqualTo(drawn);
        assertThat(space.draw(8)).isNotEqualTo(drawn);
        assertThat(drawn.get("kombo.a")).isNotEqualTo(drawn.get("kombo.b"));
        assertThat(space.without(List.of("kombo.a")).draw(7)).isEqualTo(Map.of("kombo.b", drawn.get("kombo.b")));
    }

    @Test
    void shouldDescribeEveryRange() {
        SearchSpace space = SearchSpace.of(
                Parameter.logarithmic("kombo.rate", 0.001, 0.1),
                Parameter.integer("kombo.count", 1, 8),
                Parameter.choice("kombo.loss", "bpr", "logistic"));

        assertThat(space.describe())
                .isEqualTo("kombo.rate log 0.001 to 0.1; kombo.count int 1 to 8; kombo.loss one of [bpr, logistic]");
    }

    @Test
    void shouldRefuseWhatIsNoRange() {
        assertThatThrownBy(() -> Parameter.linear("kombo.a", 1, 1)).hasMessageContaining("kombo.a from 1.0 to 1.0");
        assertThatThrownBy(() -> Parameter.logarithmic("kombo.a", 0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> Parameter.linear("kombo.a", Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Parameter.choice("kombo.a")).hasMessageContaining("no values");
        assertThatThrownBy(() -> SearchSpace.of(Parameter.choice("kombo.a", "x"), Parameter.choice("kombo.a", "x")))
                .hasMessageContaining("kombo.a is searched twice");
    }

    private static List<String> texts(Parameter parameter) {
        return LongStream.range(0, DRAWS)
                .mapToObj(i -> parameter.draw(StableHash.mix(i)))
                .toList();
    }

    private static List<Double> numbers(Parameter parameter) {
        return texts(parameter).stream().map(Double::valueOf).toList();
    }
}
