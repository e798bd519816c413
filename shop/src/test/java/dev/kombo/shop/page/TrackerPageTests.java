package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The web tracker in a page of a shop that has an address of its own, in a real browser, over a service. */
abstract class TrackerPageTests {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path PAGES = Path.of("../clients/javascript");
    private static final String CALLS =
            "performance.getEntriesByType('resource').filter((one) => one.name.includes('/v1/tracker/')).length";

    private final Browser browser = PagesIT.browser();

    @BeforeEach
    void servePages() throws IOException {
        serve("/", "shop.html", "text/html");
        serve("/cart.mjs", "cart.mjs", "text/javascript");
    }

    private static void serve(String path, String file, String type) throws IOException {
        byte[] bytes = Files.readString(PAGES.resolve(file))
                .replace("http://127.0.0.1:7700", PagesIT.address())
                .getBytes(StandardCharsets.UTF_8);
        PagesIT.shop().createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void shouldTellWhatAVisitorDoesOnceTheyAgreeAndShowWhatTheyAreOffered() throws Exception {
        browser.openWindow(PagesIT.shopAddress("127.0.0.1"));
        browser.visit("");
        browser.click("#items a", "item-111");
        browser.click("#offer", "");
        browser.await("#slate", "Nothing today.");
        assertThat(browser.number(CALLS)).as("nobody has agreed yet").isZero();

        offered();
        String session = session();
        browser.click("#slate button", "");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> found(session, "offers").at("/clicked/0").isTextual());
        assertThat(found(session, "offers").at("/impressedAt").isNumber()).isTrue();
        JsonNode events = found(session, "profile").path("events");
        assertThat(events.path("VIEW").asInt()).isEqualTo(1);
        assertThat(events.path("ADD_TO_CART").asInt()).isEqualTo(1);

        browser.openWindow(PagesIT.shopAddress("localhost"));
        browser.visit("");
        browser.click("#yes", "");
        browser.click("#offer", "");
        browser.await("#slate", "Nothing today.");
        assertThat(browser.complaints()).as("a site that is not listed").anyMatch(one -> one.contains("CORS"));
    }

    /** Some visitors are in the holdout: a new visit until one is offered something. */
    private void offered() {
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

    private String session() {
        Object stored = ((org.openqa.selenium.JavascriptExecutor) browser.driver())
                .executeScript("return localStorage.getItem('kombo-session')");
        return stored.toString().split(" ", 2)[0];
    }

    private static JsonNode found(String session, String what) throws IOException {
        return new ObjectMapper().readTree(PageTests.answer("/v1/users/" + session + "/" + what + "?session=true"));
    }
}
