package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a shop's own file to its page. */
@Timeout(180)
class TryCommandIT {
    private static final Pattern GOES_ON = Pattern.compile("Kombo keeps running at (http://\\S+) until");
    private static final List<List<String>> PAIRS = List.of(
            List.of("milk", "oats"),
            List.of("wine", "cheese"),
            List.of("rice", "soy sauce"),
            List.of("bread", "butter"),
            List.of("tea", "honey"));
    private static final int ORDERS = 100;

    @TempDir
    private Path folder;

    @Test
    void shouldServeThePageWithTheBundlesOfAShopsOwnOrders() throws Exception {
        String page = tried(
                "--orders=" + orders(),
                List.of(
                        "Kunde",
                        "userId",
                        "time.format = dd.MM.yyyy",
                        "first unparsable-row: line 2, ",
                        "10.0 % below"),
                address -> {
                    assertThat(get(address + "/v1/users/K1/offers")).contains("\"itemId\":\"milk\"");
                    assertThat(get(address + "/tracker.js")).contains("kombo");
                    assertThat(get(address + "/v1/reports/conversions"))
                            .as("nobody can have seen an offer")
                            .contains("\"reports\":[]");
                    return get(address + "/");
                });

        assertThat(page).contains("<title>");
    }

    @Test
    void shouldOfferABanksCustomersWhatTheyDoNotHold() throws Exception {
        Path holdings = Files.writeString(
                folder.resolve("bestand.csv"),
                "Kunden-Nr.;Geburtsjahr;Girokonto;Depot;Riester-Rente\nK1;1984;ja;nein;nein\nK2;1990;ja;ja;nein\n");

        String offers = tried(
                "--holdings=" + holdings,
                List.of("Kunden-Nr.", "customer", "a product", "/#/shoppers/K1 or ./kombo offers K1 --url http://"),
                address -> get(address + "/v1/users/K1/offers"));

        assertThat(offers).contains("\"bundleId\":\"Depot\"").doesNotContain("\"bundleId\":\"Girokonto\"");
    }

    private interface Visit {
        String at(String address) throws Exception;
    }

    private String tried(String file, List<String> told, Visit visit) throws Exception {
        CommandConsole console = new CommandConsole();
        AtomicInteger exit = new AtomicInteger(-1);
        Thread command = new Thread(() -> exit.set(
                console.run("try", file, "--zone=Europe/Berlin", "--data=" + folder.resolve("data"), "--port=0")));
        command.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> GOES_ON.matcher(console.out.toString()).find() || !command.isAlive());
            assertThat(console.out.toString()).as(console.err.toString()).contains(told);
            Matcher address = GOES_ON.matcher(console.out.toString());
            assertThat(address.find()).isTrue();
            return visit.at(address.group(1));
        } finally {
            command.interrupt();
            command.join();
            assertThat(exit.get()).isEqualTo(130);
        }
    }

    private Path orders() throws IOException {
        StringBuilder text = new StringBuilder("Auftrag;Kunde;Datum;Artikel;Preis\nB0;K0;gestern;milk;1,19\n");
        for (int order = 1; order <= ORDERS; order++) {
            String start = "B%d;K%d;%02d.%02d.2026;".formatted(order, order % 20, 1 + order % 28, 1 + order / 28);
            List<String> pair = PAIRS.get(order % PAIRS.size());
            text.append(start).append(pair.get(0)).append(";1,19\n");
            text.append(start).append(pair.get(1)).append(";2,49\n");
        }
        return Files.writeString(folder.resolve("orders.csv"), text);
    }

    private static String get(String address) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }
}
