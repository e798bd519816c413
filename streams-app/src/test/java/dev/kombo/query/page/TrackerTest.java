package dev.kombo.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.ApiToken;
import dev.kombo.config.TrackerSettings;
import dev.kombo.entity.Item;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.schema.BehaviorEvent;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages may do, and what somebody who is no page gets away with. */
class TrackerTest {
    private static final String SESSION = "web-0123456789abcdef0123456789abcdef";
    private static final String WHO = "?key=shop-key&session=" + SESSION;
    private static final String VIEW = event("VIEW", "\"itemId\": \"tea\"");
    private static final String SHOP = "https://shop.example";
    private static final String SECRET = "hush, hush, hush, hush, hush, hus";
    /** HMAC-SHA256 of ann by the secret, as openssl says. */
    private static final String ANN = "22f3411d5c5adf04269057ad7aa66444b066addd1077ee70c8c8fff899ed8e35";

    private ScriptedSources sources;
    private QueryApi api;
    private ApiClient client;

    private void start(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put(TrackerSettings.KEY_SHOWN.name(), "shop-key");
        settings.put(TrackerSettings.ORIGINS.name(), SHOP);
        settings.put(TrackerSettings.USER_SECRET.name(), SECRET);
        settings.putAll(more);
        sources = new ScriptedSources(settings).withTeaShop();
        api = QueryApi.start(ScriptedSources.config(settings), sources.sources());
        client = new ApiClient(api.url());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String event(String type, String more) {
        return "{\"eventId\": \"e\", \"type\": \"" + type + "\", \"eventTime\": 1" + (more.isEmpty() ? "" : ", ") + more
                + "}";
    }

    private HttpResponse<String> send(String who, String events, String... headers) throws Exception {
        return client.post("/v1/tracker/events" + who, events, headers);
    }

    private List<BehaviorEvent> published() {
        return sources.published.stream()
                .map(record -> (BehaviorEvent) record.value())
                .toList();
    }

    @Test
    void shouldTakeWhatAVisitorDoesAsOfNowAndOfThatVisit() throws Exception {
        start(Map.of());
        HttpResponse<String> taken = send(WHO, "[" + VIEW + "]", "Origin", SHOP);

        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
        assertThat(ApiClient.json(taken).path("at").asLong()).isEqualTo(sources.systemTime);
        assertThat(published()).singleElement().satisfies(event -> {
            assertThat(event.getEventId()).matches("web:[0-9a-f]{1,16}:e");
            assertThat(event.getSessionId()).isEqualTo(SESSION);
            assertThat(event.getUserId()).isNull();
            assertThat(event.getEventTime()).isEqualTo(sources.systemTime);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a purchase; PURCHASE; \"itemId\": \"tea\", \"unitPriceMinor\": 1, \"currency\": \"GBP\"; type",
                "a rating; RATING; \"itemId\": \"tea\", \"ratingValue\": 5; type",
                "a currency of a view; VIEW; \"itemId\": \"tea\", \"currency\": \"GBP\"; currency",
                "an order of a view; VIEW; \"itemId\": \"tea\", \"orderId\": \"o-1\"; orderId",
                "a rating of a view; VIEW; \"itemId\": \"tea\", \"ratingValue\": 5.0; ratingValue",
                "a million; ADD_TO_CART; \"itemId\": \"tea\", \"quantity\": 1000000; quantity",
                "a price of a view; VIEW; \"itemId\": \"tea\", \"unitPriceMinor\": 9, \"currency\": \"GBP\"; unitPriceMinor",
                "another user; VIEW; \"itemId\": \"tea\", \"userId\": \"ann\"; userId",
                "another session; VIEW; \"itemId\": \"tea\", \"sessionId\": \"web-x\"; userId",
                "a segment; VIEW; \"itemId\": \"tea\", \"attributes\": {\"segments\": \"rich\"}; attributes",
                "a discount on the cart; ADD_TO_CART; \"itemId\": \"tea\", \"cartDiscountBasisPoints\": 9000; cartDiscountBasisPoints",
                "the past; VIEW; \"itemId\": \"tea\", \"history\": true; history"
            })
    void shouldRefuseWhatAPageHasNoWordIn(String what, String type, String more, String field) throws Exception {
        start(Map.of());

        assertThat(ApiClient.problem(400, send(WHO, event(type, more)))
                        .path("field")
                        .asText())
                .as(what)
                .isEqualTo(field);
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldTakeIdsThatAreAsLongAsIdsMayBeAndKeepThemApart() throws Exception {
        start(Map.of());
        String other = "?key=shop-key&session=web-fedcba9876543210fedcba9876543210";
        String longest = "x".repeat(127);
        for (String who : List.of(WHO, WHO, other)) {
            assertThat(send(who, viewOf(longest + "1")).statusCode()).isEqualTo(202);
        }
        send(WHO, viewOf(longest + "2"));

        List<String> ids = published().stream().map(BehaviorEvent::getEventId).toList();
        assertThat(ids)
                .hasSize(4)
                .allSatisfy(id -> assertThat(id).startsWith("web:").hasSizeLessThanOrEqualTo(128));
        assertThat(ids.get(1)).as("sent again").isEqualTo(ids.get(0));
        assertThat(Set.copyOf(ids)).as("of another visit, and another id").hasSize(3);

        JsonNode problem = ApiClient.problem(400, send(WHO, viewOf(longest + "12")));
        assertThat(problem.path("detail").asText()).contains("129 characters, at most 128");
    }

    private static String viewOf(String id) {
        return VIEW.replace("\"e\"", "\"" + id + "\"");
    }

    @Test
    void shouldTakePurchasesWhereTheShopSaysSo() throws Exception {
        start(Map.of(TrackerSettings.TYPES.name(), "PURCHASE"));
        String line = "\"itemId\": \"tea\", \"orderId\": \"o\", \"unitPriceMinor\": 450, \"currency\": \"GBP\"";

        assertThat(send(WHO, event("PURCHASE", line)).statusCode()).isEqualTo(202);
        assertThat(send(WHO, VIEW).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldTakeAUserIdOnlyWithTheSignatureOfTheShopsServer() throws Exception {
        start(Map.of());

        ApiClient.problem(403, send(WHO + "&user=ann", VIEW));
        ApiClient.problem(403, send(WHO + "&user=bob&signature=" + ANN, VIEW));
        assertThat(published()).isEmpty();
        assertThat(send(WHO + "&user=ann&signature=" + ANN, VIEW).statusCode()).isEqualTo(202);
        assertThat(published().get(0).getUserId()).isEqualTo("ann");
    }

    @Test
    void shouldTakeNoUserIdAtAllWithoutASecret() throws Exception {
        start(Map.of());
        sources = new ScriptedSources(Map.of(TrackerSettings.KEY_SHOWN.name(), "shop-key"));
        try (QueryApi other = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources())) {
            ApiClient.problem(
                    403,
                    new ApiClient(other.url()).post("/v1/tracker/events" + WHO + "&user=ann&signature=" + ANN, VIEW));
        }
    }

    @Test
    void shouldAnswerNoOtherSiteNoOtherKeyAndNoSessionThatCouldBeGuessed() throws Exception {
        start(Map.of());

        HttpResponse<String> foreign = send(WHO, VIEW, "Origin", "https://evil.example");
        ApiClient.problem(403, foreign);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        ApiClient.problem(403, client.get("/v1/tracker/offers" + WHO, "Origin", "https://evil.example"));
        ApiClient.problem(403, preflight("https://evil.example"));
        ApiClient.problem(403, send("?key=other&session=" + SESSION, VIEW));
        ApiClient.problem(400, send("?key=shop-key&session=42", VIEW));
        assertThat(published()).isEmpty();
    }

    @Test
    void shouldTellABrowserThatPagesOfTheShopMayAsk() throws Exception {
        start(Map.of());
        HttpResponse<String> answer = preflight(SHOP);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).hasValue("Content-Type");
    }

    @Test
    void shouldCountTheQuestionsOfBrowsersAsRequests() throws Exception {
        start(Map.of(TrackerSettings.RATE.name(), "1"));
        assertThat(preflight(SHOP).statusCode()).isEqualTo(200);
        assertThat(preflight(SHOP).statusCode()).isEqualTo(200);

        ApiClient.problem(429, preflight(SHOP));
        ApiClient.problem(429, send(WHO, VIEW));
    }

    private HttpResponse<String> preflight(String origin) throws Exception {
        return client.options("/v1/tracker/events" + WHO, "Origin", origin);
    }

    @Test
    void shouldLetInAsManySessionsOfAnAddressAsTheLimitSays() throws Exception {
        start(Map.of(
                TrackerSettings.RATE.name(), "100000",
                TrackerSettings.KEY_RATE.name(), "100000",
                ApiSettings.RATE.name(), "0"));
        int in = 0;
        for (int i = 0; i < 10_000; i++) {
            String session = String.format("web-%032d", i);
            in += send("?key=shop-key&session=" + session, VIEW).statusCode() == 202 ? 1 : 0;
        }

        assertThat(in).isEqualTo(60);
        assertThat(published()).hasSize(60);
        assertThat(send("?key=shop-key&session=" + String.format("web-%032d", 0), VIEW)
                        .statusCode())
                .as("who was there before is let in")
                .isEqualTo(202);
    }

    @Test
    void shouldCountByAddressAsTheProxyTellsIt() throws Exception {
        start(Map.of(TrackerSettings.ADDRESS_HEADER.name(), "X-Forwarded-For", TrackerSettings.RATE.name(), "1"));
        String[] addresses = {"10.0.0.1", "forged, 10.0.0.2", "2001:db8::1", "2001:db8::2"};
        for (String address : addresses) {
            send(WHO, VIEW, "X-Forwarded-For", address);
            send(WHO, VIEW, "X-Forwarded-For", address);
        }

        assertThat(published())
                .as("two of each of the two, and two of the network")
                .hasSize(6);
        ApiClient.problem(429, send(WHO, VIEW, "X-Forwarded-For", "another, 10.0.0.2"));
        ApiClient.problem(429, send(WHO, VIEW, "X-Forwarded-For", "10.0.0.2:52033"));
        ApiClient.problem(429, send(WHO, VIEW, "X-Forwarded-For", "[2001:db8::3]:52033"));
        ApiClient.problem(429, send(WHO, VIEW, "X-Forwarded-For", "forged", "X-Forwarded-For", "10.0.0.2"));
    }

    @Test
    void shouldCountAVisitorWithManyNetworksAsFourAndInSessionsToo() throws Exception {
        start(Map.of(
                TrackerSettings.ADDRESS_HEADER.name(), "X-Forwarded-For",
                TrackerSettings.RATE.name(), "1",
                TrackerSettings.SESSIONS.name(), "1",
                ApiSettings.RATE.name(), "0"));
        for (int network = 0; network < 100; network++) {
            send(WHO, VIEW, "X-Forwarded-For", "2001:db8:1:" + Integer.toHexString(network) + "::1");
        }
        assertThat(published()).as("twice four at once").hasSize(8);

        for (int network = 0; network < 8; network++) {
            String newcomer = "?key=shop-key&session=" + String.format("web-%032d", network);
            send(newcomer, VIEW, "X-Forwarded-For", "2001:db8:2:" + Integer.toHexString(network) + "::1");
        }
        assertThat(published()).as("and four sessions").hasSize(12);
        assertThat(send(WHO, VIEW, "X-Forwarded-For", "2001:db8:3::1").statusCode())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.256", "10.0.0", "cafe", "::1::", ".:1", "[10.0.0.1", "unknown", ""})
    void shouldTakeNoNamesForAddresses(String shown) throws Exception {
        start(Map.of(TrackerSettings.ADDRESS_HEADER.name(), "X-Forwarded-For"));

        JsonNode problem = ApiClient.problem(400, send(WHO, VIEW, "X-Forwarded-For", "10.0.0.1, " + shown));
        assertThat(problem.path("field").asText()).isEqualTo("X-Forwarded-For");
        assertThat(problem.path("detail").asText())
                .startsWith(
                        "the last value of the header X-Forwarded-For, which kombo.tracker.address.header names, is");
    }

    @Test
    void shouldCountVisitorsBehindAProxyByTheirOwnAddressAlone() throws Exception {
        start(Map.of(
                TrackerSettings.ADDRESS_HEADER.name(), "X-Forwarded-For",
                TrackerSettings.RATE.name(), "1",
                ApiSettings.RATE.name(), "1"));
        for (int i = 0; i < 9; i++) {
            send(WHO, VIEW, "X-Forwarded-For", "10.0.0.1");
        }

        assertThat(send(WHO, VIEW, "X-Forwarded-For", "10.0.0.2").statusCode()).isEqualTo(202);
        client.found("/v1/items/tea");
    }

    @Test
    void shouldReadNoBodyOfWhoIsRefusedAndHoldUpNobodyWhileABodyArrives() throws Exception {
        start(Map.of(ApiSettings.CONCURRENCY.name(), "1", TrackerSettings.RATE.name(), "1000000"));
        try (Socket stranger = slow("?key=other&session=" + SESSION);
                Socket page = slow(WHO)) {
            assertThat(new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403");
            assertThat(send(WHO, VIEW).statusCode()).isEqualTo(202);
            assertThat(client.post("/v1/events", event("VIEW", "\"itemId\": \"tea\", \"userId\": \"ann\""))
                            .statusCode())
                    .isEqualTo(202);
            page.getOutputStream().write("]".repeat(99).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(page.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400");
        }
        HttpResponse<String> large = send(WHO, " ".repeat(65_537), "Origin", SHOP);
        ApiClient.problem(413, large);
        assertThat(large.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
    }

    /** A request whose body comes no further than its first byte. */
    private Socket slow(String who) throws Exception {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(api.url()).getPort());
        socket.getOutputStream()
                .write(("POST /v1/tracker/events" + who + " HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Type: application/json\r\nContent-Length: 100\r\n"
                                + "Connection: close\r\n\r\n[")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void shouldCountEachEventOfARequest() throws Exception {
        start(Map.of(TrackerSettings.RATE.name(), "10"));
        String many = "[" + (VIEW + ",").repeat(99) + VIEW + "]";

        ApiClient.problem(400, send(WHO, many.replace("]", "," + VIEW + "]")));
        assertThat(send(WHO, many).statusCode()).isEqualTo(202);
        HttpResponse<String> more = send(WHO, VIEW, "Origin", SHOP);
        ApiClient.problem(429, more);
        assertThat(more.headers().firstValue("Access-Control-Allow-Origin")).hasValue(SHOP);
    }

    @Test
    void shouldShowTheVisitsOffersAndNoneElse() throws Exception {
        start(Map.of());
        sources.profiles.put("s:" + SESSION, ScriptedSources.shopper(2000, ScriptedSources.offer("mine", 1500, 9000)));
        sources.catalog.putItem(new Item("cocoa", "Cocoa", "kitchen", 400, "GBP", Item.UNKNOWN, Item.UNLIMITED));
        sources.profiles.put("u:ann", ScriptedSources.shopper(2000, ScriptedSources.offer("anns", 1500, 9000)));

        assertThat(client.found("/v1/tracker/offers" + WHO).path("offer")).isEqualTo(new ObjectMapper().readTree("""
                        {"offerId": "mine", "placement": "default", "offeredAt": 1500, "expiresAt": 9000,
                         "bundles": [{"bundleId": "tea-time", "rank": 1,
                                      "priceMinor": 1350, "listPriceMinor": 1500, "savingMinor": 150, "currency": "GBP",
                                      "members": [{"itemId": "tea", "quantity": 2, "priceMinor": 810, "slot": "drink"},
                                                  {"itemId": "cup", "quantity": 1, "priceMinor": 540, "slot": null}],
                                      "personalPrice": true,
                                      "alternatives": [{"slot": "drink", "itemId": "cocoa", "replaces": "tea",
                                                        "priceMinor": 1300}]}],
                         "display": {"titles": {"tea-time": "Tea time"},
                                     "items": {"cup": {"title": "Cup", "image": null, "link": null},
                                               "cocoa": {"title": "Cocoa", "image": null, "link": null},
                                               "tea": {"title": "Green tea", "image": null, "link": null}}}}"""));
        ApiClient.problem(403, client.get("/v1/tracker/offers" + WHO + "&user=ann"));
        assertThat(client.found("/v1/tracker/offers" + WHO + "&user=ann&signature=" + ANN)
                        .path("offer")
                        .path("offerId")
                        .asText())
                .isEqualTo("anns");
        assertThat(client.found("/v1/tracker/offers?key=shop-key&session=web-fedcba9876543210fedcba9876543210")
                        .path("offer")
                        .isNull())
                .isTrue();
    }

    @Test
    void shouldNeedNoTokenAndOpenNothingElseWhereThereAreTokens() throws Exception {
        start(Map.of(ApiSettings.TOKENS.name(), "page:read:" + ApiToken.hash("look")));

        assertThat(send(WHO, VIEW).statusCode()).isEqualTo(202);
        ApiClient.problem(401, client.post("/v1/events" + WHO, VIEW));
        ApiClient.problem(401, client.get("/v1/users/" + SESSION + "/offers" + WHO));
    }

    @Test
    void shouldNotBeThereUnlessItIsAskedFor() throws Exception {
        start(Map.of(TrackerSettings.KEY_SHOWN.name(), ""));

        ApiClient.problem(404, send("?key=x&session=" + SESSION, VIEW));
    }
}
