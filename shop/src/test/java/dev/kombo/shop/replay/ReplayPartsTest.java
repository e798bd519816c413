package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.console.CommandException;
import dev.kombo.shop.JsonFile;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.ProgressDisplay.ProgressLine;
import dev.kombo.shop.data.EventRow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Speed, ids, progress and summary. */
class ReplayPartsTest {
    private final AtomicLong nanos = new AtomicLong(5);
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"max,Infinity", "MAX,Infinity", "60x,60", "60×,60", "1.5,1.5", " 2X ,2"})
    void shouldReadSpeed(String text, double factor) {
        assertThat(ReplaySpeed.parse(text).factor()).isEqualTo(factor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "0x", "-1", "x", "NaN"})
    void shouldRefuseWhenSpeedIsNone(String text) {
        assertThatThrownBy(() -> ReplaySpeed.parse(text)).isInstanceOf(CommandException.class);
    }

    @Test
    void shouldPaceByTimeOfEventsWhenSpeedIsBounded() {
        LongFunction<Duration> pacer = new ReplaySpeed(10).pacer(nanos::get);

        assertThat(pacer.apply(1_000_000)).isZero();
        assertThat(pacer.apply(1_060_000)).isEqualTo(Duration.ofSeconds(6));
        nanos.addAndGet(4_000_000_000L);
        assertThat(pacer.apply(1_060_000)).isEqualTo(Duration.ofSeconds(2));
        nanos.addAndGet(4_000_000_000L);
        assertThat(pacer.apply(1_060_000)).isNegative();
        assertThat(ReplaySpeed.MAX.pacer(nanos::get).apply(Long.MAX_VALUE)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv:1, 1",
        "a.csv:2147483647, 2147483647",
        "a.csv:2147483648, -1",
        "a.csv:, -1",
        "a.csv, -1",
        "a.csv:1x, -1",
        "b.csv:1, -1",
        "a.csv2:1, -1",
        "xa.csv:1, -1",
        "offer-77, -1"
    })
    void shouldTellLineOfIdWhenItIsOfTheFile(String id, int line) {
        assertThat(EventRow.lineOf(id, "a.csv")).isEqualTo(line);
        assertThat(EventRow.lineOf(EventRow.id("a.csv", 12), "a.csv")).isEqualTo(12);
        assertThat(EventRow.lineOf(null, "a.csv")).isEqualTo(-1);
    }

    @Test
    void shouldShortenLongNamesInIds() {
        String name = "orders ".repeat(30) + ".csv";
        String id = EventRow.id(name, Integer.MAX_VALUE);

        assertThat(id).hasSizeLessThan(120);
        assertThat(EventRow.lineOf(id, name)).isEqualTo(Integer.MAX_VALUE);
        assertThat(EventRow.lineOf(id, "x" + name)).isEqualTo(-1);
    }

    @Test
    void shouldRedrawTheLineOnATerminalOnly() {
        for (boolean terminal : new boolean[] {true, false}) {
            shown.reset();
            PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
            try (ProgressDisplay display = new ProgressLine(out, terminal, "replay", "rows")) {
                display.update(100, 100, 5_000);
            }
            String text = shown.toString(StandardCharsets.UTF_8);
            assertThat(text).contains("replay", "100%", "5,000 rows");
            assertThat(text.contains("\r")).isEqualTo(terminal);
        }
    }

    @Test
    void shouldNotDrawALineEachTimeThatTheSizeGrows() {
        PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
        try (ProgressDisplay display = new ProgressLine(out, false, "process", "records")) {
            for (int size = 100; size <= 1_000; size += 10) {
                display.update(90, size, 90);
            }
        }
        assertThat(shown.toString(StandardCharsets.UTF_8).lines()).hasSizeLessThan(10);
    }

    @Test
    void shouldRefuseAccountWhenItDoesNotAddUp() {
        assertThatThrownBy(() -> new ReplayAccount(
                        10,
                        7,
                        new TreeMap<>(Map.of("cancelled", 2L)),
                        new TreeMap<>(Map.of("duplicate-row", 2L)),
                        new TreeMap<>(),
                        new TreeMap<>()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("10 rows, but 7 accepted, left out {cancelled=2} and rejected {duplicate-row=2}");
    }

    @Test
    void shouldWriteAllFiguresWhenSummaryIsWrittenOverAnOlderOne(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("out").resolve("summary.json");
        ReplayAccount account = new ReplayAccount(
                11,
                7,
                new TreeMap<>(Map.of("cancelled", 1L)),
                new TreeMap<>(Map.of("duplicate-row", 2L, "zero-quantity", 1L)),
                new TreeMap<>(Map.of("zero-quantity", "line 3, units: expected units, found 0")),
                new TreeMap<>());

        JsonFile.write(file, "older");
        JsonFile.write(file, new ReplaySummary(account, 4, 5, 6, 1.5));

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "rows",
                        "accepted",
                        "leftOut",
                        "rejected",
                        "examples",
                        "unusable",
                        "bundles",
                        "offers",
                        "outcomes",
                        "seconds");
        assertThat(json.get("rejected").get("duplicate-row").asLong()).isEqualTo(2);
        assertThat(json.get("seconds").asDouble()).isEqualTo(1.5);
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        assertThat(file.resolveSibling("summary.json.tmp")).doesNotExist();
    }
}
