package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ServiceWithApi;
import dev.kombo.shop.kafka.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances of the service with their APIs: each answers for the keys of both, also while the other one is away.
 */
@Tag("slow")
class QueryClusterIT {
    private static final int USERS = 24;
    private static final int ITEMS = 8;
    private static final int EVENTS_OF_A_USER = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int[] ports = {freePort(), freePort()};
    private final ServiceWithApi[] services = new ServiceWithApi[2];

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void open() throws Exception {
        KomboConfig config = config(0);
        try (TestClients clients = new TestClients(config)) {
            clients.createTopics(config);
            clients.publishCatalog(ITEMS);
            clients.flush();
        }
    }

    @AfterEach
    void close() {
        for (ServiceWithApi service : services) {
            if (service != null) {
                service.close();
            }
        }
    }

    private KomboConfig config(int instance) {
        Map<String, String> settings = TestCluster.shared().settings("cluster", folder.resolve("state-" + instance));
        settings.put(ApiSettings.PORT.name(), Integer.toString(ports[instance]));
        settings.put(ApiSettings.ADVERTISED.name(), address(instance));
        settings.put(ApiSettings.PEER_SECRET.name(), "known to both instances");
        settings.put("kombo.streams.num.standby.replicas", "1");
        // An instance that is away keeps its place in the group, so that the test decides when it comes back.
        settings.put("kombo.streams.group.instance.id", "instance-" + instance);
        settings.put("kombo.streams.consumer.session.timeout.ms", "600000");
        return KomboConfig.of(settings);
    }

    private String address(int instance) {
        return "127.0.0.1:" + ports[instance];
    }

    private void start(int instance) {
        services[instance] =
                ServiceWithApi.start(CommandContext.standard(Map.of(), Optional.empty()), config(instance));
    }

    private void stop(int instance) {
        services[instance].close();
        services[instance] = null;
    }

    @Test
    void shouldAnswerForTheKeysOfBothAlsoWhileOneIsAway() throws Exception {
        start(0);
        start(1);
        for (ServiceWithApi service : services) {
            service.awaitRunning(PATIENCE);
        }
        Awaitility.await().atMost(PATIENCE).until(() -> instancesOf(0).equals(Set.of(address(0), address(1))));
        publishEvents();

        Map<String, String> owners = new HashMap<>();
        for (int user = 0; user < USERS; user++) {
            String id = "user-" + user;
            owners.put(id, awaitProfile(0, id, false));
            assertThat(awaitProfile(1, id, false)).isEqualTo(owners.get(id));
        }
        assertThat(new HashSet<>(owners.values())).containsExactlyInAnyOrder(address(0), address(1));
        awaitReports(0);
        awaitReports(1);
        answerEverything(0, owners.keySet());
        answerEverything(1, owners.keySet());
        changeTheStrategy();
        changeTheCatalogue(owners.keySet());

        stop(0);
        for (Map.Entry<String, String> owner : owners.entrySet()) {
            boolean away = owner.getValue().equals(address(0));
            assertThat(awaitProfile(1, owner.getKey(), away)).isEqualTo(owner.getValue());
        }
        awaitReports(1);
        answerEverything(1, owners.keySet());
        Awaitility.await().atMost(PATIENCE).until(() -> reachable(1).equals(Set.of(address(1))));

        start(0);
        services[0].awaitRunning(PATIENCE);
        for (String id : owners.keySet()) {
            awaitProfile(0, id, false);
            awaitProfile(1, id, false);
        }
        watchOffersOfTheOther();
    }

    /** Half of them through each instance. */
    private void publishEvents() throws Exception {
        for (int instance = 0; instance < 2; instance++) {
            List<String> events = new ArrayList<>();
            for (int user = instance; user < USERS; user += 2) {
                for (int i = 0; i + 1 < EVENTS_OF_A_USER; i++) {
                    events.add(event(user, i, "VIEW", ", \"itemId\": \"item-" + (user + i) % ITEMS + "\""));
                }
                events.add(event(user, EVENTS_OF_A_USER, "OFFER_REQUEST", ""));
            }
            HttpResponse<String> response =
                    send("POST", instance, "/v1/events", BodyPublishers.ofString(events.toString()));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
            assertThat(json(response).path("accepted").asInt()).isEqualTo(events.size());
        }
    }

    private static String event(int user, int number, String type, String more) {
        return String.format(
                "{\"eventId\": \"event-%d-%d\", \"userId\": \"user-%d\", \"type\": \"%s\", \"eventTime\": %d%s}",
                user, number, user, type, 1_760_000_000_000L + number * 10_000L, more);
    }

    /** Waits until an instance shows a whole profile, from a standby or not; answers who owns it. */
    private String awaitProfile(int instance, String user, boolean stale) {
        HttpResponse<String> shown = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> get(instance, "/v1/users/" + user + "/profile"), response -> {
                    if (response.statusCode() != 200) {
                        return false;
                    }
                    JsonNode profile = json(response);
                    int events = 0;
                    for (JsonNode count : profile.path("events")) {
                        events += count.asInt();
                    }
                    return events == EVENTS_OF_A_USER && profile.path("stale").asBoolean() == stale;
                });
        assertThat(shown.headers().firstValue("X-Kombo-Stale").isPresent()).isEqualTo(stale);
        return shown.headers().firstValue("X-Kombo-Owner").orElseThrow();
    }

    /** Waits until an instance shows that all users entered the experiment. */
    private void awaitReports(int instance) throws Exception {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            HttpResponse<String> response = get(instance, "/v1/reports/conversions?window=TOTAL");
            long users = 0;
            for (JsonNode report : json(response).path("reports")) {
                for (JsonNode arm : report.path("arms")) {
                    users += arm.path("users").asLong();
                }
            }
            return response.statusCode() == 200 && users == USERS;
        });
        Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> get(instance, "/v1/reports/conversions?window=DAY"),
                        response -> response.statusCode() == 200
                                && json(response)
                                        .path("reports")
                                        .findValuesAsText("verdict")
                                        .contains("TOO_EARLY"));
        for (JsonNode report :
                found(instance, "/v1/reports/conversions?window=TOTAL").path("reports")) {
            for (JsonNode arm : report.path("arms")) {
                assertThat(arm.path("modelStage").asText())
                        .isEqualTo(Map.of("holdout", "none", "popularity", "popularity", "treatment", "warm-start")
                                .get(arm.path("arm").asText()));
            }
        }
    }

    private void answerEverything(int instance, Set<String> users) throws Exception {
        for (String user : users) {
            JsonNode slate = found(instance, "/v1/users/" + user + "/offers?placement=cart");
            assertThat(Stream.of("offer", "preview", "reason").filter(slate::hasNonNull))
                    .hasSize(1);
            assertThat(found(instance, "/v1/explain?user=" + user + "&bundle=bundle-0")
                            .path("signals"))
                    .isNotEmpty();
        }
        found(instance, "/v1/items/item-1");
        found(instance, "/v1/items/item-1/similar");
        found(instance, "/v1/items/item-1/bought-together");
        found(instance, "/v1/bundles/bundle-0");
        found(instance, "/v1/bundles/bundle-0/performance");
        found(instance, "/v1/trending");
        assertThat(found(instance, "/v1/reports/bundles").path("bundles")).isNotEmpty();
        found(instance, "/v1/strategy");
        found(instance, "/v1/suggestions");
        found(instance, "/v1/topology");
        found(instance, "/health/live");
        assertThat(get(instance, "/v1/users/nobody/profile").statusCode()).isIn(404, 503);
        assertThat(get(instance, "/v1/items/nothing").statusCode()).isEqualTo(404);
    }

    /** Posted to one instance, in force on the other. */
    private void changeTheStrategy() throws Exception {
        ObjectNode strategy = (ObjectNode) found(0, "/v1/strategy");
        strategy.put("version", 7);
        HttpResponse<String> response = send("POST", 1, "/v1/strategy", BodyPublishers.ofString(strategy.toString()));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> found(0, "/v1/strategy").path("version").asLong() == 7);
    }

    /** Put at one instance, known to the other; what is stopped is gone from open offers at once. */
    private void changeTheCatalogue(Set<String> users) throws Exception {
        String item = "{\"title\": \"Pot\", \"priceMinor\": 900, \"currency\": \"GBP\"}";
        accepted(send("PUT", 1, "/v1/items/pot", BodyPublishers.ofString(item)));
        awaitState("item", () -> get(0, "/v1/items/pot").statusCode() == 200);
        String bundle = "{\"members\": [{\"itemId\": \"pot\"}, {\"itemId\": \"item-1\"}], \"priceMinor\": 1500}";
        accepted(send("PUT", 0, "/v1/bundles/set", BodyPublishers.ofString(bundle)));
        awaitState(
                "offered",
                () -> found(1, "/v1/bundles?query=set&state=offered")
                        .path("bundles")
                        .findValuesAsText("amountMinor")
                        .equals(List.of("1900", "400")));
        accepted(send("DELETE", 1, "/v1/items/pot", BodyPublishers.noBody()));
        awaitState("unpriced", () -> stateOf(0, "set").equals("UNPRICED"));
        accepted(send("DELETE", 1, "/v1/bundles/set", BodyPublishers.noBody()));
        awaitState("gone", () -> get(0, "/v1/bundles/set").statusCode() == 404);

        Map<String, String> offered = new HashMap<>();
        for (String user : users) {
            found(0, "/v1/users/" + user + "/offers?at=1760000050000")
                    .path("offer")
                    .path("bundles")
                    .findValuesAsText("bundleId")
                    .forEach(id -> offered.put(id, user));
        }
        assertThat(offered).isNotEmpty();
        Map.Entry<String, String> one = offered.entrySet().iterator().next();
        accepted(send("POST", 1, "/v1/bundles/" + one.getKey() + "/stop", BodyPublishers.noBody()));
        awaitState("stopped", () -> stateOf(0, one.getKey()).equals("STOPPED"));
        JsonNode offer = found(0, "/v1/users/" + one.getValue() + "/offers?at=1760000050000")
                .path("offer");
        assertThat(offer.path("bundles").findValuesAsText("bundleId")).doesNotContain(one.getKey());
        String goOn = "{\"stoppedAt\": null}";
        accepted(send("PATCH", 0, "/v1/bundles/" + one.getKey(), BodyPublishers.ofString(goOn)));
        awaitState("on again", () -> stateOf(1, one.getKey()).equals("OFFERED"));
    }

    private static void accepted(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    private static void awaitState(String what, Callable<Boolean> reached) {
        Awaitility.await(what).atMost(PATIENCE).until(reached);
    }

    private String stateOf(int instance, String bundle) throws Exception {
        return found(instance, "/v1/bundles/" + bundle).path("state").asText();
    }

    /**
     * A stream that is open at one instance shows what the other one offers; and it does not keep the one from
     * stopping.
     */
    private void watchOffersOfTheOther() throws Exception {
        HttpResponse<Stream<String>> live = client.send(
                HttpRequest.newBuilder(URI.create("http://" + address(0) + "/v1/live"))
                        .build(),
                BodyHandlers.ofLines());
        try (Stream<String> lines = live.body()) {
            Iterator<String> read = lines.iterator();
            assertThat(read.next()).isEqualTo("event: open");
            assertThat(read.next()).isEqualTo("data: {\"instance\":\"" + address(0) + "\"}");
            AtomicBoolean seen = new AtomicBoolean();
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askForOffers(seen));
            JsonNode offer;
            do {
                offer = nextOffer(read);
            } while (!isOfTheOther(offer));
            seen.set(true);
            asking.get();
            assertThat(offer.path("display").path("titles")).isNotEmpty();

            stop(0);
        }
    }

    /** New shoppers ask until an offer is seen: the topic is read from a moment after the stream is open. */
    private void askForOffers(AtomicBoolean seen) {
        AtomicInteger user = new AtomicInteger(1000);
        Awaitility.await().atMost(PATIENCE).until(() -> {
            List<String> events = new ArrayList<>();
            for (int i = 0; i < ITEMS; i++) {
                events.add(event(user.incrementAndGet(), 1, "OFFER_REQUEST", ""));
            }
            send("POST", 0, "/v1/events", BodyPublishers.ofString(events.toString()));
            return seen.get();
        });
    }

    private static JsonNode nextOffer(Iterator<String> lines) throws IOException {
        while (!lines.next().equals("event: offer")) {
            // Comments, skipped offers, and what follows them.
        }
        return JSON.readTree(lines.next().substring("data: ".length()));
    }

    private boolean isOfTheOther(JsonNode offer) throws Exception {
        return get(0, "/v1/users/" + offer.path("userId").asText() + "/profile")
                .headers()
                .firstValue("X-Kombo-Owner")
                .equals(Optional.of(address(1)));
    }

    private Set<String> instancesOf(int instance) throws Exception {
        return new HashSet<>(found(instance, "/v1/instances").path("instances").findValuesAsText("address"));
    }

    private Set<String> reachable(int instance) throws Exception {
        Set<String> reachable = new HashSet<>();
        for (JsonNode member : found(instance, "/v1/instances").path("instances")) {
            if (member.path("reachable").asBoolean()) {
                reachable.add(member.path("address").asText());
            }
        }
        return reachable;
    }

    /** The document under a path; a machine that is slow for a moment may answer 503 before. */
    private JsonNode found(int instance, String path) throws Exception {
        HttpResponse<String> response = Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> get(instance, path), answer -> answer.statusCode() != 503);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        return json(response);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(int instance, String path) throws Exception {
        return send("GET", instance, path, BodyPublishers.noBody());
    }

    private HttpResponse<String> send(String method, int instance, String path, HttpRequest.BodyPublisher body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://" + address(instance) + path))
                        .method(method, body)
                        .header("Content-Type", "application/json")
                        .build(),
                BodyHandlers.ofString());
    }
}
