package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.Topic;
import dev.kombo.entity.Item.Suitability;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.query.ApiClient;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BundleStateRoutesTest extends CatalogEdits {
    @Test
    void shouldListNoMoreThanAResponseHolds() throws Exception {
        Map<String, String> attributes =
                IntStream.range(0, 32).boxed().collect(Collectors.toMap(i -> "name-" + i, i -> "v".repeat(1_000)));
        IntStream.range(100, 200)
                .forEach(i -> sources.catalog.putItem(new dev.kombo.entity.Item(
                        "x-" + i, "", null, -1, null, -1, 1, attributes, 0, null, null, -1, Suitability.ONCE)));
        Set<String> seen = new HashSet<>();
        String after = "";
        int pages = 0;
        do {
            String body = client.get("/v1/items?query=x-&limit=1000" + after).body();
            assertThat(body).hasSizeLessThan(1_100_000);
            JsonNode page = JSON.readTree(body);
            seen.addAll(page.path("items").findValuesAsText("itemId"));
            after = page.path("next").isTextual()
                    ? "&after=" + page.path("next").asText()
                    : "";
            pages++;
        } while (!after.isEmpty());
        assertThat(seen).hasSize(100);
        assertThat(pages).isGreaterThan(3);
    }

    @Test
    void shouldNotRemoveABundleThatChangesWhileItsSuggestionIsRejected() throws Exception {
        String id = MinedBundle.idOf(List.of("cup", "tea"));
        String path = "/v1/bundles/" + id;
        String written = tag(client.change(
                "PUT", path, "{\"members\": [{\"itemId\": \"cup\"}, {\"itemId\": \"tea\"}], \"priceMinor\": 1000}"));
        sources.afterPublication = () ->
                sources.catalog.putBundle(sources.catalog.bundle(id).bundle().stop(7));

        ApiClient.problem(412, client.delete(path, "If-Match", written));

        assertThat(last().value()).isInstanceOf(SuggestionDecision.class);
        assertThat(client.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotTakeForGivenWhatARowBringsAlongAsItWas() throws Exception {
        ObjectNode row = AvroJson.write(
                CatalogMapper.BUNDLES.toAvro(sources.catalog.bundle("tea-time").bundle()));
        importRow(row);
        assertThat(lastBundle().getOrigin()).isEqualTo(BundleOrigin.MINED);
        importRow(row.put("priceMinor", 1300));
        assertThat(lastBundle().getOrigin()).as("mining must not write over it").isEqualTo(BundleOrigin.CURATED);
        accepted(client.change("PATCH", "/v1/bundles/tea-time", "{\"marginMinor\": 300}"));
        row = AvroJson.write(lastBundle());
        importRow(row);
        assertThat(lastBundle().getMarginMinor()).isEqualTo(300);
        importRow(row.put("priceMinor", 1250));
        assertThat(lastBundle().getMarginMinor()).isEqualTo(250);
        importRow(row.put("priceMinor", 1200).put("marginMinor", 20));
        assertThat(lastBundle().getMarginMinor()).as("one that differs").isEqualTo(20);
        row.putArray("members").addObject().put("itemId", "cup").put("quantity", 3);
        importRow(row);
        assertThat(lastBundle().getListPriceMinor()).isEqualTo(1800);
        assertThat(lastBundle().getMarginMinor()).isEqualTo(600);
    }

    @Test
    void shouldShowTheLowestPriceOfThirtyDaysWhereItIsBelowTheListPrice() throws Exception {
        assertThat(client.found("/v1/bundles/tea-time").path("priorPrice").isNull())
                .isTrue();
        sources.catalog.changedAt(Long.MAX_VALUE / 2);
        for (long price : new long[] {100, 2_000}) {
            sources.catalog.putItem(new dev.kombo.entity.Item("cup", "Mug", null, price, "GBP", -1, 9));
        }

        JsonNode shown = client.found("/v1/bundles/tea-time");
        assertThat(shown.path("priorPrice").path("amountMinor").asLong())
                .isEqualTo(shown.path("listPrice").path("amountMinor").asLong() - 1_900);
        assertThat(client.found("/v1/bundles").path("bundles").path(0).path("priorPrice"))
                .isEqualTo(shown.path("priorPrice"));
    }

    @Test
    void shouldShowOfABundleWhatAShopperIsTold() throws Exception {
        accepted(client.change("PATCH", "/v1/bundles/tea-time", "{\"listPriceMinor\": 9999}"));

        JsonNode shown = client.found("/v1/bundles/tea-time");
        assertThat(shown.path("listPrice").path("amountMinor").asLong()).isEqualTo(1500);
        assertThat(shown.path("saving").path("amountMinor").asLong()).isEqualTo(100);
        JsonNode listed = client.found("/v1/bundles").path("bundles").path(0);
        assertThat(listed.path("saving")).isEqualTo(shown.path("saving"));
        accepted(client.change("PATCH", "/v1/items/cup", "{\"priceMinor\": 700}"));
        assertThat(client.found("/v1/bundles/tea-time")
                        .path("saving")
                        .path("amountMinor")
                        .asLong())
                .as("a bundle that a person changed keeps its price")
                .isEqualTo(200);
    }

    @Test
    void shouldStopABundleAndLetItGoOn() throws Exception {
        dev.kombo.catalog.Bundle mined = sources.catalog.bundle("tea-time").bundle();
        accepted(client.post("/v1/bundles/tea-time/stop", null));

        assertThat(lastBundle().getStoppedAt()).isEqualTo(sources.systemTime);
        assertThat(lastBundle().getOrigin()).isEqualTo(BundleOrigin.MINED);
        assertThat(client.found("/v1/bundles/tea-time").path("state").asText()).isEqualTo("STOPPED");
        assertThat(client.found("/v1/bundles?state=offered").path("bundles")).isEmpty();
        assertThat(client.found("/v1/bundles?state=stopped").path("bundles")).hasSize(1);
        sources.systemTime = 5_005;
        accepted(client.post("/v1/bundles/tea-time/stop", null));
        assertThat(lastBundle().getStoppedAt()).as("the first time").isEqualTo(5_000);

        String row = "{\"bundleId\": \"tea-time\", \"members\": [{\"itemId\": \"tea\"}], \"priceMinor\": 400,"
                + " \"stoppedAt\": ";
        accepted(post("/v1/bundles", row + "null}"));
        accepted(post(
                "/v1/bundles",
                "{\"bundleId\": \"tea-time\", \"members\": [{\"itemId\": \"tea\"}, {\"itemId\": \"cup\"}],"
                        + " \"priceMinor\": 900, \"currency\": \"GBP\"}"));
        accepted(client.change(
                "PUT", "/v1/bundles/tea-time", "{\"members\": [{\"itemId\": \"tea\"}], \"priceMinor\": 400}"));
        assertThat(lastBundle().getStoppedAt()).as("unless sent").isEqualTo(5_000);
        accepted(post("/v1/bundles", row + "5001}"));
        assertThat(lastBundle().getStoppedAt()).isEqualTo(5_001);
        sources.catalog.putBundle(mined.stop(5_000));

        accepted(client.change("PATCH", "/v1/bundles/tea-time", "{\"stoppedAt\": null}"));
        assertThat(client.found("/v1/bundles/tea-time").path("state").asText()).isEqualTo("OFFERED");
        assertThat(lastBundle().getOrigin()).isEqualTo(BundleOrigin.MINED);
        accepted(client.change("PATCH", "/v1/bundles/tea-time", "{\"priceMinor\": 1300}"));
        assertThat(lastBundle().getOrigin()).as("a person changed it").isEqualTo(BundleOrigin.CURATED);
    }

    @Test
    void shouldTellWhyABundleIsNotOffered() throws Exception {
        assertState("OFFERED", "{\"validUntil\": 5001}");
        assertState("ENDED", "{\"validUntil\": 5000}");
        assertState("SCHEDULED", "{\"validUntil\": null, \"validFrom\": 5001}");
        assertState("SOLD_OUT", "{\"validFrom\": null, \"stock\": 0}");
        assertState("MIXED_CURRENCIES", "{\"currency\": \"EUR\", \"stock\": null}");
        accepted(client.change("PATCH", "/v1/bundles/tea-time", "{\"currency\": \"GBP\"}"));
        accepted(client.delete("/v1/items/cup"));
        assertThat(client.found("/v1/bundles/tea-time").path("state").asText()).isEqualTo("UNPRICED");
    }

    private void assertState(String state, String patch) throws Exception {
        accepted(client.change("PATCH", "/v1/bundles/tea-time", patch));
        assertThat(client.found("/v1/bundles/tea-time").path("state").asText()).isEqualTo(state);
    }

    @Test
    void shouldNotHaveABundleMinedAgainThatWasTakenOut() throws Exception {
        List<String> members = List.of("cup", "tea");
        String id = MinedBundle.idOf(members);
        String path = "/v1/bundles/" + id;
        accepted(client.change(
                "PUT", path, "{\"members\": [{\"itemId\": \"cup\"}, {\"itemId\": \"tea\"}], \"priceMinor\": 1000}"));

        accepted(client.delete(path));

        assertThat(last()).isEqualTo(new Published(sources.engine.topics().name(Topic.BUNDLE_CATALOG), id, null));
        SuggestionDecision decision =
                (SuggestionDecision) sources.published.get(1).value();
        assertThat(decision.getBundleId()).isEqualTo(id);
        assertThat(decision.getVerdict())
                .as("though its suggestion was taken back meanwhile")
                .isEqualTo(SuggestionVerdict.REJECTED);
        ApiClient.problem(404, client.get(path));
        MinedBundle bundle = new MinedBundle(id, members, 9, 100, 2, 1.5, 945, 1050, "GBP", null);
        sources.engine.models().suggestions().put(new Suggestion(bundle, 3000, true));
        accepted(client.post("/v1/suggestions/" + id + "/approve", null));
        assertThat(client.found(path).path("bundle").path("title").asText()).isEqualTo("Cup + Green tea");
        sources.published.clear();
        accepted(client.delete("/v1/bundles/tea-time"));
        assertThat(sources.published).as("one that a shop made").hasSize(1);
    }

    @Test
    void shouldFindByPartsOfIdsAndTitlesPageByPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            sources.catalog.putItem(
                    new dev.kombo.entity.Item("T-" + i, "Grüner (Tee) " + i, null, -1, null, -1, Long.MAX_VALUE));
        }
        assertThat(ids("/v1/items?query=GR%C3%9CNER%20(")).containsExactly("T-0", "T-1", "T-2", "T-3", "T-4");
        assertThat(ids("/v1/items?query=t-3")).containsExactly("T-3");
        assertThat(ids("/v1/items?query=.")).isEmpty();
        assertThat(ids("/v1/items")).containsExactly("T-0", "T-1", "T-2", "T-3", "T-4", "cup", "tea");
        JsonNode page = client.found("/v1/items?query=tee&limit=2");
        assertThat(page.path("items").findValuesAsText("itemId")).containsExactly("T-0", "T-1");
        String next = page.path("next").asText();
        JsonNode second = client.found("/v1/items?query=tee&limit=2&after=" + next);
        assertThat(second.path("items").findValuesAsText("itemId")).containsExactly("T-2", "T-3");
        JsonNode third = client.found(
                "/v1/items?query=tee&limit=2&after=" + second.path("next").asText());
        assertThat(third.path("items").findValuesAsText("itemId")).containsExactly("T-4");
        assertThat(third.path("next").isNull()).isTrue();
        ApiClient.problem(400, client.get("/v1/bundles?state=odd"));
        ApiClient.problem(400, client.get("/v1/items?after=!"));
    }

    private List<String> ids(String path) throws Exception {
        return client.found(path).path("items").findValuesAsText("itemId");
    }

    @Test
    void shouldAccountForEachRowOfMany() throws Exception {
        JsonNode answer = accepted(post("/v1/items", """
            {"itemId": "pot", "title": "Pot", "priceMinor": 950, "currency": "EUR", "stock": 3}

            {"itemId": "lid", "priceMinor": "cheap"}
            {"title": "Nothing"}
            {"itemId": "tea", "priceMinor": 400, "currency": "EUR"}
            """));

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("rejectedCount").asInt()).isEqualTo(2);
        assertThat(answer.path("rejected").path(0).path("line").asInt()).isEqualTo(3);
        assertThat(answer.path("rejected").path(0).path("field").asText()).isEqualTo("priceMinor");
        assertThat(answer.path("rejected").path(1).path("detail").asText()).isEqualTo("itemId: itemId is needed");
        assertThat(sources.published).extracting(Published::key).containsExactly("pot", "tea");
        assertThat(((Item) sources.published.get(0).value()).getPriceMinor()).isEqualTo(950);

        JsonNode lines = accepted(post("/v1/bundles", """
            {"bundleId": "a", "members": [{"itemId": "pot"}, {"itemId": "tea"}], "priceMinor": 1200}
            {"bundleId": "b"}
            """));
        assertThat(lines.path("accepted").asInt()).isEqualTo(1);
        assertThat(lines.path("rejected").path(0).path("id").asText()).isEqualTo("b");
        assertThat(client.found("/v1/bundles?query=a&state=offered")
                        .path("bundles")
                        .path(0)
                        .path("saving"))
                .hasToString("{\"amountMinor\":150,\"currency\":\"EUR\"}");
    }

    @Test
    void shouldTellTheFirstHundredOfManyRowsThatCannotBeUsed() throws Exception {
        JsonNode problem =
                ApiClient.problem(400, post("/v1/items", "{\"itemId\": \"a\", \"stock\": \"x\"}\n".repeat(150)));

        assertThat(problem.path("rejected")).hasSize(100);
        assertThat(problem.path("rejectedCount").asInt()).isEqualTo(150);
        assertThat(problem.path("detail").asText())
                .isEqualTo("line 1: stock: \"x\", a whole number of 64 bits is expected");
        sources.brokerFailure = new TimeoutException("no broker");
        JsonNode failed = ApiClient.problem(
                503, post("/v1/items", "{\"itemId\": \"a\"}\n{\"itemId\": 1}\n{\"itemId\": \"c\"}\n"));
        assertThat(sources.publications).as("one waits for all").hasValue(1);
        assertThat(failed.path("failed")).hasSize(2);
        assertThat(failed.path("accepted").asInt()).isZero();
        assertThat(failed.path("failed").path(0).path("line").asInt()).isEqualTo(1);
        assertThat(failed.path("rejectedCount").asInt()).isEqualTo(1);
    }
}
