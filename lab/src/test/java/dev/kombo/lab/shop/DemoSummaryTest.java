package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSummaryTest {
    private static final ShopTally TALLY = new ShopTally(
            12_345,
            900,
            450,
            90,
            18,
            40_000,
            Map.of("treatment", new ShopTally.ArmTally(200, 900, 450, 90, 18, 40_000)));
    private static final ConversionReport TOTAL = Reports.report(
            "demo",
            ReportWindow.TOTAL,
            5,
            Reports.arm("treatment", 210, 1_000, 1_234_567),
            Reports.arm("holdout", 41, 0, 0),
            Reports.arm("baseline", 40, 500, 33));

    @Test
    void shouldTakeTheServicesFiguresWhenThereIsAReport() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(DemoSummary.of(TALLY, List.of(TOTAL)).toJson());

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "events", "offers", "impressions", "clicks", "conversions", "revenueMinor", "arms");
        assertThat(json.get("events").asLong()).isEqualTo(12_345);
        assertThat(json.get("offers").asLong()).isEqualTo(1_500);
        assertThat(json.get("impressions").asLong()).isEqualTo(750);
        assertThat(json.get("clicks").asLong()).isEqualTo(150);
        assertThat(json.get("conversions").asLong()).isEqualTo(30);
        assertThat(json.get("revenueMinor").asLong()).isEqualTo(1_234_600);
        assertThat(json.get("arms").fieldNames()).toIterable().containsExactly("baseline", "holdout", "treatment");
        JsonNode arm = json.get("arms").get("treatment");
        assertThat(arm.get("users").asLong()).isEqualTo(210);
        assertThat(arm.get("offers").asLong()).isEqualTo(1_000);
        assertThat(arm.get("conversions").asLong()).isEqualTo(20);
        assertThat(arm.get("revenueMinor").asLong()).isEqualTo(1_234_567);
        assertThat(json.get("arms").get("holdout").get("users").asLong()).isEqualTo(41);
    }

    @Test
    void shouldTakeTheShopsFiguresWhenThereIsNoReport() {
        DemoSummary summary = DemoSummary.of(TALLY, List.of());

        assertThat(summary.offers()).isEqualTo(900);
        assertThat(summary.arms()).containsOnlyKeys("treatment");
        assertThat(summary.arms().get("treatment").users()).isEqualTo(200);
    }

    @Test
    void shouldShowVisitorsApartWhenTheyHaveAReportOfTheirOwn() {
        ConversionReport visitors =
                Reports.report("demo/visitors", ReportWindow.TOTAL, 9, Reports.arm("treatment", 30, 100, 50));
        DemoSummary summary = DemoSummary.of(TALLY, List.of(visitors, TOTAL));

        assertThat(summary.offers()).isEqualTo(1_600);
        assertThat(summary.arms().get("treatment").users()).isEqualTo(210);
        assertThat(summary.arms().get("treatment/visitors").users()).isEqualTo(30);
    }

    @Test
    void shouldReplaceTheFileWhenWritten(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("summary.json"), "x".repeat(10_000));

        DemoSummary.of(TALLY, List.of(TOTAL)).writeTo(file);

        assertThat(Files.readString(file))
                .isEqualTo(DemoSummary.of(TALLY, List.of(TOTAL)).toJson());
    }

    @Test
    void shouldShowEachArmInARowWhenDrawnAsATable() {
        List<String> lines = DemoDisplay.table(Duration.ofSeconds(61), TALLY, List.of(TOTAL));

        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).startsWith("0:01:01").contains("12,345 events", "202 a second");
        assertThat(lines.get(1).split(" +"))
                .containsExactly(
                        "arm", "users", "offers", "impressions", "clicks", "CTR", "conversions", "CVR", "attributed");
        assertThat(lines.get(3).split(" +")).containsExactly("holdout", "41", "0", "0", "0", "-", "0", "-", "£0.00");
        assertThat(lines.get(4).split(" +"))
                .containsExactly("treatment", "210", "1,000", "500", "100", "20.0%", "20", "4.0%", "£12,345.67");
        assertThat(lines.get(5)).startsWith("all").endsWith("£12,346.00");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(110));
    }

    @Test
    void shouldFitOneLineWhenNothingCanBeRedrawn() {
        assertThat(DemoDisplay.line(Duration.ofSeconds(10), TALLY, List.of()))
                .isEqualTo("0:00:10  events 12,345 (1235/s)  offers 900  impressions 450  clicks 90"
                        + "  conversions 18  attributed £400.00");
        assertThat(DemoDisplay.line(Duration.ZERO, TALLY, List.of())).contains("(-/s)");
    }

    @Test
    void shouldGoUpAndClearWhenDrawnOverEarlierLines() {
        assertThat(DemoDisplay.redraw(List.of("a", "b"), 0)).isEqualTo("a\nb\n");
        assertThat(DemoDisplay.redraw(List.of("a", "b"), 2)).isEqualTo("\u001b[2A\u001b[Ja\nb\n");
    }

    @Test
    void shouldFormatMoneyByItsCurrencyWhenShown() {
        assertThat(DemoDisplay.money(-123_456, "GBP")).isEqualTo("-£1,234.56");
        assertThat(DemoDisplay.money(5, "EUR")).isEqualTo("€0.05");
        assertThat(DemoDisplay.money(500, "JPY")).endsWith("500").doesNotContain(".");
    }
}
