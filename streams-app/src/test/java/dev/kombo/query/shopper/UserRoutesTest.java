package dev.kombo.query.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OfferedPrice;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.topology.WrittenModels;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserRoutesTest {
    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldPreviewTheRankersSlateWhenNoOfferIsOpen() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.enrolled("treatment"));

        JsonNode slate = client.found("/v1/users/ann/offers");

        assertThat(slate.path("offer").isNull()).isTrue();
        JsonNode preview = slate.path("preview");
        assertThat(preview.path("arm").asText()).isEqualTo("treatment");
        assertThat(preview.path("policy").asText()).isEqualTo("revenue-1/prior");
        assertThat(slate.path("reason").isNull()).isTrue();
        JsonNode bundle = preview.path("bundles").path(0);
        assertThat(bundle.path("bundleId").asText()).isEqualTo("tea-time");
        assertThat(bundle.path("rank").asInt()).isEqualTo(1);
        assertThat(bundle.path("savingMinor").asLong()).isEqualTo(100);
        assertThat(bundle.path("nextChoiceProbability").isNull())
                .as("nothing was learned yet")
                .isTrue();
        assertThat(bundle.path("reasons")).isNotEmpty();
        assertThat(preview.at("/display/titles/tea-time").asText()).isEqualTo("Tea time");
        assertThat(slate.findValues("offerId")).isEmpty();
    }

    @Test
    void shouldPreviewNothingWhenTheShopperIsHeldOut() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.enrolled("holdout"));

        JsonNode offers = client.found("/v1/users/ann/offers");

        assertThat(offers.path("reason").asText()).isEqualTo("holdout");
        assertThat(offers.path("preview").isNull()).isTrue();
    }

    @Test
    void shouldPreviewNothingWhenNoStrategyRuns() throws Exception {
        List<Arm> arms = List.of(new Arm("all", Arm.Kind.TREATMENT, 1));
        WrittenModels.strategy(sources.engine.models(), new StrategyPlan(1, "later", arms, 9000, Long.MAX_VALUE));
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000));

        JsonNode offers = client.found("/v1/users/ann/offers");

        assertThat(offers.path("reason").asText()).isEqualTo("no-strategy");
        assertThat(offers.path("preview").isNull()).isTrue();
        assertThat(client.found("/v1/users/ann/offers?at=9000")
                        .path("preview")
                        .path("arm")
                        .asText())
                .isEqualTo("all");
    }

    @Test
    void shouldAnswerForPlacementAndSizeWhenTheyAreGiven() throws Exception {
        ShopperState shopper = ScriptedSources.shopper(2000, ScriptedSources.offer("home", 1500, 2500));
        shopper.enrollment(new Enrollment("kombo-default", "treatment", 0, 100));
        sources.profiles.put("u:ann", shopper);

        assertThat(client.found("/v1/users/ann/offers?placement=default&n=1")
                        .path("offer")
                        .path("bundles"))
                .hasSize(1);
        JsonNode elsewhere = client.found("/v1/users/ann/offers?placement=cart");
        assertThat(elsewhere.path("offer").isNull()).isTrue();
        assertThat(elsewhere.path("preview").isObject()).isTrue();
        JsonNode problem = ApiClient.problem(400, client.get("/v1/users/ann/offers?n=0"));
        assertThat(problem.path("field").asText()).isEqualTo("n");
    }

    @Test
    void shouldTellOfAnOfferWhatHasEndedSince() throws Exception {
        OfferedBundle first = ScriptedSources.offer("any", 0, 0).bundles().get(0);
        OfferedBundle other = new OfferedBundle(
                "tea-only",
                2,
                new OfferedPrice(1350, 150, "GBP"),
                first.members(),
                List.of(),
                OfferedBundle.NO_FEATURES);
        Assignment assignment = new Assignment("kombo-default", "treatment", 0);
        ShopperState shopper = ScriptedSources.shopper(
                2000, new OpenOffer("one", "default", assignment, 1500, 9000, 9500, List.of(first, other)));
        shopper.enrollment(new Enrollment("kombo-default", "treatment", 0, 100));
        sources.profiles.put("u:ann", shopper);
        JsonNode shown = client.found("/v1/users/ann/offers");
        assertThat(shown.path("offer").findValuesAsText("bundleId")).containsExactly("tea-time");
        assertThat(shown.path("ended").path(0).asText())
                .as("not in the catalogue")
                .isEqualTo("tea-only");

        sources.catalog.putBundle(sources.catalog.bundle("tea-time").bundle().stop(4_000));

        JsonNode after = client.found("/v1/users/ann/offers");
        assertThat(after.path("offer").isNull()).as("nothing is left of it").isTrue();
        assertThat(after.path("reason").asText()).isEqualTo("no-longer-valid");
        sources.ready = false;
        assertThat(client.found("/v1/users/ann/offers")
                        .path("offer")
                        .path("bundles")
                        .findValuesAsText("bundleId"))
                .as("a catalogue that is still being read")
                .containsExactly("tea-only");
    }

    @Test
    void shouldTakeTheShopsTimeForNowWhenEventsHaveToldIt() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000, ScriptedSources.offer("one", 1500, 2500)));
        assertThat(client.found("/v1/users/ann/offers").path("asOf").asLong()).isEqualTo(2000);

        // An event of 2,300 came when the machine's clock said 4,900; by now it says 5,000.
        WrittenModels.accepted(sources.engine.models(), 2300, 4900);
        JsonNode open = client.found("/v1/users/ann/offers");
        assertThat(open.path("asOf").asLong()).isEqualTo(2400);
        assertThat(open.path("offer").path("offerId").asText()).isEqualTo("one");

        sources.systemTime = 5100;
        assertThat(client.found("/v1/users/ann/offers").path("offer").isNull()).isTrue();
    }

    @Test
    void shouldMarkTheAnswerWhenItComesFromACopyThatMayBeBehind() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000));
        sources.stale = true;

        HttpResponse<String> response = client.get("/v1/users/ann/profile");

        assertThat(response.headers().firstValue("X-Kombo-Stale")).hasValue("true");
        assertThat(ApiClient.json(response).path("stale").asBoolean()).isTrue();
        // That a copy does not know somebody means nothing.
        ApiClient.problem(503, client.get("/v1/users/nobody/profile"));
    }

    @Test
    void shouldPublishAnErasureRequestUnderTheUsersKeyWhenAUserIsDeleted() throws Exception {
        HttpResponse<String> response = client.delete("/v1/users/a%2Fnn");

        assertThat(response.statusCode()).isEqualTo(202);
        Published published = sources.published.get(0);
        assertThat(published.topic()).isEqualTo("erasure-request");
        assertThat(published.key()).isEqualTo("a/nn");
        assertThat(published.value()).isEqualTo(new ErasureRequest("a/nn", 5000L, null));

        assertThat(client.delete("/v1/users/visit?session=true").statusCode()).isEqualTo(202);
        assertThat(sources.published.get(1).key()).isEqualTo("visit");
        assertThat(sources.published.get(1).value()).isEqualTo(new ErasureRequest("", 5000L, "visit"));

        assertThat(ApiClient.problem(400, client.delete("/v1/users/" + "x".repeat(129)))
                        .path("field")
                        .asText())
                .isEqualTo("id");
        sources.brokerFailure = new IllegalStateException("no broker");
        assertThat(ApiClient.problem(503, client.delete("/v1/users/ann"))
                        .path("detail")
                        .asText())
                .contains("no broker");
    }

    @Test
    void shouldExplainSignalsAndPlaceWhenABundleMayBeOffered() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.enrolled("treatment"));

        JsonNode explanation = client.found("/v1/explain?user=ann&bundle=tea-time");

        assertThat(explanation.path("offered").asBoolean()).isTrue();
        assertThat(explanation.path("rule").isNull()).isTrue();
        assertThat(explanation.path("ranker").asText()).isEqualTo("prior");
        assertThat(explanation.path("place").asInt()).isEqualTo(1);
        assertThat(explanation.path("position").asInt()).isEqualTo(1);
        double sum = explanation.path("intercept").asDouble();
        for (JsonNode signal : explanation.path("signals")) {
            sum += signal.path("contribution").asDouble();
        }
        // The first ranker is linear: what the signals contribute is the whole score.
        assertThat(explanation.path("score").asDouble()).isCloseTo(sum, Offset.offset(1e-4));
    }

    @Test
    void shouldNameTheRuleWhenABundleIsNotOffered() throws Exception {
        sources.catalog.removeItem("cup");
        sources.profiles.put("u:ann", ScriptedSources.enrolled("treatment"));

        JsonNode unpriced = client.found("/v1/explain?user=ann&bundle=tea-time");
        assertThat(unpriced.path("offered").asBoolean()).isFalse();
        assertThat(unpriced.path("rule").asText()).isEqualTo("unpriced");
        assertThat(unpriced.path("position").isNull()).isTrue();
        assertThat(unpriced.path("signals")).isNotEmpty();

        sources.catalog.removeBundle("tea-time");
        JsonNode gone = client.found("/v1/explain?user=ann&bundle=tea-time");
        assertThat(gone.path("rule").asText()).isEqualTo("not-in-catalogue");
        assertThat(gone.path("score").isNull()).isTrue();
        assertThat(gone.path("signals")).isEmpty();
    }

    @Test
    void shouldSayThatNobodyIsOfferedAnythingWhenTheShopperIsHeldOut() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.enrolled("holdout"));

        JsonNode explanation = client.found("/v1/explain?user=ann&bundle=tea-time");

        assertThat(explanation.path("reason").asText()).isEqualTo("holdout");
        assertThat(explanation.path("offered").asBoolean()).isFalse();
        assertThat(explanation.path("rule").isNull()).isTrue();
    }

    @Test
    void shouldRefuseToExplainWhatIsNotNamedOrNotKnown() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000));

        assertThat(ApiClient.problem(400, client.get("/v1/explain?user=ann"))
                        .path("field")
                        .asText())
                .isEqualTo("bundle");
        assertThat(ApiClient.problem(404, client.get("/v1/explain?user=ann&bundle=nothing"))
                        .path("detail")
                        .asText())
                .isEqualTo("no bundle nothing is known");
        assertThat(ApiClient.problem(404, client.get("/v1/explain?user=nobody&bundle=tea-time"))
                        .path("detail")
                        .asText())
                .isEqualTo("no user nobody is known");
    }
}
