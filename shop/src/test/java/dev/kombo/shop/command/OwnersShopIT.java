package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the owner of a {@link MadeUpShop} would sign what its customers are offered. */
@Timeout(180)
class OwnersShopIT {
    private static final Pattern GOES_ON = Pattern.compile("Kombo keeps running at (http://\\S+) until");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOPPERS = 200;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> complaints = new ArrayList<>();
    private int offeredAgain;
    private int offered;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    void shouldOfferWhatAnOwnerWouldSign(long seed) throws Exception {
        MadeUpShop shop = new MadeUpShop(seed);
        Path orders = Files.writeString(folder.resolve("orders.csv"), shop.export());
        CommandConsole console = new CommandConsole();
        AtomicInteger exit = new AtomicInteger(-1);
        Thread command = new Thread(() -> exit.set(console.run(
                "try",
                "--orders=" + orders,
                "--zone=UTC",
                "--data=" + folder.resolve("data"),
                "--port=0",
                "-Dkombo.item.flush.interval.ms=20",
                "-Dkombo.commit.interval.ms=20")));
        command.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> GOES_ON.matcher(console.out.toString()).find() || !command.isAlive());
            Matcher address = GOES_ON.matcher(console.out.toString());
            assertThat(address.find()).as(console.out + "\n" + console.err).isTrue();
            reviewBundles(shop, address.group(1));
            rateSlates(shop, address.group(1), new Random(seed));
        } finally {
            command.interrupt();
            command.join();
        }
        assertThat(complaints).isEmpty();
        assertThat(offered).as("bundles offered").isGreaterThan(SHOPPERS);
        assertThat(offeredAgain)
                .as("consumables that the shopper has bought before")
                .isGreaterThan(SHOPPERS / 4);
    }

    private JsonNode get(String address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
        // 503: an offer closed between two reads; ask again.
        HttpResponse<String> response = Awaitility.await()
                .until(() -> http.send(request, HttpResponse.BodyHandlers.ofString()), got -> got.statusCode() != 503);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    /** Parts of a set that two tasks suggested at the same time are withdrawn soon after. */
    private void reviewBundles(MadeUpShop shop, String address) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Set<Set<String>> found = new HashSet<>();
            get(address + "/v1/bundles?limit=500")
                    .get("bundles")
                    .forEach(bundle -> found.add(new HashSet<>(bundle.findValuesAsText("itemId"))));
            assertThat(shop.sets.stream().filter(set -> found.contains(Set.copyOf(set))))
                    .hasSizeGreaterThanOrEqualTo((int) (0.8 * shop.sets.size()));
            assertThat(found).allMatch(members -> inOneSet(shop, members), "all but staples are of one set");
            assertThat(found)
                    .noneMatch(
                            members -> found.stream().anyMatch(other -> other != members && other.containsAll(members)),
                            "part of another bundle");
        });
    }

    private static boolean inOneSet(MadeUpShop shop, Set<String> members) {
        Set<String> rest = new HashSet<>(members);
        rest.removeAll(shop.staples);
        return rest.size() == 1 || shop.sets.stream().anyMatch(set -> set.containsAll(rest));
    }

    private void rateSlates(MadeUpShop shop, String address, Random draws) throws Exception {
        List<String> customers = shop.customers();
        for (int s = 0; s < SHOPPERS; s++) {
            String customer = customers.get(draws.nextInt(customers.size()));
            Set<String> cart = s % 2 == 0 ? Set.of() : Set.of(putIntoCart(shop, address, customer, draws));
            JsonNode answer = get(address + "/v1/users/" + customer + "/offers");
            JsonNode slate = answer.findPath("bundles");
            rate(shop, customer, cart, slate);
        }
    }

    private String putIntoCart(MadeUpShop shop, String address, String customer, Random draws) throws Exception {
        List<String> set = shop.sets.get(draws.nextInt(shop.sets.size()));
        String item = draws.nextBoolean() ? set.get(0) : shop.anyItem(draws);
        String event = """
            {"eventId":"%s","userId":"%s","type":"ADD_TO_CART","itemId":"%s","quantity":1,"eventTime":%d}\
            """.formatted(customer + "-" + draws.nextInt(), customer, item, System.currentTimeMillis());
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(address + "/v1/events"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(event))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 202);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> get(address + "/v1/users/" + customer + "/profile")
                        .toString()
                        .contains(item));
        return item;
    }

    private void rate(MadeUpShop shop, String customer, Set<String> cart, JsonNode slate) {
        List<Set<String>> above = new ArrayList<>();
        for (JsonNode bundle : slate) {
            Set<String> members = new HashSet<>(bundle.findValuesAsText("itemId"));
            String what = customer + " with " + cart + ": " + bundle;
            int list = members.stream().mapToInt(shop.prices::get).sum();
            offered++;
            for (String member : members) {
                if (shop.owned.get(customer).contains(member)) {
                    offeredAgain += shop.durables.contains(member) ? 0 : 1;
                    if (shop.durables.contains(member)) {
                        complaints.add("owned " + member + ", " + what);
                    }
                }
            }
            for (Set<String> other : above) {
                int common = members.stream()
                        .filter(other::contains)
                        .mapToInt(shop.prices::get)
                        .sum();
                if (2 * common >= list) {
                    complaints.add("near-duplicate of " + other + ", " + what);
                }
            }
            int price = bundle.get("priceMinor").asInt();
            if (price > list) {
                complaints.add("dearer than its parts, " + what);
            }
            int added = members.stream()
                    .filter(member -> !cart.contains(member))
                    .mapToInt(shop.prices::get)
                    .sum();
            if (4 * (list - price) > added) {
                complaints.add("gives away more than a quarter of " + added + ", " + what);
            }
            above.add(members);
        }
    }
}
