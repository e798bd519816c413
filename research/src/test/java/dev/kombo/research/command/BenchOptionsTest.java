package dev.kombo.research.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.research.bench.BenchParts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class BenchOptionsTest {
    @Command
    private static final class WithOptions {
        @Mixin
        private final BenchOptions options = new BenchOptions();
    }

    private static BenchOptions options(String... arguments) {
        WithOptions command = new WithOptions();
        new CommandLine(command).parseArgs(arguments);
        return command.options;
    }

    @Test
    void shouldMeasureThreeBatchesAndTheReferenceForTenSecondsEach() {
        assertThat(options().parts()).isEqualTo(new BenchParts(3, 10, List.of(), 60, false, false, false, List.of()));
        assertThat(options().settings(Map.of()).sessions()).isFalse();
    }

    @Test
    void shouldMeasureTheReferenceOnceWhenQuick() {
        assertThat(options("--quick").parts())
                .isEqualTo(new BenchParts(1, 0, List.of(), 60, false, false, false, List.of()));
    }

    @Test
    void shouldTakeSeveralRatesAndWhatElseIsMeasured() {
        BenchOptions options = options(
                "--latency=50,500", "--latency-seconds=30", "--idle", "--restart", "--age=1000,2000", "--sessions");

        assertThat(options.parts())
                .isEqualTo(new BenchParts(3, 10, List.of(50, 500), 30, true, true, false, List.of(1_000, 2_000)));
        assertThat(options.settings(Map.of()).sessions()).isTrue();
    }

    @Test
    void shouldMeasureTheSameOfTwoVersions() {
        BenchOptions options = options("--against=x.jar", "--latency=50,500", "--idle", "--restart");

        assertThat(options.comparesVersions()).isTrue();
        assertThat(options.parts())
                .isEqualTo(new BenchParts(4, 10, List.of(50, 500), 60, true, true, false, List.of()));
        assertThat(options("--against=x.jar", "--quick").parts().pairs()).isEqualTo(2);
    }
}
