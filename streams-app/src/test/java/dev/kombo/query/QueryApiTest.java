package dev.kombo.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.ApiSettings;
import dev.kombo.entity.Entity;
import dev.kombo.math.StableHash;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.http.ApiServer.CannotListenException;
import dev.kombo.schema.ReportWindow;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryApiTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldShowMetricsInTheFormatOfPrometheusWhenTheInstanceIsNotReady() throws Exception {
        sources.ready = false;

        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body()).isEqualTo("kombo_running 1.0\n");
    }

    @Test
    void shouldShowTheProfileWhenTheUserIsKnown() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000));

        JsonNode profile = found("/v1/users/ann/profile");

        assertThat(profile.path("id").asText()).isEqualTo("ann");
        assertThat(profile.path("lastSeen").asLong()).isEqualTo(2000);
        assertThat(profile.path("events").toString()).isEqualTo("{\"VIEW\":4,\"PURCHASE\":1}");
        assertThat(profile.path("spend").toString()).isEqualTo("[{\"amountMinor\":450,\"currency\":\"GBP\"}]");
        assertThat(profile.path("enrollment").isNull()).isTrue();
    }

    @Test
    void shouldNameWhatIsInTheCart() throws Exception {
        ShopperState shopper = ScriptedSources.shopper(2000);
        shopper.behavior().cart().add("tea", 2, 1500);
        shopper.behavior().cart().add("no longer sold", 1, 1600);
        sources.profiles.put("u:ann", shopper);

        assertThat(found("/v1/users/ann/profile").path("cart").toString())
                .isEqualTo("[{\"itemId\":\"tea\",\"title\":\"Green tea\",\"quantity\":2,\"addedAt\":1500},"
                        + "{\"itemId\":\"no longer sold\",\"title\":null,\"quantity\":1,\"addedAt\":1600}]");
    }

    @Test
    void shouldTellWhatAShopperBoughtAndWasOffered() throws Exception {
        ShopperState shopper = ScriptedSources.shopper(
                2000, ScriptedSources.offer("older", 1000, 9000), ScriptedSources.offer("newer", 1500, 9000));
        var purchases = shopper.behavior().history().parts().purchases();
        purchases.add(StableHash.of(Entity.ofItem("tea")), 1000);
        purchases.add(StableHash.of(Entity.ofItem("tea")), 1700);
        purchases.add(StableHash.of(Entity.ofBundle("tea-time")), 1800);
        purchases.add(StableHash.of(Entity.ofItem("no longer sold")), 1900);
        sources.profiles.put("u:ann", shopper);

        JsonNode profile = found("/v1/users/ann/profile");

        assertThat(profile.path("bought").toString())
                .isEqualTo("[{\"itemId\":null,\"bundleId\":\"tea-time\",\"title\":\"Tea"
                        + " time\",\"times\":1,\"lastAt\":1800},{\"itemId\":\"tea\",\"bundleId\":null,\"title\":\"Green"
                        + " tea\",\"times\":2,\"lastAt\":1700}]");
        assertThat(profile.path("held")).isEmpty();
        assertThat(profile.path("offers").findValuesAsText("offerId")).containsExactly("newer", "older");
        assertThat(profile.at("/offers/0/bundles/0").toString())
                .isEqualTo("{\"bundleId\":\"tea-time\",\"title\":\"Tea time\",\"price\":{\"amountMinor\":1350,"
                        + "\"currency\":\"GBP\"},\"clicked\":false,\"dismissed\":false,\"bought\":false}");
    }

    @Test
    void shouldKeepSessionsApartWhenAUserHasTheSameName() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000));
        sources.profiles.put("s:ann", ScriptedSources.shopper(3000));

        assertThat(found("/v1/users/ann/profile?session=true").path("lastSeen").asLong())
                .isEqualTo(3000);
        assertThat(found("/v1/users/ann/profile?session=false").path("lastSeen").asLong())
                .isEqualTo(2000);
    }

    @Test
    void shouldDecodeTheIdWhenItHoldsCharactersThatMeanSomethingInAPath() throws Exception {
        for (String id : new String[] {"a/b c+d", "a//b", "a\\b", "a;b=c", "a%2Fb", ".", "..", "a?b#c"}) {
            sources.profiles.put("u:" + id, ScriptedSources.shopper(2000));
            String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8)
                    .replace("+", "%20")
                    .replace(".", "%2E");

            assertThat(found("/v1/users/" + encoded + "/profile").path("id").asText())
                    .isEqualTo(id);
        }
    }

    @Test
    void shouldShowTheLatestOfferThatHoldsWhenThereAreSeveral() throws Exception {
        sources.profiles.put(
                "u:ann",
                ScriptedSources.shopper(
                        2000,
                        ScriptedSources.offer("older", 1000, 9000),
                        ScriptedSources.offer("open", 1500, 2500),
                        ScriptedSources.offer("expired", 1900, 2000)));

        JsonNode slate = found("/v1/users/ann/offers");

        assertThat(slate.path("asOf").asLong()).isEqualTo(2000);
        assertThat(slate.path("offer").path("offerId").asText()).isEqualTo("open");
        assertThat(slate.at("/offer/bundles/0").toString())
                .isEqualTo(
                        "{\"bundleId\":\"tea-time\",\"rank\":1,\"propensity\":1.0,\"priceMinor\":1350,"
                                + "\"listPriceMinor\":1500,\"savingMinor\":150,\"currency\":\"GBP\","
                                + "\"members\":[{\"itemId\":\"tea\",\"quantity\":2,\"priceMinor\":810,\"slot\":\"drink\"},{\"itemId\":\"cup\",\"quantity\":1,\"priceMinor\":540,\"slot\":null}],\"personalPrice\":true,\"discountMinor\":null,"
                                + "\"alternatives\":[{\"slot\":\"drink\",\"itemId\":\"cocoa\",\"replaces\":\"tea\",\"priceMinor\":1300}]}");
        assertThat(slate.at("/offer/userId").asText()).isEqualTo("ann");
        assertThat(slate.at("/offer/display/titles/tea-time").asText()).isEqualTo("Tea time");
        assertThat(slate.at("/offer/display/items/tea/title").asText()).isEqualTo("Green tea");
    }

    @Test
    void shouldJudgeExpiryByTheMomentAskedForWhenOneIsGiven() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000, ScriptedSources.offer("one", 1500, 2500)));

        assertThat(found("/v1/users/ann/offers?at=2499")
                        .path("offer")
                        .path("offerId")
                        .asText())
                .isEqualTo("one");
        assertThat(found("/v1/users/ann/offers?at=2500").path("offer").isNull()).isTrue();
    }

    @Test
    void shouldShowItemAndWhatWasLearnedOfIt() throws Exception {
        JsonNode item = found("/v1/items/tea");

        assertThat(item.path("item").path("priceMinor").asLong()).isEqualTo(450);
        assertThat(item.path("item").path("stock").isNull()).isTrue();
        assertThat(item.path("model").path("vector").toString()).isEqualTo("[0.5,-1.0]");
        assertThat(item.path("model").path("popularityLong").asDouble()).isEqualTo(4);
        assertThat(item.path("model").path("lastPrice").path("amountMinor").asLong())
                .isEqualTo(440);
        assertThat(item.path("model").path("neighbors").toString())
                .isEqualTo("[{\"itemId\":\"cup\",\"weight\":2.5,\"orders\":3}]");
    }

    @Test
    void shouldShowTheBundle() throws Exception {
        JsonNode bundle = found("/v1/bundles/tea-time");

        assertThat(bundle.path("saving").path("amountMinor").asLong()).isEqualTo(100);
        assertThat(bundle.path("bundle").path("origin").asText()).isEqualTo("MINED");
        assertThat(bundle.path("bundle").path("validUntil").isNull()).isTrue();
        assertThat(bundle.path("members")).hasSize(2);
    }

    @Test
    void shouldShowTotalsFirstWhenThereAreReportsOfManyWindows() throws Exception {
        sources.reports.add(ScriptedSources.report(ReportWindow.HOUR, 3_600_000));
        sources.reports.add(ScriptedSources.report(ReportWindow.HOUR, 7_200_000));
        sources.reports.add(ScriptedSources.report(ReportWindow.TOTAL, 0));

        JsonNode reports = found("/v1/reports/conversions").path("reports");

        assertThat(reports.findValuesAsText("windowStart")).containsExactly("0", "7200000", "3600000");
        JsonNode arm = reports.path(0).path("arms").path(0);
        JsonNode amount = arm.path("amounts").path(0);
        assertThat(amount.path("currency").asText()).isEqualTo("GBP");
        assertThat(amount.path("attributedMinor").asLong()).isEqualTo(13500);
        assertThat(amount.path("viewThroughMinor").asLong()).isEqualTo(5400);
        assertThat(amount.path("revenuePerUser").asDouble()).isEqualTo(3086.25);
        assertThat(arm.path("viewThroughConversions").asLong()).isEqualTo(4);
        assertThat(arm.path("crossConversions").asLong()).isEqualTo(3);
        assertThat(arm.path("returnedShare").asDouble()).isEqualTo(0.1);
        assertThat(arm.path("dismissalRate").asDouble()).isEqualTo(0.005);
        assertThat(arm.path("placements").toString())
                .isEqualTo("[{\"placement\":\"home\",\"offers\":900,\"impressions\":800,\"clicks\":90,"
                        + "\"dismissals\":4,\"conversions\":8,"
                        + "\"attributedMinor\":{\"GBP\":10800}}]");
    }

    @Test
    void shouldAnswerNotFoundWhenAnIdIsUnknown() throws Exception {
        HttpResponse<String> response = get("/v1/users/nobody/profile");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        JsonNode problem = json.readTree(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("urn:kombo:problem:unknown-id");
        assertThat(problem.path("status").asInt()).isEqualTo(404);
        assertThat(problem.path("detail").asText()).isEqualTo("no user nobody is known");
        assertThat(problem.path("instance").asText()).isEqualTo("/v1/users/nobody/profile");
        assertThat(get("/v1/items/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/v1/bundles/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldAnswerProblemsWhenThePathOrTheMethodIsWrong() throws Exception {
        HttpResponse<String> wrongPath = get("/v2/nothing");
        HttpResponse<String> wrongMethod = client.send(
                HttpRequest.newBuilder(URI.create(api.url() + "/v1/items/tea/similar"))
                        .DELETE()
                        .build(),
                BodyHandlers.ofString());

        assertThat(wrongPath.statusCode()).isEqualTo(404);
        assertThat(json.readTree(wrongPath.body()).path("type").asText()).isEqualTo("urn:kombo:problem:unknown-path");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow").orElse("").split(", ", -1))
                .containsExactlyInAnyOrder("GET", "HEAD");
        assertThat(wrongMethod.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    }

    @Test
    void shouldAnswerHeadAsGetWouldBeWhenOnlyTheHeadersAreWanted() throws Exception {
        HttpResponse<String> whole = get("/v1/items/tea");
        HttpResponse<String> head = head("/v1/items/tea");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag"))
                .isPresent()
                .isEqualTo(whole.headers().firstValue("ETag"));
        assertThat(head("/v1/items/nothing").statusCode()).isEqualTo(404);
        sources.ready = false;
        assertThat(head("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldAnswerAProblemWhenTheRequestIsMalformed() throws Exception {
        HttpResponse<String> response = get("/v1/items/" + "x".repeat(9000));

        assertThat(response.statusCode()).isEqualTo(414);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(json.readTree(response.body()).path("status").asInt()).isEqualTo(414);
        assertThat(get("/v1/items/%00").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRememberNoSessionWhenSomebodyAsksForAWebSocket() throws Exception {
        HttpRequest handshake = HttpRequest.newBuilder(URI.create(api.url() + "/health/live"))
                .header("Sec-WebSocket-Version", "13")
                .build();

        HttpResponse<String> response = client.send(handshake, BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void shouldAnswerBadRequestWhenAParameterMakesNoSense() throws Exception {
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000));

        assertBadRequest("/v1/users/ann/profile?session=perhaps", "session must be true or false, found perhaps");
        assertBadRequest("/v1/users/ann/offers?at=1&at=2", "the parameter at is given more than once");
        assertBadRequest("/v1/users/ann/offers?at=noon", "at must be epoch milliseconds, found noon");
    }

    @Test
    void shouldAskToComeAgainWhenTheInstanceIsNotRunning() throws Exception {
        sources.ready = false;

        for (String path : new String[] {
            "/health/ready", "/v1/items/tea", "/v1/bundles/tea-time", "/v1/trending", "/v1/strategy", "/v1/suggestions"
        }) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).as(path).hasValue("1");
            assertThat(json.readTree(response.body()).path("detail").asText()).contains("REBALANCING");
        }
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAskToComeAgainWhenTheStoreMigrates() throws Exception {
        sources.migrating = true;

        HttpResponse<String> response = get("/v1/users/ann/offers");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void shouldSayThatItIsNotLiveWhenTheInstanceGaveUp() throws Exception {
        sources.live = false;

        assertThat(get("/health/live").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldNameTheAddressWhenThePortIsTaken() {
        int taken = URI.create(api.url()).getPort();

        assertThatThrownBy(() -> QueryApi.start(
                        ScriptedSources.config(Map.of(ApiSettings.PORT.name(), Integer.toString(taken))),
                        sources.sources()))
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("127.0.0.1:" + taken);
    }

    @Test
    void shouldLeaveNoThreadWhenClosed() {
        api.close();

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("kombo-api")));
    }

    private void assertBadRequest(String path, String detail) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json.readTree(response.body()).path("detail").asText()).isEqualTo(detail);
    }

    private JsonNode found(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(api.url() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> head(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(api.url() + path))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
