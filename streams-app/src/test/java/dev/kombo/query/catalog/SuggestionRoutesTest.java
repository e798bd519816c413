package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MinedBundles;
import dev.kombo.learning.mining.MinedSlot;
import dev.kombo.learning.mining.SuggestionIndex.Review;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import dev.kombo.serde.CatalogMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SuggestionRoutesTest {
    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    private void suggest(String id, long support) {
        MinedBundle bundle = new MinedBundle(id, List.of("cup", "tea"), support, 100, 2, 1.5, 945, 1050, "GBP", null);
        sources.engine.models().suggestions().put(new Suggestion(bundle, 3000, false));
    }

    @Test
    void shouldListPageByPageTheStrongestFirst() throws Exception {
        suggest("mined-weak", 5);
        suggest("mined-strong", 50);
        suggest("mined-middle", 20);

        JsonNode first = client.found("/v1/suggestions?limit=2");
        JsonNode second = client.found(
                "/v1/suggestions?limit=2&after=" + first.path("next").asText());

        assertThat(first.path("suggestions").findValuesAsText("bundleId"))
                .containsExactly("mined-strong", "mined-middle");
        assertThat(second.path("suggestions").findValuesAsText("bundleId")).containsExactly("mined-weak");
        assertThat(second.path("next").isNull()).isTrue();
        JsonNode strong = first.path("suggestions").path(0);
        assertThat(strong.path("price").toString()).isEqualTo("{\"amountMinor\":1000,\"currency\":\"GBP\"}");
        assertThat(strong.path("members").path(1).path("title").asText()).isEqualTo("Green tea");
        assertThat(ApiClient.problem(400, client.get("/v1/suggestions?after=nonsense"))
                        .path("field")
                        .asText())
                .isEqualTo("after");
    }

    @Test
    void shouldSumUpWhatThereIsToOffer() throws Exception {
        suggest("tea-time", 50);
        suggest("mined-new", 5);

        JsonNode overview = client.found("/v1/overview");

        assertThat(overview.path("bundles").toString()).isEqualTo("{\"OFFERED\":1}");
        assertThat(overview.path("items").asInt()).isEqualTo(2);
        assertThat(overview.path("mined").asInt()).isEqualTo(1);
        assertThat(overview.path("waiting").asInt()).isEqualTo(1);
        JsonNode strongest = overview.path("strongest");
        assertThat(strongest.findValuesAsText("bundleId")).containsExactly("tea-time");
        assertThat(strongest.path(0).path("evidence").toString())
                .isEqualTo("{\"support\":50,\"orders\":100,\"lift\":2.0,\"liftLower\":1.5}");
        assertThat(client.found("/v1/bundles/tea-time").path("evidence"))
                .isEqualTo(strongest.path(0).path("evidence"));
    }

    @Test
    void shouldLeaveOutWhatIsInTheCatalogueOrWasDecidedOn() throws Exception {
        suggest("tea-time", 50);
        suggest("mined-bad", 20);
        suggest("mined-new", 5);
        sources.engine.models().suggestions().decide("mined-bad", Review.REJECTED);

        assertThat(client.found("/v1/suggestions").findValuesAsText("bundleId")).containsExactly("mined-new");
    }

    @Test
    void shouldNeitherListNorApproveWhenAPersonsBundleHasTheSameItems() throws Exception {
        suggest(MinedBundle.idOf(List.of("cup", "tea")), 50);
        MinedBundle same = new MinedBundle("x", List.of("cup", "tea"), 5, 9, 2, 1, 900, 999, "GBP", null);
        sources.catalog.putBundle(CatalogMapper.BUNDLES.toDomain(
                Bundle.newBuilder(CatalogMapper.BUNDLES.toAvro(MinedBundles.offered(same, sources.catalog, 1)))
                        .setOrigin(BundleOrigin.CURATED)
                        .build()));

        assertThat(client.found("/v1/suggestions").path("suggestions")).isEmpty();
        String approve = "/v1/suggestions/" + MinedBundle.idOf(List.of("cup", "tea")) + "/approve";
        ApiClient.problem(409, client.post(approve, null));
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldPutTheBundleIntoTheCatalogueWhenItIsApproved() throws Exception {
        suggest("mined-new", 5);

        assertThat(client.post("/v1/suggestions/mined-new/approve", null).statusCode())
                .isEqualTo(202);

        assertThat(sources.published)
                .extracting(Published::topic)
                .containsExactly("bundle-catalog", "suggestion-decision");
        assertThat(sources.published).extracting(Published::key).containsOnly("mined-new");
        Bundle bundle = (Bundle) sources.published.get(0).value();
        assertThat(bundle.getTitle()).isEqualTo("Cup + Green tea");
        assertThat(bundle.getOrigin()).isEqualTo(BundleOrigin.MINED);
        assertThat(bundle.getPriceMinor()).isEqualTo(1000);
        assertThat(sources.published.get(1).value())
                .isEqualTo(new SuggestionDecision("mined-new", SuggestionVerdict.APPROVED, 5000L, "127.0.0.1"));
    }

    @Test
    void shouldTellTheItemsOfASlotAndPublishItWhenItIsApproved() throws Exception {
        sources.catalog.putItem(new Item("rum", "Rum", "kitchen", 300, "GBP", Item.UNKNOWN, Item.UNLIMITED));
        MinedSlot slot = new MinedSlot("Teas", List.of("tea", "rum", "milk"), 1);
        MinedBundle bundle = new MinedBundle("mined-any", List.of("cup"), 30, 100, 2, 1.5, 945, 1050, "GBP", slot);
        sources.engine.models().suggestions().put(new Suggestion(bundle, 4000, false));
        sources.catalog.putBundle(new dev.kombo.catalog.Bundle(
                "a-cup-alone",
                "",
                List.of(new BundleMember("cup", 1)),
                700,
                700,
                "GBP",
                dev.kombo.catalog.Bundle.Origin.CURATED,
                0));

        JsonNode told = client.found("/v1/suggestions").path("suggestions").path(0);
        assertThat(told.at("/slot/items").findValuesAsText("itemId")).containsExactly("tea", "rum", "milk");
        assertThat(told.at("/slot/togetherOrders").asInt()).isEqualTo(1);

        assertThat(client.post("/v1/suggestions/mined-any/approve", null).statusCode())
                .isEqualTo(202);
        Bundle published = (Bundle) sources.published.get(0).value();
        assertThat(published.getTitle()).isEqualTo("Cup + Teas");
        assertThat(published.getMembers()).hasSize(1);
        assertThat(published.getListPriceMinor())
                .as("with its strongest item, also where another is cheaper")
                .isEqualTo(1050);
        assertThat(published.getSlots().get(0).getItems()).containsExactly("tea", "rum", "milk");
        assertThat(new CatalogRules(100, 1_000_000).problem(CatalogMapper.BUNDLES.toDomain(published)))
                .isNull();
    }

    @Test
    void shouldNameTheStrongestItemOfASlotWhenItsItemsHaveNoCategoryInCommon() {
        MinedSlot slot = new MinedSlot(MinedSlot.CHOICE, List.of("tea", "rum", "milk"), 1);
        MinedBundle bundle = new MinedBundle("mined-any", List.of("cup"), 30, 100, 2, 1.5, 945, 1050, "GBP", slot);

        assertThat(MinedBundles.offered(bundle, sources.catalog, 1).title()).isEqualTo("Cup + Green tea or 2 others");
    }

    @Test
    void shouldNotWriteTheBundleAgainWhenItIsInTheCatalogue() throws Exception {
        suggest("tea-time", 5);

        assertThat(client.post("/v1/suggestions/tea-time/approve", null).statusCode())
                .isEqualTo(202);
        assertThat(sources.published).extracting(Published::topic).containsExactly("suggestion-decision");
        sources.published.clear();
        ApiClient.problem(409, client.post("/v1/suggestions/tea-time/reject", null));
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldPublishTheRejectionOnlyWhenTheSuggestionIsKnown() throws Exception {
        suggest("mined-new", 5);

        assertThat(client.post("/v1/suggestions/mined-new/reject", null).statusCode())
                .isEqualTo(202);
        SuggestionDecision decision =
                (SuggestionDecision) sources.published.get(0).value();
        assertThat(decision.getVerdict()).isEqualTo(SuggestionVerdict.REJECTED);
        assertThat(sources.published).hasSize(1);
        ApiClient.problem(404, client.post("/v1/suggestions/mined-other/reject", null));
    }
}
