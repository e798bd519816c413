package dev.kombo.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.source.Reports;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ReportWindow;
import java.net.http.HttpResponse;
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
    void shouldAddUpBundlesOverTheArmsOfTheExperimentInForce() throws Exception {
        String inForce = sources.engine.models().strategy().plan().salt();
        account(inForce, "treatment", new BundleReport("tea-time", 7L, 3L, 1L, 1350L, "GBP"));
        account(inForce, "baseline", new BundleReport("tea-time", 5L, 1L, 1L, 1300L, "GBP"));
        account(inForce, "treatment", new BundleReport("breakfast", 90L, 9L, 2L, 900L, "GBP"));
        account(inForce, "treatment", new BundleReport("supper", 1L, 0L, 0L, 0L, null));
        account("earlier", "treatment", new BundleReport("tea-time", 400L, 300L, 200L, 100L, "GBP"));

        JsonNode answer = client.found("/v1/reports/bundles?limit=2");

        assertThat(answer.toString())
                .isEqualTo("{\"experiment\":\"" + inForce + "\",\"sort\":\"revenue\",\"bundles\":["
                        + "{\"bundleId\":\"tea-time\",\"title\":\"Tea time\",\"offers\":12,\"clicks\":4,\"conversions\":2,"
                        + "\"revenue\":[{\"amountMinor\":2650,\"currency\":\"GBP\"}]},"
                        + "{\"bundleId\":\"breakfast\",\"title\":null,\"offers\":90,\"clicks\":9,\"conversions\":2,"
                        + "\"revenue\":[{\"amountMinor\":900,\"currency\":\"GBP\"}]}],\"stale\":false}");
        assertThat(client.found("/v1/reports/bundles?sort=offers").findValuesAsText("bundleId"))
                .containsExactly("breakfast", "tea-time", "supper");
        assertThat(client.found("/v1/reports/bundles?experiment=earlier").findValuesAsText("conversions"))
                .containsExactly("200");
        assertThat(client.found("/v1/reports/bundles?experiment=never").path("bundles"))
                .isEmpty();
        ApiClient.problem(400, client.get("/v1/reports/bundles?sort=clicks"));
        sources.stale = true;
        HttpResponse<String> stale = client.get("/v1/reports/bundles");
        assertThat(stale.headers().firstValue("X-Kombo-Stale")).hasValue("true");
        assertThat(ApiClient.json(stale).path("stale").asBoolean()).isTrue();
    }

    private void account(String experiment, String arm, BundleReport figures) {
        sources.bundleReports.add(new Reports.OfBundle(experiment, arm, figures));
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
                        + "\"revenueMinor\":1350,\"currency\":\"GBP\"}");
        sources.bundleReports.clear();
        assertThat(client.found("/v1/bundles/tea-time/performance").path("arms"))
                .isEmpty();
        ApiClient.problem(404, client.get("/v1/bundles/nothing/performance"));
    }
}
