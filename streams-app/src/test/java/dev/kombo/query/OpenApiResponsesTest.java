package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.page.LiveOffers;
import dev.kombo.query.source.Reports;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.SampleRatioReport;
import dev.kombo.schema.UpliftVerdict;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API answers is what its document says. */
class OpenApiResponsesTest {
    private static final String PAGE = "?key=k&session=web-0123456789abcdef0123456789abcdef";

    private final ScriptedSources sources = new ScriptedSources(Map.of("kombo.tracker.key", "k")).withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());
    private final Set<String> asked = new LinkedHashSet<>();
    private JsonNode openApi;

    @BeforeEach
    void fill() throws Exception {
        openApi = client.found("/openapi.json");
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000, ScriptedSources.offer("one", 1500, 9000)));
        sources.profiles.put("u:bob", ScriptedSources.enrolled("treatment"));
        var report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setComparisons(List.of(ScriptedSources.comparison(UpliftVerdict.WINNING)));
        report.setSampleRatio(new SampleRatioReport(true, 0.5, List.of()));
        sources.reports.add(report);
        sources.reports.add(ScriptedSources.report(ReportWindow.DAY, 0));
        sources.bundleReports.add(
                new Reports.OfBundle("first", "fused", new BundleReport("tea-time", 7L, 3L, 1L, 1350L, "GBP")));
        MinedBundle mined = new MinedBundle("mined-1", List.of("cup", "tea"), 9, 100, 2, 1.5, 945, 1050, "GBP", null);
        sources.engine.models().suggestions().put(new Suggestion(mined, 3000, false));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldAnswerEachEndpointAsDescribed() throws Exception {
        get("/v1/users/{id}/profile", "/v1/users/bob/profile");
        get("/v1/users/{id}/offers", "/v1/users/ann/offers");
        get("/v1/users/{id}/offers", "/v1/users/bob/offers");
        get("/v1/explain", "/v1/explain?user=bob&bundle=tea-time");
        get("/v1/items/{id}", "/v1/items/tea");
        get("/v1/items/{id}", "/v1/items/cup");
        get("/v1/items/{id}/similar", "/v1/items/tea/similar");
        get("/v1/items/{id}/bought-together", "/v1/items/tea/bought-together");
        get("/v1/bundles/{id}", "/v1/bundles/tea-time");
        get("/v1/bundles/{id}/performance", "/v1/bundles/tea-time/performance");
        watch();
        get("/v1/trending", "/v1/trending?at=1000");
        get("/v1/reports/conversions", "/v1/reports/conversions?limit=1");
        get("/v1/reports/bundles", "/v1/reports/bundles?experiment=first");
        get("/v1/reports/rankers", "/v1/reports/rankers");
        get("/v1/reports/predictions", "/v1/reports/predictions");
        get("/v1/strategy", "/v1/strategy");
        get("/v1/overview", "/v1/overview");
        get("/v1/suggestions", "/v1/suggestions");
        get("/v1/instances", "/v1/instances");
        get("/v1/topology", "/v1/topology");
        get("/health/live", "/health/live");
        get("/metrics", "/metrics");
        get("/health/ready", "/health/ready");
        get("/openapi.json", "/openapi.json");
        get("/asyncapi.json", "/asyncapi.json");
        check("post", "/v1/suggestions/{id}/approve", client.post("/v1/suggestions/mined-1/approve", null));
        check("post", "/v1/suggestions/{id}/reject", client.post("/v1/suggestions/mined-1/reject", null));
        sources.indexing = true;
        get("/v1/items", "/v1/items?query=tea&limit=1");
        get("/v1/bundles", "/v1/bundles?state=offered");
        String item = """
            {"title": "Pot", "priceMinor": 900, "currency": "GBP", "image": "/pot.png"}\
            """;
        check("put", "/v1/items/{id}", client.change("PUT", "/v1/items/pot", item));
        check("patch", "/v1/items/{id}", client.change("PATCH", "/v1/items/pot", "{\"stock\": 3}"));
        byte[] rows =
                "{\"itemId\": \"pot\", \"priceMinor\": 900, \"currency\": \"GBP\"}\n{\"itemId\": \"lid\", \"stock\": \"much\"}\n"
                        .getBytes(StandardCharsets.UTF_8);
        check("post", "/v1/items", client.post("/v1/items", "application/x-ndjson", rows));
        String bundle = """
            {"members": [{"itemId": "tea"}, {"itemId": "pot"}], "priceMinor": 1200}\
            """;
        check("put", "/v1/bundles/{id}", client.change("PUT", "/v1/bundles/set", bundle));
        check("patch", "/v1/bundles/{id}", client.change("PATCH", "/v1/bundles/set", "{\"title\": \"A set\"}"));
        check("post", "/v1/bundles/{id}/stop", client.post("/v1/bundles/set/stop", null));
        get("/v1/bundles/{id}", "/v1/bundles/set");
        byte[] lines = "{\"bundleId\": \"set\", \"members\": [{\"itemId\": \"tea\"}], \"priceMinor\": 400}\n"
                .getBytes(StandardCharsets.UTF_8);
        check("post", "/v1/bundles", client.post("/v1/bundles", "application/x-ndjson", lines));
        check("delete", "/v1/bundles/{id}", client.delete("/v1/bundles/set"));
        check("delete", "/v1/items/{id}", client.delete("/v1/items/pot"));
        check("delete", "/v1/users/{id}", client.delete("/v1/users/ann"));
        check("post", "/v1/events", client.post("/v1/events", """
            [{"eventId": "e", "userId": "ann", "type": "VIEW", "itemId": "tea", "eventTime": 4000}, {}]\
            """));
        String view = "{\"eventId\": \"e\", \"type\": \"VIEW\", \"itemId\": \"tea\", \"eventTime\": 1}";
        String track = "{\"event\": \"Product Viewed\", \"messageId\": \"m\", \"userId\": \"ann\","
                + " \"properties\": {\"product_id\": \"tea\"}}";
        check("post", "/v1/events/{format}", client.post("/v1/events/segment", "[" + track + ", {\"event\": \"x\"}]"));
        check("post", "/v1/tracker/events", client.post("/v1/tracker/events" + PAGE, view));
        sources.profiles.put(
                "s:web-0123456789abcdef0123456789abcdef",
                ScriptedSources.shopper(2000, ScriptedSources.offer("two", 1500, 9000)));
        get("/v1/tracker/offers", "/v1/tracker/offers" + PAGE);
        for (String path : List.of("/v1/tracker/events", "/v1/tracker/offers")) {
            check("options", path, client.options(path + PAGE));
        }
        String strategy = client.get("/v1/strategy").body().replace("\"version\":0", "\"version\":1");
        check("post", "/v1/strategy", client.post("/v1/strategy", strategy));
        get("/v1/strategy/budgets", "/v1/strategy/budgets");
        sources.limitDiscounts();
        get("/v1/strategy/budgets", "/v1/strategy/budgets");

        assertThat(asked)
                .as("every endpoint was asked")
                .containsExactlyInAnyOrderElementsOf(QueryRoutes.described().stream()
                        .map(OpenApiResponsesTest::nameOf)
                        .toList());
    }

    @Test
    void shouldDescribeProblemsToo() throws Exception {
        for (String path : List.of("/v1/users/nobody/profile", "/v1/items/tea/similar?limit=0", "/v1/items/tea?x=1")) {
            HttpResponse<String> response = client.get(path);
            JsonNode schema = openApi.at(
                    "/components/responses/" + response.statusCode() + "/content/application~1problem+json/schema");
            JsonNode document = ApiClient.json(response);
            ((ObjectNode) document).remove("field");
            assertThat(JsonSchemaCheck.problems(openApi, schema, document))
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void shouldSayWhichProblemsAnEndpointMayAnswerWith() throws Exception {
        assertDescribed("get", "/v1/strategy", client.get("/v1/strategy?x=1"));
        assertDescribed("get", "/health/live", client.get("/health/live?x=1"));
        assertDescribed("post", "/v1/events", client.post("/v1/events", "[]", "Content-Encoding", "gzip"));
        sources.ready = false;
        assertDescribed("get", "/v1/trending", client.get("/v1/trending"));
        for (Endpoint endpoint : QueryRoutes.described()) {
            if (endpoint.role() != Role.ANYONE) {
                assertThat(responses(endpoint.method().name().toLowerCase(Locale.ROOT), endpoint.path()))
                        .as("an instance may be busy: %s", endpoint.path())
                        .contains("503");
            }
        }
    }

    private void assertDescribed(String method, String path, HttpResponse<String> response) {
        assertThat(response.statusCode()).as(path).isGreaterThanOrEqualTo(400);
        assertThat(responses(method, path)).as(path).contains(Integer.toString(response.statusCode()));
    }

    private List<String> responses(String method, String path) {
        List<String> statuses = new ArrayList<>();
        openApi.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .fieldNames()
                .forEachRemaining(statuses::add);
        return statuses;
    }

    private static String nameOf(Endpoint endpoint) {
        return endpoint.method() + " " + endpoint.path();
    }

    private void get(String described, String path) throws Exception {
        check("get", described, client.get(path));
    }

    /** Each event of the stream. */
    private void watch() throws Exception {
        asked.add("GET /v1/live");
        JsonNode schema = openApi.at("/paths/~1v1~1live/get/responses/200/content/text~1event-stream/schema");
        try (EventReader reader = new EventReader(api.url() + "/v1/live")) {
            List<EventReader.Event> events = new ArrayList<>(List.of(reader.next()));
            sources.feed.offer(LiveOffers.MOST_A_SECOND + 1);
            sources.nanoTime = 1_000_000_000L;
            sources.feed.offer();
            for (int i = 0; i <= LiveOffers.MOST_A_SECOND; i++) {
                events.add(reader.next());
            }
            assertThat(events.stream().map(EventReader.Event::name).distinct())
                    .containsExactly("open", "offer", "skipped");
            for (EventReader.Event event : events) {
                assertThat(JsonSchemaCheck.problems(openApi, schema, event.data()))
                        .as(event.name())
                        .isEmpty();
            }
        }
    }

    private void check(String method, String described, HttpResponse<String> response) throws Exception {
        asked.add(method.toUpperCase(Locale.ROOT) + " " + described);
        JsonNode responses = openApi.path("paths").path(described).path(method).path("responses");
        JsonNode success = responses.path(Integer.toString(response.statusCode()));
        assertThat(success.has("content"))
                .as("%s: %s", described, response.body())
                .isTrue();
        if (success.path("content").has("text/plain")) {
            assertThat(response.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
            assertThat(response.body()).isNotBlank();
            return;
        }
        JsonNode schema = success.at("/content/application~1json/schema");
        assertThat(JsonSchemaCheck.problems(openApi, schema, ApiClient.json(response)))
                .as(described)
                .isEmpty();
    }
}
