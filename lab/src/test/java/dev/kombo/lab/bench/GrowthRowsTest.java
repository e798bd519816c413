package dev.kombo.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.lab.bench.BenchSummary.BatchFigures;
import dev.kombo.lab.bench.BenchSummary.GrowthPoint;
import dev.kombo.lab.bench.BenchSummary.StartFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthRowsTest {
    private static final Map<String, String> SETTINGS = Map.of("users", "50000");
    private static final GrowthRows.Row WANTED =
            new GrowthRows.Row(BenchParts.Axis.AGE, List.of(100, 300), SETTINGS, List.of());

    @TempDir
    Path folder;

    @Test
    void shouldFindARowOfAnEarlierRunWhenAxisSizesAndSettingsAreTheSame() throws IOException {
        Path file = folder.resolve("rows.json");
        BatchFigures batch =
                new BatchFigures(100, 1, 100, 300, 50, Map.of("stream", 2.0), Double.NaN, 1e9, 0.87, 0, Map.of());
        GrowthRows.Row measured = WANTED.measured(
                List.of(new GrowthPoint("age", 100, batch, List.of(new StartFigures("a clean stop", 7.5, 7_000)))));
        GrowthRows first = GrowthRows.in(file);
        assertThat(first.find(WANTED)).isNull();

        first.keep(measured);

        GrowthRows later = GrowthRows.in(file);
        assertThat(later.find(WANTED)).isEqualTo(measured);
        assertThat(later.find(new GrowthRows.Row(BenchParts.Axis.AGE, List.of(100), SETTINGS, List.of())))
                .isNull();
        assertThat(later.find(new GrowthRows.Row(BenchParts.Axis.USERS, List.of(100, 300), SETTINGS, List.of())))
                .isNull();
        assertThat(later.find(new GrowthRows.Row(BenchParts.Axis.AGE, List.of(100, 300), Map.of(), List.of())))
                .isNull();
    }

    @Test
    void shouldNameTheFileWhenItHoldsSomethingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"events\": 3}");

        assertThatThrownBy(() -> GrowthRows.in(file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(file.toString());
    }
}
