package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ServiceWithApi;
import dev.kombo.shop.kafka.TestCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A new user sells "any 3 of these mugs for 20.00", through Kafka: from an empty catalogue to the report. */
@Timeout(240)
class SlotsWalkIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUNDLE = "any-3-mugs";
    private static final int PRICE = 2_000;

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private ServiceWithApi service;
    private int events;

    @BeforeEach
    void start() {
        Map<String, String> settings = TestCluster.shared().settings("walk", folder.resolve("state"));
        settings.put(ApiSettings.PORT.name(), "0");
        KomboConfig config = KomboConfig.of(settings);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(Topics.of(config).all());
        }
        service = ServiceWithApi.start(CommandContext.standard(Map.of(), Optional.empty()), config)
                .awaitRunning(PATIENCE);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void run(String... command) {
        CommandConsole console = new CommandConsole();
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--url=" + service.url());
        assertThat(console.run(arguments.toArray(String[]::new)))
                .as(console.out + "\n" + console.err)
                .isZero();
    }

    private JsonNode found(String path) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(service.url() + path)).build());
    }

    private JsonNode post(String path, String body) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode answer(HttpRequest request) throws Exception {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isIn(200, 202);
        return JSON.readTree(response.body());
    }

    private static void await(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(assertion);
    }

    private void send(String user, String type, String rest) throws Exception {
        events++;
        post(
                "/v1/events",
                "{\"eventId\": \"e-%d\", \"userId\": \"%s\", \"type\": \"%s\", \"eventTime\": %d%s}"
                        .formatted(events, user, type, System.currentTimeMillis(), rest));
    }

    private void traded(String user, String type, String what, long priceMinor) throws Exception {
        send(
                user,
                type,
                ", %s, \"orderId\": \"order-%s\", \"unitPriceMinor\": %d, \"currency\": \"GBP\""
                        .formatted(what, user, priceMinor));
    }

    private void bought(String user, String item, long priceMinor) throws Exception {
        traded(user, "PURCHASE", "\"itemId\": \"" + item + "\"", priceMinor);
    }

    private void boughtWhole(String user, long priceMinor, String swaps) throws Exception {
        traded(user, "PURCHASE", "\"bundleId\": \"" + BUNDLE + "\", \"attributes\": {" + swaps + "}", priceMinor);
    }

    private void returned(String user, String item, long priceMinor) throws Exception {
        traded(user, "RETURN", "\"itemId\": \"" + item + "\"", priceMinor);
    }

    /** The bundle as a shopper is offered it, who has seen it then. */
    private JsonNode offered(String user) throws Exception {
        send(user, "OFFER_REQUEST", "");
        await(() -> assertThat(
                        found("/v1/users/" + user + "/offers").path("offer").path("bundles"))
                .hasSize(1));
        JsonNode offer = found("/v1/users/" + user + "/offers").path("offer");
        JsonNode bundle = offer.path("bundles").path(0);
        assertThat(bundle.path("bundleId").asText()).isEqualTo(BUNDLE);
        assertThat(bundle.path("priceMinor").asInt()).isEqualTo(PRICE);
        assertThat(bundle.findValuesAsText("slot"))
                .as("members, and two swaps of each")
                .hasSize(9)
                .containsOnly("mugs");
        assertThat(bundle.path("members")).hasSize(3);
        assertThat(price(bundle, 0) + price(bundle, 1) + price(bundle, 2)).isEqualTo(PRICE);
        for (JsonNode swap : bundle.path("alternatives")) {
            assertThat(swap.path("priceMinor").asInt()).isEqualTo(PRICE);
        }
        send(user, "OFFER_IMPRESSION", ", \"offerId\": " + offer.path("offerId"));
        return bundle;
    }

    private static String item(JsonNode bundle, int member) {
        return bundle.path("members").path(member).path("itemId").asText();
    }

    /** What may take the place of a member. */
    private static JsonNode swapOf(JsonNode bundle, String member) {
        for (JsonNode swap : bundle.path("alternatives")) {
            if (swap.path("replaces").asText().equals(member)) {
                return swap;
            }
        }
        throw new AssertionError(member + " cannot be swapped in " + bundle);
    }

    private static long price(JsonNode bundle, int member) {
        return bundle.path("members").path(member).path("priceMinor").asLong();
    }

    @Test
    void shouldSellAnyThreeMugsFromNothingToTheReport() throws Exception {
        Path mugs = Files.writeString(folder.resolve("mugs.csv"), """
                itemId,title,category,price
                mug-red,Red mug,Mugs,9.00
                mug-blue,Blue mug,Mugs,8.00
                mug-green,Green mug,Mugs,7.00
                mug-black,Black mug,Mugs,10.00
                mug-white,White mug,Mugs,6.00
                """);
        run("catalog", "import", "items", mugs.toString(), "--currency=GBP");
        await(() -> assertThat(found("/v1/items").path("items")).hasSize(5));
        run(
                "catalog",
                "put",
                "bundles",
                BUNDLE,
                "currency=GBP",
                "slots=mugs: 3 of category Mugs",
                "priceTiers=3 for 20.00");
        await(() -> assertThat(found("/v1/bundles/" + BUNDLE).path("state").asText())
                .isEqualTo("OFFERED"));
        post(
                "/v1/strategy",
                "{\"version\": 1, \"salt\": \"walk\", \"arms\": [{\"name\": \"offers\", \"kind\": \"TREATMENT\", \"share\": 1}]}");
        await(() -> assertThat(found("/v1/strategy").path("salt").asText()).isEqualTo("walk"));

        JsonNode ofAnn = offered("ann");
        JsonNode swap = swapOf(ofAnn, item(ofAnn, 0));
        String taken = swap.path("itemId").asText();
        boughtWhole("ann", swap.path("priceMinor").asLong(), "\"swap:%s\": \"%s\"".formatted(item(ofAnn, 0), taken));
        returned("ann", taken, price(ofAnn, 0));

        JsonNode ofBob = offered("bob");
        JsonNode preview = found("/v1/explain?user=bob&bundle=" + BUNDLE);
        assertThat(preview.path("price").path("amountMinor").asInt()).isEqualTo(PRICE);
        assertThat(preview.path("filled").path(0).path("members")).hasSize(3);
        assertThat(preview.path("filled").path(0).path("alternatives")).hasSize(6);
        bought("bob", swapOf(ofBob, item(ofBob, 0)).path("itemId").asText(), 650);
        bought("bob", item(ofBob, 1), price(ofBob, 1));
        bought("bob", item(ofBob, 2), price(ofBob, 2));

        JsonNode ofCat = offered("cat");
        bought("cat", item(ofCat, 0), price(ofCat, 0));
        bought("cat", item(ofCat, 1), price(ofCat, 1));

        JsonNode ofDan = offered("dan");
        boughtWhole("dan", PRICE, "");
        for (int member = 0; member < 3; member++) {
            returned("dan", item(ofDan, member), price(ofDan, member));
        }

        long kept = PRICE - price(ofAnn, 0) + 650 + price(ofBob, 1) + price(ofBob, 2);
        await(() -> {
            JsonNode figures = found("/v1/bundles/" + BUNDLE + "/performance")
                    .path("arms")
                    .path(0)
                    .path("figures");
            assertThat(figures.path("conversions").asInt()).isEqualTo(3);
            assertThat(figures.path("revenueMinor").asLong()).isEqualTo(kept);
            JsonNode arm = found("/v1/reports/conversions?window=TOTAL")
                    .path("reports")
                    .path(0)
                    .path("arms")
                    .path(0);
            assertThat(arm.path("returns").asInt()).isEqualTo(4);
            JsonNode amounts = arm.path("amounts").path(0);
            assertThat(amounts.path("attributedMinor").asLong()).isEqualTo(kept);
            assertThat(amounts.path("revenueMinor").asLong())
                    .as("of all that was bought, less what came back")
                    .isEqualTo(kept + price(ofCat, 0) + price(ofCat, 1));
        });
    }
}
