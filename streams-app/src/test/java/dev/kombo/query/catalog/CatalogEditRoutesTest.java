package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.Item.Suitability;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.BundleSlot;
import dev.kombo.schema.Item;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogEditRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @BeforeEach
    void index() {
        sources.indexing = true;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Published last() {
        return sources.published.get(sources.published.size() - 1);
    }

    private Bundle lastBundle() {
        return (Bundle) last().value();
    }

    private JsonNode accepted(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return ApiClient.json(response);
    }

    @Test
    void shouldPublishAnItemWhenItIsPut() throws Exception {
        JsonNode answer = accepted(client.change("PUT", "/v1/items/pot%2F1", """
                {"title": "Pot", "priceMinor": 900, "currency": "GBP", "link": "/pot", "attributes": {"colour": "red"}}"""));

        assertThat(last().topic()).isEqualTo(sources.engine.topics().itemCatalog());
        assertThat(last().key()).isEqualTo("pot/1");
        Item item = (Item) last().value();
        assertThat(item.getItemId()).isEqualTo("pot/1");
        assertThat(item.getAttributes()).containsEntry("colour", "red");
        assertThat(item.getUpdatedAt()).isEqualTo(sources.systemTime);
        assertThat(answer.path("link").asText()).isEqualTo("/pot");
        assertThat(client.found("/v1/items/pot%2F1")
                        .path("attributes")
                        .path("colour")
                        .asText())
                .isEqualTo("red");
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
    void shouldListNoMoreThanAResponseHolds() throws Exception {
        Map<String, String> attributes =
                IntStream.range(0, 32).boxed().collect(Collectors.toMap(i -> "name-" + i, i -> "v".repeat(1_000)));
        IntStream.range(100, 200)
                .forEach(i -> sources.catalog.putItem(new dev.kombo.catalog.Item(
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

    private String refused(String method, String path, String body) throws Exception {
        return ApiClient.problem(400, client.change(method, path, body))
                .path("detail")
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

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
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
        sources.catalog.putItem(new dev.kombo.catalog.Item("cup", "Mug", null, 700, "GBP", -1, 9));
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
        CatalogChangeRoutes<dev.kombo.catalog.Item, Item> items =
                new CatalogChangeRoutes<>(sources.sources(), CatalogKind.ITEM);
        Thread stocked = new Thread(() ->
                items.published("cup", () -> cup(items.known("cup").title(), 5)));

        items.published("cup", () -> {
            dev.kombo.catalog.Item present = items.known("cup");
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

    private static dev.kombo.catalog.Item cup(String title, long stock) {
        return new dev.kombo.catalog.Item("cup", title, null, 600, "GBP", -1, stock);
    }

    @Test
    void shouldForgetAChangeThatTheBrokerDidNotTake() throws Exception {
        sources.brokerFailure = new TimeoutException("no broker");
        ApiClient.problem(503, client.change("PATCH", "/v1/items/cup", "{\"stock\": 5}"));
        sources.brokerFailure = null;

        accepted(client.change("PATCH", "/v1/items/cup", "{\"priceMinor\": 650}"));

        assertThat(((Item) last().value()).getStock()).isEqualTo(12);
    }

    @Test
    void shouldWorkOutWhatABundleIsWorthFromItsMembers() throws Exception {
        sources.catalog.putItem(new dev.kombo.catalog.Item("pot", "Pot", null, 900, "GBP", 300, 4));
        accepted(
                client.change(
                        "PUT",
                        "/v1/bundles/set",
                        "{\"members\": [{\"itemId\": \"cup\", \"quantity\": 2}, {\"itemId\": \"pot\"}], \"priceMinor\": 1800}"));

        Bundle set = lastBundle();
        assertThat(set.getCurrency()).isEqualTo("GBP");
        assertThat(set.getListPriceMinor()).isEqualTo(2100);
        assertThat(set.getMarginMinor()).isEqualTo(1800 - 2 * 200 - 300);
        assertThat(set.getCreatedAt()).isEqualTo(sources.systemTime);
        accepted(client.change("PATCH", "/v1/bundles/set?confirm=true", "{\"priceMinor\": 1700}"));
        assertThat(lastBundle().getMarginMinor()).isEqualTo(1000);
        accepted(client.change(
                "PATCH",
                "/v1/bundles/set?confirm=true",
                "{\"members\": [{\"itemId\": \"tea\"}, {\"itemId\": \"pot\"}]}"));
        assertThat(lastBundle().getListPriceMinor()).isEqualTo(1350);
        assertThat(lastBundle().getMarginMinor())
                .as("the cost of tea is not known")
                .isNull();
        accepted(client.change("PATCH", "/v1/bundles/set", "{\"marginMinor\": 5, \"priceMinor\": 1000}"));
        assertThat(lastBundle().getMarginMinor()).isEqualTo(5);
        accepted(client.change("PATCH", "/v1/bundles/set", "{\"title\": \"Set\"}"));
        assertThat(lastBundle().getMarginMinor()).isEqualTo(5);
    }

    @Test
    void shouldWorkOutThePriceWhenItFollowsFromARule() throws Exception {
        String set = "/v1/bundles/set";
        String members = "\"members\": [{\"itemId\": \"cup\", \"quantity\": 2}, {\"itemId\": \"tea\"}]";
        accepted(client.change("PUT", set, "{" + members + ", \"priceTiers\": [{\"discountBasisPoints\": 1000}]}"));

        assertThat(lastBundle().getPriceMinor()).isEqualTo(1485);
        assertThat(lastBundle().getMarginMinor()).as("follows the costs").isNull();
        JsonNode shown = client.found(set);
        assertThat(shown.path("priceTiers").path(0).asText()).isEqualTo("10% off");
        assertThat(shown.path("saving").path("amountMinor").asLong()).isEqualTo(165);
        accepted(client.change("PATCH", "/v1/items/tea", "{\"priceMinor\": 500}"));
        assertThat(client.found(set).path("price").path("amountMinor").asLong()).isEqualTo(1530);
        JsonNode listed = client.found("/v1/bundles?query=set").path("bundles").path(0);
        assertThat(listed.path("bundle").path("priceMinor").asLong()).isEqualTo(1530);
        importRow((ObjectNode) listed.path("bundle"));
        assertThat(lastBundle().getPriceTiers()).hasSize(1);
        accepted(client.change("PATCH", set, "{\"title\": \"Set\"}"));
        assertThat(lastBundle().getPriceTiers()).hasSize(1);
        accepted(client.change("PATCH", set, "{\"priceMinor\": 1400}"));
        assertThat(lastBundle().getPriceTiers())
                .as("a price that a person sets is fixed")
                .isEmpty();
        assertThat(lastBundle().getPriceMinor()).isEqualTo(1400);
    }

    @Test
    void shouldNameTheFieldOfABadRule() throws Exception {
        sources.catalog.putItem(new dev.kombo.catalog.Item("mug", "Mug", null, 700, "GBP", 300, 0));
        String cups = "[{\"itemId\": \"cup\", \"quantity\": 2}, {\"itemId\": \"mug\"}]";
        assertThat(refusedRule(cups, "{\"giftItemId\": \"mug\"}"))
                .isEqualTo("priceTiers[0].giftItemId has a stock of 0, and 1 are given away");
        assertThat(refusedRule(cups, "{\"discountMinor\": 1901}"))
                .isEqualTo("priceTiers[0].discountMinor is more than 1900, what the items cost");
        assertThat(refusedRule(cups, "{\"discountBasisPoints\": 3000}], \"minMarginMinor\": 700, \"segments\": ["))
                .isEqualTo(
                        "priceTiers[0] gives a price of 1330, below 1400, which minMarginMinor or maxDiscountBasisPoints asks for");
        assertThat(refusedRule(
                        "[{\"itemId\": \"pan\"}]",
                        "{\"discountBasisPoints\": 3000}], \"currency\": \"GBP\", \"segments\": ["))
                .isEqualTo("priceMinor is needed until all members have a price in one currency");
        assertThat(refusedRule(
                        cups, "{\"fromUnits\": 3, \"priceMinor\": 1500}, {\"fromUnits\": 5, \"priceMinor\": 2600}"))
                .isEqualTo("priceTiers[1].priceMinor is 2600, more for a unit than in the tier before");
        assertThat(refusedRule(cups, "{\"freeUnits\": 1}"))
                .isEqualTo("priceTiers[0].fromUnits is 0, 2 to 2147483647 is expected");
        assertThat(refusedRule(cups, "{\"fromUnits\": 2, \"freeUnits\": 9}"))
                .isEqualTo("priceTiers[0].freeUnits is 9, 1 to 1 is expected");
        assertThat(refusedRule(cups.replace("2}", "-2}"), "{\"priceMinor\": 100}"))
                .isEqualTo("members[0].quantity is -2, 1 to 10000 is expected");
        assertThat(refused("PUT", "/v1/bundles/set", "{\"members\": " + cups + "}"))
                .isEqualTo("priceMinor: priceMinor is needed");
        ApiClient.problem(409, client.change("PUT", "/v1/bundles/set", rule(cups, "{\"discountMinor\": 1000}")));
        assertThat(sources.published).isEmpty();
    }

    private void mugs(long... prices) {
        for (int m = 0; m < prices.length; m++) {
            sources.catalog.putItem(
                    new dev.kombo.catalog.Item("mug-" + m, "Mug " + m, "Mugs", prices[m], "GBP", 300, m));
        }
    }

    @Test
    void shouldTakeSlotsAndTiersAsTextsAndKeepTheFillOutOfTheRecord() throws Exception {
        mugs(900, 800, 700, 1_000);
        String any = "/v1/bundles/any";
        accepted(
                client.change(
                        "PUT",
                        any,
                        "{\"currency\": \"GBP\", \"slots\": [\"mugs: 2 of category Mugs\"], \"priceTiers\": [\"2 for 12.00\"]}"));

        assertThat(lastBundle().getMembers()).isEmpty();
        assertThat(lastBundle().getSlots())
                .containsExactly(new BundleSlot("mugs", List.of(), "Mugs", null, null, 2, 2L, false));
        assertThat(lastBundle().getPriceMinor()).isEqualTo(1_200);
        assertThat(lastBundle().getListPriceMinor())
                .as("of the cheapest that can be sold")
                .isEqualTo(1_500);
        assertThat(lastBundle().getMarginMinor()).as("follows what fills it").isNull();
        JsonNode shown = client.found(any);
        assertThat(shown.path("slots").path(0).asText()).isEqualTo("mugs: 2 of category Mugs");
        assertThat(shown.path("members")).isEmpty();
        assertThat(shown.path("filled").path(0).path("slot").asText()).isEqualTo("mugs");
        assertThat(shown.path("filled").path(0).path("members")).hasSize(2);
        JsonNode listed = client.found("/v1/bundles?query=any").path("bundles").path(0);
        assertThat(listed.path("slots")).isEqualTo(shown.path("slots"));
        importRow((ObjectNode) listed.path("bundle"));
        assertThat(lastBundle().getMembers()).isEmpty();
        accepted(client.change("PATCH", any, "{\"title\": \"Any two\"}"));
        assertThat(lastBundle().getSlots()).hasSize(1);
        accepted(client.change(
                "PATCH", any, "{\"slots\": [\"mugs: 1 of mug-1, mug-3\"], \"priceTiers\": [\"5% off\"]}"));
        assertThat(lastBundle().getPriceMinor()).isEqualTo(760);
        sources.catalog.removeItem("mug-1");
        sources.catalog.removeItem("mug-3");
        shown = client.found(any);
        assertThat(shown.path("state").asText()).isEqualTo("UNFILLABLE");
        assertThat(shown.path("unfilled").asText()).isEqualTo("mugs");
        accepted(client.change("PATCH", any, "{\"title\": \"It can still be changed\"}"));
    }

    @Test
    void shouldNameTheFieldOfABadSlot() throws Exception {
        mugs(900, 800, 700, 1_000);
        String any = "\"any: 2 of category Mugs\"";
        assertThat(refusedSlots("\"any: 2\"", "5% off")).startsWith("slots[0]: expected drink: 1 of tea, cola, ");
        assertThat(refusedSlots(any, "3 for two")).startsWith("priceTiers[0]: expected an amount such as 12.99");
        assertThat(refusedSlots("{\"name\": \"a\", \"units\": \"2\"}", "5% off"))
                .startsWith("slots[0].units: ");
        assertThat(refusedSlots("\"any: 1 of category Cups\"", "5% off"))
                .isEqualTo("slots[0].category is of no item that can be sold in GBP");
        assertThat(refusedSlots("\"any: 1 of mug-0, pan\"", "5% off"))
                .isEqualTo("slots[0].items is of no item that can be sold in GBP");
        assertThat(refusedSlots("\"any: 4 of category Mugs\"", "5% off"))
                .isEqualTo("slots[0].units is 4, but 3 items can be sold, which other slots may need as well");
        assertThat(refusedSlots(any + ", \"more: 2 of mug-1, mug-2, mug-3\"", "5% off"))
                .matches("slots\\[[01]].units is 2, but 3 items can be sold, which other slots may need as well");
        assertThat(refusedSlots(any, "15.01 off"))
                .isEqualTo("priceTiers[0].discountMinor is more than 1500, what the items cost");
        assertThat(refusedSlots(any, "2 for 12.00\"], \"minMarginMinor\": 601, \"segments\": [\""))
                .isEqualTo(
                        "priceTiers[0] gives a price of 1200, below 1201, which minMarginMinor or maxDiscountBasisPoints asks for");
        assertThat(refusedSlots(any, "gift mug-1"))
                .isEqualTo("priceTiers[0].giftItemId is mug-1, one of several members is expected");
        assertThat(refusedSlots(any, "3 for 12.00"))
                .isEqualTo("priceTiers[0].fromUnits is 3, but the bundle has 2 units");
        ApiClient.problem(409, client.change("PUT", "/v1/bundles/any", slots(any, "2 for 7.00")));
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldRefuseSlotsThatMakeNoSenseBeforeItLooksForTheirItems() throws Exception {
        mugs(900, 800, 700, 1_000);
        assertThat(refusedSlots("{\"name\": \"a\", \"units\": -1}", "5% off"))
                .isEqualTo("slots[0].units is -1, 1 to 64 is expected");
        assertThat(refusedSlots("{\"name\": \"a\", \"units\": 0}", "5% off"))
                .isEqualTo("slots[0].units is 0, 1 to 64 is expected");
        String nine = IntStream.range(0, 9)
                .mapToObj(s -> "{\"name\": \"s" + s + "\", \"units\": 1}")
                .collect(Collectors.joining(", "));
        assertThat(refusedSlots(nine, "5% off")).isEqualTo("slots has 9 entries, at most 8 are accepted");

        String row = "{\"bundleId\": \"%s\", \"currency\": \"GBP\", \"slots\": [{\"name\": \"a\", \"units\": %d}],"
                + " \"priceTiers\": [\"5%% off\"]}\n";
        JsonNode rows = accepted(post("/v1/bundles", row.formatted("bad", -1) + row.formatted("any", 2)));
        assertThat(rows.path("accepted").asInt()).isEqualTo(1);
        assertThat(rows.path("rejected").path(0).path("field").asText()).isEqualTo("slots[0].units");
        assertThat(lastBundle().getBundleId()).isEqualTo("any");
    }

    @Test
    void shouldJudgeThePriceOfSlotsWithTheCheapestTheDearestAndTheLeastProfitableItems() throws Exception {
        mugs(900, 800, 700, 1_000);
        String any = "\"any: 2 of category Mugs\"";
        String one = "\"any: 1 of category Mugs\"";
        sources.catalog.putItem(new dev.kombo.catalog.Item("gold", "Gold mug", "Mugs", 750, "GBP", 740, 5));
        assertThat(refusedSlots(one, "5% off\"], \"minMarginMinor\": 0, \"segments\": [\""))
                .startsWith("priceTiers[0] gives a price of 713, below 740, which minMarginMinor");
        assertThat(refused("PUT", "/v1/bundles/any", fixed(any, 1_200, "\"minMarginMinor\": 161")))
                .startsWith("priceMinor is 1200, below 1201, which minMarginMinor");
        assertThat(ApiClient.problem(
                                409, client.change("PUT", "/v1/bundles/any", fixed(any, 1_451, "\"title\": \"Any\"")))
                        .path("detail")
                        .asText())
                .startsWith("the price is above 14.50 GBP, what its items cost one by one");

        accepted(client.change("PUT", "/v1/bundles/any", fixed(any, 1_200, "\"minMarginMinor\": 160")));
        assertThat(refused("PATCH", "/v1/bundles/any", "{\"currency\": \"EUR\"}"))
                .isEqualTo("slots[0].category is of no item that can be sold in EUR");
        assertThat(refused(
                        "PUT",
                        "/v1/bundles/free",
                        "{\"currency\": \"XXX\", \"priceMinor\": 0, \"slots\": [\"any: 1 of pan\"]}"))
                .isEqualTo("slots[0].items is of no item that can be sold");
    }

    private static String fixed(String slots, long priceMinor, String more) {
        return "{\"currency\": \"GBP\", \"slots\": [" + slots + "], \"priceMinor\": " + priceMinor + ", " + more + "}";
    }

    private static String slots(String slots, String tier) {
        return "{\"currency\": \"GBP\", \"slots\": [" + slots + "], \"priceTiers\": [\"" + tier + "\"]}";
    }

    private String refusedSlots(String slots, String tier) throws Exception {
        return refused("PUT", "/v1/bundles/any", slots(slots, tier));
    }

    private static String rule(String members, String tiers) {
        return "{\"members\": " + members + ", \"priceTiers\": [" + tiers + "]}";
    }

    private String refusedRule(String members, String tiers) throws Exception {
        return refused("PUT", "/v1/bundles/set", rule(members, tiers));
    }

    @Test
    void shouldNotTakeForGivenWhatARowBringsAlongAsItWas() throws Exception {
        ObjectNode row = AvroJson.write(
                CatalogMapper.toAvro(sources.catalog.bundle("tea-time").bundle()));
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

    private void importRow(ObjectNode row) throws Exception {
        accepted(post("/v1/bundles", row.toString()));
    }

    @Test
    void shouldAskForAConfirmationWhenAPriceLooksLikeAMistake() throws Exception {
        for (int price : List.of(1_501, 700, 1)) {
            String body = "{\"priceMinor\": " + price + "}";
            assertThat(ApiClient.problem(409, client.change("PATCH", "/v1/bundles/tea-time", body))
                            .path("type")
                            .asText())
                    .endsWith("confirmation-needed");
            accepted(client.change("PATCH", "/v1/bundles/tea-time?confirm=true", body));
        }
        assertThat(lastBundle().getPriceMinor()).isEqualTo(1);
        accepted(client.change("PATCH", "/v1/bundles/tea-time", "{\"title\": \"Tea for one\"}"));
    }

    @Test
    void shouldShowTheLowestPriceOfThirtyDaysWhereItIsBelowTheListPrice() throws Exception {
        assertThat(client.found("/v1/bundles/tea-time").path("priorPrice").isNull())
                .isTrue();
        sources.catalog.changedAt(Long.MAX_VALUE / 2);
        for (long price : new long[] {100, 2_000}) {
            sources.catalog.putItem(new dev.kombo.catalog.Item("cup", "Mug", null, price, "GBP", -1, 9));
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

        String row =
                "{\"bundleId\": \"tea-time\", \"members\": [{\"itemId\": \"tea\"}], \"priceMinor\": 400, \"stoppedAt\": ";
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

        assertThat(last()).isEqualTo(new Published(sources.engine.topics().bundleCatalog(), id, null));
        SuggestionDecision decision =
                (SuggestionDecision) sources.published.get(1).value();
        assertThat(decision.getBundleId()).isEqualTo(id);
        assertThat(decision.getVerdict())
                .as("though its suggestion was taken back meanwhile")
                .isEqualTo(SuggestionVerdict.REJECTED);
        ApiClient.problem(404, client.get(path));
        MinedBundle bundle = new MinedBundle(id, members, 9, 100, 2, 1.5, 945, 1050, "GBP");
        sources.engine.models().suggestions().put(new Suggestion(bundle, 3000, true));
        accepted(client.post("/v1/suggestions/" + id + "/approve", null));
        assertThat(client.found(path).path("title").asText()).isEqualTo("Cup + Green tea");
        sources.published.clear();
        accepted(client.delete("/v1/bundles/tea-time"));
        assertThat(sources.published).as("one that a shop made").hasSize(1);
    }

    @Test
    void shouldFindByPartsOfIdsAndTitlesPageByPage() throws Exception {
        for (int i = 0; i < 5; i++) {
            sources.catalog.putItem(
                    new dev.kombo.catalog.Item("T-" + i, "Grüner (Tee) " + i, null, -1, null, -1, Long.MAX_VALUE));
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

    private HttpResponse<String> post(String path, String lines) throws Exception {
        return client.post(path, "application/x-ndjson; charset=utf-8", lines.getBytes(StandardCharsets.UTF_8));
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
