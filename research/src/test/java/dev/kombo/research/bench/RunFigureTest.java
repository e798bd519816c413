package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.BurstFigures;
import dev.kombo.research.bench.BenchSummary.CoreFigures;
import dev.kombo.research.bench.BenchSummary.IdleFigures;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.research.bench.BenchSummary.StartFigures;
import dev.kombo.research.bench.VersionSummary.Ratio;
import dev.kombo.research.bench.VersionSummary.Run;
import dev.kombo.shop.JsonFile;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunFigureTest {
    private static final double EXACT = 1e-9;

    /** @param slowness a factor of all costs and times */
    private static Run full(String version, double slowness) {
        return new Run(
                version,
                batch(slowness),
                new IdleFigures(
                        new CoreFigures(20, 0.03 * slowness, 0.01 * slowness, 0.5),
                        new BurstFigures(
                                1_500,
                                800 * slowness,
                                400 * slowness,
                                new CoreFigures(30, 0.04 * slowness, 0.02 * slowness, 0.5))),
                List.of(latency(50, slowness), latency(500, 2 * slowness)),
                List.of(
                        new StartFigures("a clean stop", 6 * slowness, 100),
                        new StartFigures("a kill", 8 * slowness, 100)));
    }

    private static BatchFigures batch(double slowness) {
        return new BatchFigures(
                100,
                1,
                100,
                200 * slowness,
                50 * slowness,
                Map.of(),
                80_000 * slowness,
                1,
                0.9,
                0.2,
                7 * slowness,
                4_000 * slowness,
                Map.of());
    }

    private static LatencyFigures latency(int rate, double slowness) {
        return new LatencyFigures(
                rate,
                1_000,
                900,
                Map.of("p50", 40 * slowness, "p99", 120 * slowness, "p99.9", 150 * slowness, "max", 200 * slowness),
                600 * slowness,
                300 * slowness,
                new CoreFigures(10, 0.06 * slowness, 0.03 * slowness, 0.1));
    }

    @Test
    void shouldReadEachFigureOfARun() {
        Run run = full("this version", 1);

        Map<String, Double> found = new LinkedHashMap<>();
        RunFigure.of(run).forEach(figure -> found.put(figure.name(), figure.in(run)));

        Map<String, Double> expected = new LinkedHashMap<>();
        expected.put("service + broker, µs per event", 250.0);
        expected.put("service, µs per event", 200.0);
        expected.put("broker, µs per event", 50.0);
        expected.put("allocated in the service, KB per event", 80.0);
        expected.put("records written, per event", 7.0);
        expected.put("bytes written, KB per event", 4.0);
        expected.put("at 50/s: service + broker, µs per event", 900.0);
        expected.put("at 50/s: service + broker, cores", 0.09);
        expected.put("at 50/s: committed offer p50, ms", 40.0);
        expected.put("at 50/s: committed offer p99, ms", 120.0);
        expected.put("at 500/s: service + broker, µs per event", 1_800.0);
        expected.put("at 500/s: service + broker, cores", 0.18);
        expected.put("at 500/s: committed offer p50, ms", 80.0);
        expected.put("at 500/s: committed offer p99, ms", 240.0);
        expected.put("nothing to do: service, cores", 0.03);
        expected.put("nothing to do: broker, cores", 0.01);
        expected.put("busy one second in ten: service + broker, cores", 0.06);
        expected.put("busy one second in ten: service + broker, µs per event", 1_200.0);
        expected.put("start after a clean stop, s", 6.0);
        expected.put("start after a kill, s", 8.0);
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, figure) -> assertThat(found.get(name)).as(name).isCloseTo(figure, within(EXACT)));
    }

    @Test
    void shouldHaveNoFiguresOfWhatWasNotRequested() {
        Run run = new Run("this version", batch(1), null, List.of(), List.of());

        assertThat(RunFigure.of(run)).hasSize(6).contains(RunFigure.BOTH);
    }

    @Test
    void shouldCompareEachFigure() {
        List<Run> these = List.of(full("this version", 0.5), full("this version", 0.5));
        List<Run> others = List.of(full("the other version", 1), full("the other version", 1));

        assertThat(RunFigure.of(these.get(0))).allSatisfy(figure -> {
            Ratio ratio = Ratio.of(figure, these, others);
            assertThat(ratio.figure()).isEqualTo(figure.name());
            assertThat(ratio.ratio()).isCloseTo(0.5, within(EXACT));
        });
    }

    @Test
    void shouldAverageTheProcessorsOfOthersOverAllMeasurements() {
        assertThat(full("this version", 1).otherCores()).isCloseTo((0.2 + 0.5 + 0.5 + 0.1 + 0.1) / 5, within(EXACT));
    }

    @Test
    void shouldWriteEverythingOfEachRunToTheSummary() throws IOException {
        Run run = full("this version", 1);
        Ratio ratio = Ratio.of(RunFigure.BOTH, List.of(run), List.of(run));
        VersionSummary summary = new VersionSummary(
                "2026-12-03T05:00:00Z", Map.of(), Map.of(), "other", Set.of(), List.of(ratio), List.of(run));

        JsonNode written = new ObjectMapper().readTree(JsonFile.text(summary));

        assertThat(written.at("/ratios/0/figure").textValue()).isEqualTo("service + broker, µs per event");
        assertThat(written.at("/runs/0/latency/1/rate").intValue()).isEqualTo(500);
        assertThat(written.at("/runs/0/latency/1/committed/p99.9").doubleValue())
                .isEqualTo(300);
        assertThat(written.at("/runs/0/latency/1/cores/service").doubleValue()).isCloseTo(0.12, within(EXACT));
        assertThat(written.at("/runs/0/idle/bursts/serviceMicros").doubleValue())
                .isEqualTo(800);
        assertThat(written.at("/runs/0/idle/nothing/broker").doubleValue()).isEqualTo(0.01);
        assertThat(written.at("/runs/0/restart/1/seconds").doubleValue()).isEqualTo(8);
    }
}
