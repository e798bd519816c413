package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.query.ApiClient;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleSlot;
import dev.kombo.serde.CatalogMapper;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BundleEditRoutesTest extends CatalogEdits {
    @Test
    void shouldWorkOutWhatABundleIsWorthFromItsMembers() throws Exception {
        sources.catalog.putItem(new dev.kombo.entity.Item("pot", "Pot", null, 900, "GBP", 300, 4));
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
        sources.catalog.putItem(new dev.kombo.entity.Item("mug", "Mug", null, 700, "GBP", 300, 0));
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

    @Test
    void shouldRefuseANewBundleOfMoreThan64MembersAndLetOneOfBeforeKeepThem() throws Exception {
        String tooMany = "members has 65 entries, at most 64 are accepted";
        assertThat(refused("PUT", "/v1/bundles/new", wide(65))).isEqualTo(tooMany);
        assertThat(ApiClient.problem(400, post("/v1/bundles", wide(65).replaceFirst("\\{", "{\"bundleId\":\"new\",")))
                        .path("detail")
                        .asText())
                .contains(tooMany);
        accepted(client.change("PUT", "/v1/bundles/new", wide(64)));
        assertThat(refused("PATCH", "/v1/bundles/new", wide(65))).isEqualTo(tooMany);

        sources.catalog.putBundle(CatalogMapper.BUNDLES.toDomain(Bundle.newBuilder(lastBundle())
                .setBundleId("held")
                .setMembers(entries(100))
                .build()));
        accepted(client.change("PATCH", "/v1/bundles/held", "{\"priceMinor\": 900}"));
        assertThat(lastBundle().getMembers()).hasSize(100);
        JsonNode held = client.found("/v1/bundles/held").path("bundle");
        accepted(client.change("PUT", "/v1/bundles/held", held.toString()));
        importRow((ObjectNode) held);
        assertThat(refused("PATCH", "/v1/bundles/held", wide(101)))
                .isEqualTo("members has 101 entries, at most 64 are accepted");
        accepted(client.change("PATCH", "/v1/bundles/held", wide(99)));
        assertThat(lastBundle().getMembers()).hasSize(99);
        accepted(client.change("POST", "/v1/bundles/held/stop", ""));
        assertThat(lastBundle().getStoppedAt()).isNotNull();
    }

    @Test
    void shouldRefuseAmountsTimesAndRepeatsThatMakeNoSense() throws Exception {
        String set = "/v1/bundles/set";
        accepted(client.change("PUT", set, wide(2)));
        assertThat(refused("PATCH", set, "{\"marginMinor\": -9223372036854775807}"))
                .isEqualTo("marginMinor is -9223372036854775807, -10000000000 to 10000000000 is expected");
        assertThat(refused("PATCH", set, "{\"stock\": -2000000000}")).startsWith("stock is -2000000000, ");
        assertThat(refused("PATCH", set, "{\"validFrom\": 9, \"validUntil\": 3}"))
                .isEqualTo("validFrom is 9, a time before validUntil, 3, is expected");
        assertThat(refused("PATCH", set, "{\"createdAt\": " + (1L << 62) + "}")).startsWith("createdAt is ");
        String codes = String.join(",", Collections.nCopies(1_000, "\"codes\""));
        assertThat(refused("PATCH", set, "{\"combinesWith\": [" + codes + "]}"))
                .isEqualTo("combinesWith has 1000 entries, at most 2 are accepted");
        assertThat(refused("PATCH", "/v1/items/tea", "{\"updatedAt\": -1}")).startsWith("updatedAt is -1, ");
        accepted(client.change("PATCH", set, "{\"marginMinor\": -500, \"stock\": -3, \"combinesWith\": [\"codes\"]}"));
    }

    /** A bundle of so many members, as JSON. */
    private static String wide(int members) {
        return entries(members).stream()
                .map(member -> "{\"itemId\": \"" + member.getItemId() + "\"}")
                .collect(Collectors.joining(",", "{\"priceMinor\": 1000, \"currency\": \"GBP\", \"members\": [", "]}"));
    }

    private static List<BundleMember> entries(int members) {
        return IntStream.range(0, members)
                .mapToObj(i -> new BundleMember("item-" + i, 1))
                .toList();
    }

    private void mugs(long... prices) {
        for (int m = 0; m < prices.length; m++) {
            sources.catalog.putItem(
                    new dev.kombo.entity.Item("mug-" + m, "Mug " + m, "Mugs", prices[m], "GBP", 300, m));
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
        sources.catalog.putItem(new dev.kombo.entity.Item("gold", "Gold mug", "Mugs", 750, "GBP", 740, 5));
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
}
