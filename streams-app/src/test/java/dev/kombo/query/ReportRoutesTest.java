package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ReportWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportRoutesTest {
    private static final long HOUR = 3_600_000;

    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldGiveEachReportOnceWhenReadPageByPage() throws Exception {
        sources.reports.add(ScriptedSources.report(ReportWindow.TOTAL, 0));
        for (int hour = 0; hour < 5; hour++) {
            sources.reports.add(ScriptedSources.report(ReportWindow.HOUR, hour * HOUR));
        }
        sources.reports.add(ScriptedSources.report(ReportWindow.DAY, 0));

        List<String> read = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = client.found("/v1/reports/conversions?limit=3" + after);
            page.path("reports")
                    .forEach(report -> read.add(report.path("window").asText() + " "
                            + report.path("windowStart").asLong() / HOUR));
            after = page.path("next").isNull()
                    ? null
                    : "&after=" + page.path("next").asText();
            pages++;
        } while (after != null);

        assertThat(read).containsExactly("TOTAL 0", "DAY 0", "HOUR 4", "HOUR 3", "HOUR 2", "HOUR 1", "HOUR 0");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void shouldKeepToTheExperimentAndWindowAskedFor() throws Exception {
        sources.reports.add(ScriptedSources.report(ReportWindow.TOTAL, 0));
        sources.reports.add(ScriptedSources.report(ReportWindow.DAY, 0));

        assertThat(client.found("/v1/reports/conversions?window=DAY").findValuesAsText("window"))
                .containsExactly("DAY");
        assertThat(client.found("/v1/reports/conversions?experiment=first").path("reports"))
                .hasSize(2);
        assertThat(client.found("/v1/reports/conversions?experiment=other").path("reports"))
                .isEmpty();
        ApiClient.problem(400, client.get("/v1/reports/conversions?window=WEEK"));
        ApiClient.problem(400, client.get("/v1/reports/conversions?after=%25"));
    }

    @Test
    void shouldShowWhatABundleDidInEachArm() throws Exception {
        BundleReport figures = new BundleReport("tea-time", 7L, 3L, 1L, 1350L, "GBP");
        sources.bundleReports.add(new Reports.OfBundle("second", "treatment", figures));
        sources.bundleReports.add(new Reports.OfBundle("first", "popularity", figures));

        JsonNode performance = client.found("/v1/bundles/tea-time/performance");

        assertThat(performance.path("arms").findValuesAsText("experiment")).containsExactly("first", "second");
        assertThat(performance.path("arms").path(0).path("figures").toString())
                .isEqualTo("{\"bundleId\":\"tea-time\",\"offers\":7,\"clicks\":3,\"conversions\":1,"
                        + "\"revenue\":{\"amountMinor\":1350,\"currency\":\"GBP\"}}");
        sources.bundleReports.clear();
        assertThat(client.found("/v1/bundles/tea-time/performance").path("arms"))
                .isEmpty();
        ApiClient.problem(404, client.get("/v1/bundles/nothing/performance"));
    }
}
