package dev.kombo.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web tracker in a page of a shop that has an address of its own, in a real browser, over a service. */
@Tag("slow")
@Timeout(300)
class TrackerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path PAGES = Path.of("../streams-app/src/test/javascript");
    private static final String CALLS =
            "performance.getEntriesByType('resource').filter((one) => one.name.includes('/v1/tracker/')).length";

    @TempDir
    Path folder;

    private HttpServer shop;
    private LabProcess service;
    private String kombo;

    @BeforeEach
    void open() throws Exception {
        Browser.assumeInstalled();
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service = LabProcess.start(
                folder,
                "demo",
                "--port=0",
                "--shoppers=50",
                "--past=1",
                "--pace=1s",
                "--set=kombo.tracker.key=my-shop",
                "--set=kombo.tracker.origins=" + address("127.0.0.1"));
        kombo = service.page();
        serve("/", "shop.html", "text/html");
        serve("/cart.mjs", "cart.mjs", "text/javascript");
        shop.start();
    }

    private void serve(String path, String file, String type) throws Exception {
        byte[] bytes = Files.readString(PAGES.resolve(file))
                .replace("http://127.0.0.1:7700", kombo)
                .getBytes(StandardCharsets.UTF_8);
        shop.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterEach
    void close() {
        if (service != null) {
            service.close();
            shop.stop(0);
        }
    }

    private String address(String host) {
        return "http://" + host + ":" + shop.getAddress().getPort();
    }

    @Test
    void shouldTellWhatAVisitorDoesOnceTheyAgreeAndShowWhatTheyAreOffered() throws Exception {
        try (Browser browser = Browser.open(address("127.0.0.1"))) {
            browser.visit("");
            browser.click("#items a", "item-111");
            browser.click("#offer", "");
            browser.await("#slate", "Nothing today.");
            assertThat(browser.number(CALLS)).as("nobody has agreed yet").isZero();

            offered(browser);
            String session = session(browser);
            browser.click("#slate button", "");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> found(session, "offers").at("/clicked/0").isTextual());
            assertThat(found(session, "offers").at("/impressedAt").isNumber()).isTrue();
            JsonNode events = found(session, "profile").path("events");
            assertThat(events.path("VIEW").asInt()).isEqualTo(1);
            assertThat(events.path("ADD_TO_CART").asInt()).isEqualTo(1);
        }
        try (Browser browser = Browser.open(address("localhost"))) {
            browser.visit("");
            browser.click("#yes", "");
            browser.click("#offer", "");
            browser.await("#slate", "Nothing today.");
            assertThat(browser.complaints()).as("a site that is not listed").anyMatch(one -> one.contains("CORS"));
        }
    }

    /** Some visitors are in the holdout: a new visit until one is offered something. */
    private static void offered(Browser browser) {
        browser.until("an offer", () -> {
            browser.click("#no", "");
            browser.click("#yes", "");
            browser.click("#items a", "item-111");
            browser.click("#items button", "");
            browser.click("#offer", "");
            browser.until("an answer", () -> !browser.text("#slate").equals("…"));
            return !browser.all("#slate button").isEmpty();
        });
    }

    private static String session(Browser browser) {
        Object stored = ((org.openqa.selenium.JavascriptExecutor) browser.driver())
                .executeScript("return localStorage.getItem('kombo-session')");
        return stored.toString().split(" ", 2)[0];
    }

    private JsonNode found(String session, String what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(kombo + "/v1/users/" + session + "/" + what + "?session=true"))
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }
}
