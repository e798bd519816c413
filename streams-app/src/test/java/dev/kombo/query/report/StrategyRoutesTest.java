package dev.kombo.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.settings.Millis;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrategyRoutesTest {
    private final ScriptedSources sources = new ScriptedSources();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldPublishWhatWasReadWithAHigherVersion() throws Exception {
        ObjectNode strategy = (ObjectNode) client.found("/v1/strategy");
        assertThat(strategy.path("salt").asText()).isEqualTo("kombo-default");
        assertThat(strategy.path("version").asLong()).isZero();
        assertThat(strategy.path("endsAt").isNull()).isTrue();

        HttpResponse<String> response =
                client.post("/v1/strategy", strategy.put("version", 1).toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(ApiClient.json(response).toString())
                .isEqualTo("{\"salt\":\"kombo-default\",\"version\":1,\"warnings\":[]}");
        Published published = sources.published.get(0);
        assertThat(published.topic()).isEqualTo("strategy");
        assertThat(published.key()).isEqualTo("default");
        StrategyPlan plan = StrategyMapper.PLANS.toDomain((Strategy) published.value());
        assertThat(plan.arms()).isEqualTo(StrategyPlan.standard().arms());
        assertThat(plan.version()).isEqualTo(1);
    }

    @Test
    void shouldPublishAStrategyOfAnEarlierVersionWithoutTheFieldsThatAreGone() throws Exception {
        ObjectNode strategy = (ObjectNode) client.found("/v1/strategy");
        strategy.put("version", 1).put("decisionSamplingRate", 0.1);
        ((ObjectNode) strategy.at("/arms/2")).put("temperature", 0.5).put("explorationRate", 0.1);

        HttpResponse<String> response = client.post("/v1/strategy", strategy.toString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        assertThat(ApiClient.json(response).path("warnings"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "arms[2].temperature: is ignored, since this version does not have it: nothing replaces it, an"
                                + " arm always offers the best",
                        "arms[2].explorationRate: is ignored, since this version does not have it: nothing replaces it,"
                                + " new bundles rank like all others",
                        "decisionSamplingRate: is ignored, since this version does not have it: nothing replaces"
                                + " it, decisions are not logged any more");
        assertThat(sources.published).hasSize(1);
    }

    @Test
    void shouldNameAllProblemsWhenAStrategyCannotFollowTheOneInForce() throws Exception {
        ObjectNode strategy = (ObjectNode) client.found("/v1/strategy");
        ((ObjectNode) strategy.path("arms").path(0)).put("share", 0.5).put("kind", "TREATMENT");

        JsonNode problem = ApiClient.problem(400, client.post("/v1/strategy", strategy.toString()));

        assertThat(problem.path("problems")).hasSize(3);
        assertThat(problem.path("problems").toString())
                .contains("shares sum to 1.4", "version 0 is not above 0", "arm holdout was HOLDOUT");
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldRefuseMorePlacementsThanAStrategyMayHaveAlsoWhereTheyRepeat() throws Exception {
        for (boolean same : new boolean[] {false, true}) {
            ObjectNode strategy = ((ObjectNode) client.found("/v1/strategy")).put("version", 1);
            ArrayNode placements = strategy.putArray("placements");
            for (int i = 0; i < 60_000; i++) {
                placements.add(same ? "home" : "p" + i);
            }
            JsonNode problem = ApiClient.problem(400, client.post("/v1/strategy", strategy.toString()));
            assertThat(problem.path("field").asText()).isEqualTo("placements");
            assertThat(problem.path("detail").asText())
                    .isEqualTo("the strategy cannot be used: placements has 60000 entries, more than 1000");
        }
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldTellWhatTheBudgetsHaveSpentOnTheDay() throws Exception {
        assertThat(client.found("/v1/strategy/budgets").path("budgets")).isEmpty();
        sources.withTeaShop().limitDiscounts();
        JsonNode budgets = client.found("/v1/strategy/budgets");
        assertThat(budgets.at("/budgets/1/bundleId").asText()).isEqualTo("tea-time");
        assertThat(budgets.at("/budgets/1/title").asText()).isEqualTo("Tea time");
        ((ArrayNode) budgets.path("budgets")).remove(1);
        assertThat(budgets.toString())
                .isEqualTo(
                        "{\"salt\":\"kombo-default\",\"budgets\":[{\"arm\":\"treatment\",\"bundleId\":null,\"title\":null,"
                                + "\"perDay\":{\"amountMinor\":1000,\"currency\":\"GBP\"},"
                                + "\"carried\":{\"amountMinor\":100,\"currency\":\"GBP\"},"
                                + "\"spent\":{\"amountMinor\":500,\"currency\":\"GBP\"},"
                                + "\"reserved\":{\"amountMinor\":250,\"currency\":\"GBP\"},"
                                + "\"left\":{\"amountMinor\":350,\"currency\":\"GBP\"},"
                                + "\"spentAt\":3000}]}");
        sources.systemTime = 5_000 + Millis.DAY;
        JsonNode nextDay = client.found("/v1/strategy/budgets").at("/budgets/0");
        assertThat(nextDay.at("/carried/amountMinor").asInt()).isEqualTo(600);
        assertThat(nextDay.at("/spent/amountMinor").asInt()).isZero();
        assertThat(nextDay.at("/reserved/amountMinor").asInt()).isEqualTo(100);
        assertThat(nextDay.path("spentAt").isNull()).isTrue();
    }

    @Test
    void shouldNameTheFieldThatIsTooLarge() throws Exception {
        ObjectNode strategy = (ObjectNode) client.found("/v1/strategy");
        JsonNode tooLate = ApiClient.problem(
                400,
                client.post(
                        "/v1/strategy", strategy.put("version", Long.MAX_VALUE).toString()));
        assertThat(tooLate.path("field").asText()).isEqualTo("version");

        ArrayNode arms = strategy.put("version", 1).putArray("arms");
        for (int i = 0; i < 64; i++) {
            arms.addObject().put("name", "arm-" + i).put("kind", "TREATMENT").put("share", 1.0 / 64);
        }
        JsonNode tooMany = ApiClient.problem(400, client.post("/v1/strategy", strategy.toString()));
        assertThat(tooMany.path("field").asText()).isEqualTo("arms");
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldNameTheFieldOfAMeasureThatTheShopDoesNotReport() throws Exception {
        ObjectNode strategy = (ObjectNode) client.found("/v1/strategy");
        strategy.put("version", 1).putArray("guardrails").addObject().put("measure", "returnRate28d");
        JsonNode unreported = ApiClient.problem(400, client.post("/v1/strategy", strategy.toString()));
        assertThat(unreported.path("field").asText()).isEqualTo("guardrails");
        assertThat(unreported.path("problems").toString()).contains("no return was ever reported");

        strategy.put("salt", "new").put("primaryMeasure", "margin28d").remove("guardrails");
        JsonNode costless = ApiClient.problem(400, client.post("/v1/strategy", strategy.toString()));
        assertThat(costless.path("field").asText()).isEqualTo("primaryMeasure");
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldNameEveryFieldAtFaultWhenADocumentIsNoStrategy() throws Exception {
        String wrong = """
            {"version": "one", "salt": "next", "arms": [{"name": "all", "kind": "BEST", "share": 1, "weight": 3}]}\
            """;

        JsonNode problem = ApiClient.problem(400, client.post("/v1/strategy", wrong));

        assertThat(problem.path("field").asText()).isEqualTo("version");
        assertThat(problem.path("problems")).hasSize(3);
        assertThat(problem.path("problems").toString())
                .contains("arms[0].kind", "HOLDOUT, BASELINE, TREATMENT", "arms[0].weight");
    }
}
