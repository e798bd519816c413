package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.research.bench.VersionSummary.Ratio;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionRatioTest {
    private static final double EXACT = 1e-9;
    private static final String SERVICE = "service, µs per event";
    private static final String ALLOCATED = "allocated in the service, KB per event";

    @Test
    void shouldTakeTheGeometricMeanOverPairs() {
        Ratio ratio = Ratio.of(SERVICE, List.of(200.0, 50.0), List.of(100.0, 100.0));

        assertThat(ratio.ratio()).isCloseTo(1, within(EXACT));
        assertThat(ratio.thisVersion()).isEqualTo(125);
        assertThat(ratio.otherVersion()).isEqualTo(100);
    }

    @Test
    void shouldGiveTwoStandardErrorsOverPairs() {
        // The logarithms of the ratios are .1, .2, .3 and .4: their mean is .25, their standard deviation .1291.
        List<Double> these = List.of(Math.exp(0.1), Math.exp(0.2), Math.exp(0.3), Math.exp(0.4));
        Ratio ratio = Ratio.of(SERVICE, these, List.of(1.0, 1.0, 1.0, 1.0));

        assertThat(ratio.ratio()).isCloseTo(Math.exp(0.25), within(EXACT));
        double standardError = Math.sqrt((0.15 * 0.15 + 0.05 * 0.05) * 2 / 3) / 2;
        assertThat(ratio.error()).isCloseTo(Math.exp(0.25) * 2 * standardError, within(EXACT));
    }

    @Test
    void shouldPairRunsSoThatALoadOnBothOfAPairMakesNoError() {
        Ratio ratio = Ratio.of(SERVICE, List.of(100.0, 300.0, 700.0), List.of(110.0, 330.0, 770.0));

        assertThat(ratio.ratio()).isCloseTo(1 / 1.1, within(EXACT));
        assertThat(ratio.error()).isCloseTo(0, within(EXACT));
    }

    @Test
    void shouldInvertWhenTheVersionsAreExchanged() {
        List<Double> these = List.of(90.0, 120.0, 100.0);
        List<Double> others = List.of(100.0, 80.0, 130.0);

        Ratio ratio = Ratio.of(SERVICE, these, others);
        Ratio inverse = Ratio.of(SERVICE, others, these);

        assertThat(ratio.ratio() * inverse.ratio()).isCloseTo(1, within(EXACT));
    }

    @Test
    void shouldHaveNoErrorOfOnePairAndNoRatioOfAFigureThatOneVersionLacks() {
        Ratio one = Ratio.of(SERVICE, List.of(100.0), List.of(110.0));
        Ratio lacking = Ratio.of(ALLOCATED, List.of(80.0, 80.0), List.of(Double.NaN, 80.0));
        Ratio nothing = Ratio.of("records written, per event", List.of(7.0, 7.0), List.of(0.0, 7.0));

        assertThat(one.known()).isTrue();
        assertThat(one.error()).isNaN();
        assertThat(lacking.known()).isFalse();
        assertThat(nothing.known()).isFalse();
    }

    @Test
    void shouldTakeTurnsSoThatNeitherVersionIsAlwaysFirst() {
        assertThat(String.join(" ", VersionBench.order(4, "A", "B"))).isEqualTo("A B B A A B B A");
        assertThat(String.join(" ", VersionBench.order(1, "A", "B"))).isEqualTo("A B");
    }

    @Test
    void shouldSayInASentenceWhatTheProcessorTimeIs() {
        assertThat(said(new Ratio(RunFigure.BOTH.name(), 309, 300, 1.03, 0.02), 4))
                .endsWith(
                        "This version takes × 1.030 ± 0.020 of the processor time per event of the other (two standard"
                                + " errors over 4 pairs of runs).");
        assertThat(said(new Ratio(RunFigure.BOTH.name(), 309, 300, 1.03, 0.04), 4))
                .endsWith("That is no difference that these runs can tell.");
        assertThat(said(new Ratio(RunFigure.BOTH.name(), 309, 300, 1.03, Double.NaN), 1))
                .endsWith("of the processor time per event of the other; one pair of runs has no error.");
    }

    @Test
    void shouldShowWhatBothReportAndNameTheRest() {
        String shown = String.join(
                "\n",
                VersionBench.result(
                        List.of(
                                new Ratio("broker, µs per event", 51, 50, 1.02, 0.01),
                                new Ratio(ALLOCATED, 80, Double.NaN, Double.NaN, Double.NaN)),
                        2));

        assertThat(shown)
                .containsPattern("broker, µs per event +51.00 +50.00 +× 1.020 ± 0.010")
                .contains("Not reported by both: allocated in the service, KB per event.");
    }

    private static String said(Ratio ratio, int pairs) {
        return String.join("\n", VersionBench.result(List.of(ratio), pairs));
    }
}
