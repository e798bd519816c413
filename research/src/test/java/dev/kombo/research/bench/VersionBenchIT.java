package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.research.bench.VersionSummary.Ratio;
import dev.kombo.research.bench.VersionSummary.Run;
import dev.kombo.shop.process.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class VersionBenchIT {
    private static final int EVENTS = 1_000;
    private static final int RATE = 100;

    /** Of the records per event: timers and reports follow the clock, so that a slow run writes more of theirs. */
    private static final double CLOCK_SHARE = 0.25;

    @TempDir
    Path folder;

    @Test
    void shouldCompareThisVersionWithItself() throws Exception {
        BenchSettings settings = new BenchSettings(EVENTS, EVENTS, 500, 200, 100, 0, false, 1, 1, Map.of());
        BenchParts parts = new BenchParts(1, 0, List.of(RATE), 10, false, true, false, List.of());
        List<String> lines = new ArrayList<>();

        VersionSummary summary =
                new VersionBench(settings, parts, BuiltVersion.at(ChildJvm.ownClassPath()), folder, lines::add).run();

        assertThat(summary.runs()).extracting(Run::version).containsExactly("this version", "the other version");
        assertThat(summary.runs()).allSatisfy(run -> {
            BatchFigures batch = run.batch();
            assertThat(batch.events()).isEqualTo(EVENTS);
            assertThat(batch.topics().get("behavior-event").records()).isEqualTo(1);
            assertThat(run.latency()).extracting(LatencyFigures::events).containsExactly(1_000);
            assertThat(run.restart()).hasSize(3);
        });
        Map<String, Ratio> ratios = new LinkedHashMap<>();
        summary.ratios().forEach(ratio -> ratios.put(ratio.figure(), ratio));
        assertThat(ratios)
                .containsOnlyKeys(RunFigure.of(summary.runs().get(0)).stream()
                        .map(RunFigure::name)
                        .toList());
        assertThat(ratios.get("records written, per event").ratio()).isCloseTo(1, within(CLOCK_SHARE));
        Ratio both = ratios.get(RunFigure.BOTH.name());
        assertThat(both.thisVersion())
                .isCloseTo(
                        ratios.get("service, µs per event").thisVersion()
                                + ratios.get("broker, µs per event").thisVersion(),
                        within(1e-6));
        double micros = ratios.get("at 100/s: service + broker, µs per event").thisVersion();
        assertThat(ratios.get("at 100/s: service + broker, cores").thisVersion())
                .isCloseTo(micros * RATE / 1e6, withinPercentage(10));
        assertThat(both.ratio()).isBetween(0.2, 5.0);
        assertThat(lines).anyMatch(line -> line.startsWith("This version takes × "));
    }
}
