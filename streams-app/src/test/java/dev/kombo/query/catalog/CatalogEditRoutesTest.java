package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.config.Topic;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.schema.Item;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogEditRoutesTest extends CatalogEdits {
    @Test
    void shouldPublishAnItemWhenItIsPut() throws Exception {
        JsonNode answer = accepted(client.change("PUT", "/v1/items/pot%2F1", """
            {"title": "Pot", "priceMinor": 900, "currency": "GBP", "link": "/pot", "attributes": {"colour": "red"}}\
            """));

        assertThat(last().topic()).isEqualTo(sources.engine.topics().name(Topic.ITEM_CATALOG));
        assertThat(last().key()).isEqualTo("pot/1");
        Item item = (Item) last().value();
        assertThat(item.getItemId()).isEqualTo("pot/1");
        assertThat(item.getAttributes()).containsEntry("colour", "red");
        assertThat(item.getUpdatedAt()).isEqualTo(sources.systemTime);
        assertThat(answer.path("link").asText()).isEqualTo("/pot");
        assertThat(client.found("/v1/items/pot%2F1").path("item"))
                .as("as PUT accepts it")
                .isEqualTo(answer);
    }

    @Test
    void shouldRefuseWhatTheStreamWouldRefuse() throws Exception {
        assertThat(refused("PUT", "/v1/items/pot", "{\"priceMinor\": 900}"))
                .isEqualTo("currency is not a code of ISO 4217, such as GBP");
        assertThat(refused("PUT", "/v1/items/pot", "{\"price\": 900}"))
                .isEqualTo("price: there is no field of this name in Item");
        assertThat(refused("PUT", "/v1/items/pot", "{\"itemId\": \"pan\"}"))
                .startsWith("itemId differs from the id in the path");
        assertThat(refused("PUT", "/v1/items/pot", "[]")).isEqualTo("an object is expected");
        assertThat(refused("PUT", "/v1/bundles/set", "{\"members\": [], \"priceMinor\": 1, \"currency\": \"GBP\"}"))
                .isEqualTo("members is empty");
        assertThat(refused("PUT", "/v1/bundles/set", "{\"members\": [{\"itemId\": \"x\"}], \"priceMinor\": 1}"))
                .isEqualTo("currency is not a code of ISO 4217, such as GBP");
        assertThat(refused("PATCH", "/v1/items/tea", "{\"stock\": \"many\"}")).startsWith("stock: ");
        ApiClient.problem(404, client.change("PATCH", "/v1/items/nothing", "{}"));
        ApiClient.problem(404, client.delete("/v1/items/nothing"));
        ApiClient.problem(404, client.post("/v1/bundles/nothing/stop", null));
        ApiClient.problem(415, client.post("/v1/items", "{}"));
        ApiClient.problem(415, client.post("/v1/items", "text/csv", "itemId\na\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldNameTheFieldWhoseTextIsTooLong() throws Exception {
        String title = "t".repeat(900_000);
        assertThat(faulty("/v1/items/tea", JSON.createObjectNode().put("title", title)))
                .isEqualTo("title");
        assertThat(faulty("/v1/bundles/tea-time", JSON.createObjectNode().put("title", title)))
                .isEqualTo("title");
        assertThat(faulty("/v1/items/tea", JSON.createObjectNode().put("link", "/" + title)))
                .isEqualTo("link");
        ObjectNode item = JSON.createObjectNode();
        IntStream.range(0, 20_000).forEach(i -> item.withObject("attributes").put("name-" + i, "value"));
        assertThat(faulty("/v1/items/tea", item)).isEqualTo("attributes");
        assertThat(sources.published).isEmpty();
    }

    private String faulty(String path, ObjectNode change) throws Exception {
        return ApiClient.problem(400, client.change("PATCH", path, change.toString()))
                .path("field")
                .asText();
    }

    @Test
    void shouldNeedTheRoleOfAdmin() throws Exception {
        Map<String, String> tokens =
                Map.of(ApiSettings.TOKENS.name(), "reader:read:" + ApiToken.hash("a token of twenty letters"));
        try (QueryApi guarded = QueryApi.start(ScriptedSources.config(tokens), sources.sources())) {
            ApiClient reader = new ApiClient(guarded.url());
            String[] token = {"Authorization", "Bearer a token of twenty letters"};
            ApiClient.problem(403, reader.change("PUT", "/v1/items/pot", "{}", token));
            ApiClient.problem(403, reader.change("PATCH", "/v1/items/tea", "{}", token));
            ApiClient.problem(403, reader.delete("/v1/bundles/tea-time", token));
            ApiClient.problem(403, reader.post("/v1/bundles/tea-time/stop", null, token));
            ApiClient.problem(403, reader.post("/v1/items", "{}", token));
            assertThat(reader.get("/v1/items", token).statusCode()).isEqualTo(200);
        }
        assertThat(sources.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/items/cup", "/v1/bundles/tea-time"})
    void shouldRefuseAChangeWhenTheEntryIsNotTheOneThatWasRead(String path) throws Exception {
        String read = tag(client.get(path));

        String written = tag(client.change("PATCH", path, "{\"title\": \"One\"}", "If-Match", read));

        assertThat(written).isNotEqualTo(read);
        JsonNode problem =
                ApiClient.problem(412, client.change("PATCH", path, "{\"title\": \"Two\"}", "If-Match", read));
        assertThat(problem.path("detail").asText()).contains("was changed since it was read");
        ApiClient.problem(412, client.delete(path, "If-Match", read));
        ApiClient.problem(412, client.change("PUT", path + "-2", "{}", "If-Match", "*"));
        assertThat(sources.published).hasSize(1);
        accepted(client.change("PATCH", path, "{\"title\": \"Two\"}", "If-Match", "\"other\", " + written));
        String weakened = "W/" + tag(client.get(path));
        accepted(client.change("PATCH", path, "{\"title\": \"Three\"}", "If-Match", weakened));
        ApiClient.problem(412, client.change("PATCH", path, "{\"title\": \"Four\"}", "If-Match", weakened));
        accepted(client.change("PATCH", path, "{\"title\": \"Three\"}", "If-Match", "*"));
        accepted(client.change("PATCH", path, "{\"title\": \"Four\"}"));
    }

    @Test
    void shouldGiveEqualEntriesTheSameTagInEachProcess() throws Exception {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g", "h");
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);

        HttpResponse<String> one = client.change("PUT", "/v1/items/pot", described(names));
        HttpResponse<String> other = client.change("PUT", "/v1/items/pot", described(reversed));

        assertThat(tag(other)).isEqualTo(tag(one));
        // Java iterates in another order in each process; in this one, it is hardly ever that of the names.
        JsonNode item = accepted(other);
        assertThat(item.path("attributes").fieldNames()).toIterable().containsExactlyElementsOf(names);
        assertThat(item.path("segments")).extracting(JsonNode::asText).containsExactlyElementsOf(names);
        assertThat(item.path("requires")).extracting(JsonNode::asText).containsExactlyElementsOf(names);
    }

    private static String described(List<String> names) {
        String list = names.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
        return "{\"segments\":" + list + ",\"requires\":" + list + ",\"attributes\":"
                + names.stream().map(name -> "\"" + name + "\":\"1\"").collect(Collectors.joining(",", "{", "}")) + "}";
    }

    @Test
    void shouldChangeOnlyWhatIsSentWhenItIsPatched() throws Exception {
        accepted(client.change("PATCH", "/v1/items/cup", "{\"stock\": 5, \"costMinor\": null}"));

        Item cup = (Item) last().value();
        assertThat(cup.getStock()).isEqualTo(5);
        assertThat(cup.getCostMinor()).isNull();
        assertThat(cup.getPriceMinor()).isEqualTo(600);
        assertThat(cup.getTitle()).isEqualTo("Cup");
    }

    @Test
    void shouldKeepEachOfTwoChangesWhenTheIndexIsBehind() throws Exception {
        sources.indexing = false;

        accepted(client.change("PATCH", "/v1/items/cup", "{\"stock\": 5}"));
        accepted(client.change("PATCH", "/v1/items/cup", "{\"priceMinor\": 650}"));
        accepted(client.change("PATCH", "/v1/items/cup", "{\"title\": \"Big cup\"}"));

        Item cup = (Item) last().value();
        assertThat(cup.getStock()).isEqualTo(5);
        assertThat(cup.getPriceMinor()).isEqualTo(650);
        // A shop's own producer has the last word once the index tells of it.
        sources.catalog.putItem(new dev.kombo.entity.Item("cup", "Mug", null, 700, "GBP", -1, 9));
        accepted(client.change("PATCH", "/v1/items/cup", "{\"stock\": 8}"));
        assertThat(((Item) last().value()).getTitle()).isEqualTo("Mug");
        accepted(client.delete("/v1/items/cup"));
        ApiClient.problem(404, client.change("PATCH", "/v1/items/cup", "{\"stock\": 8}"));
        sources.systemTime = 65_000;
        accepted(client.change("PATCH", "/v1/items/cup", "{\"stock\": 8}"));
    }

    @Test
    void shouldKeepEachOfTwoChangesThatComeAtTheSameTime() throws Exception {
        sources.indexing = false;
        CatalogChangeRoutes<dev.kombo.entity.Item, Item> items =
                new CatalogChangeRoutes<>(sources.sources(), CatalogKind.ITEM);
        Thread stocked = new Thread(() ->
                items.published("cup", () -> cup(items.known("cup").title(), 5)));

        items.published("cup", () -> {
            dev.kombo.entity.Item present = items.known("cup");
            stocked.start();
            while (stocked.getState() == Thread.State.NEW || stocked.getState() == Thread.State.RUNNABLE) {
                Thread.onSpinWait();
            }
            return cup("Mug", present.stock());
        });
        stocked.join();

        assertThat(items.known("cup").title()).isEqualTo("Mug");
        assertThat(items.known("cup").stock()).isEqualTo(5);
    }

    @Test
    void shouldForgetAChangeThatTheBrokerDidNotTake() throws Exception {
        sources.brokerFailure = new TimeoutException("no broker");
        ApiClient.problem(503, client.change("PATCH", "/v1/items/cup", "{\"stock\": 5}"));
        sources.brokerFailure = null;

        accepted(client.change("PATCH", "/v1/items/cup", "{\"priceMinor\": 650}"));

        assertThat(((Item) last().value()).getStock()).isEqualTo(12);
    }
}
