package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.Keys;

/** Tests of the operators' page, each in a window of its own in which nobody has signed in. */
abstract class PageTests {
    static final String READER = PagesIT.READER;
    static final String ADMIN = PagesIT.ADMIN;
    static final String SHOPPER = "user-00002";
    static final String ITEM = "item-111";

    final Browser browser = PagesIT.browser();

    @BeforeEach
    void openAWindow() {
        browser.openWindow(PagesIT.address());
    }

    @AfterEach
    void requireNoComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    /** Signs in where something is asked for at once, then goes to a page. */
    void signIn(String token, String page) {
        browser.visit("#/instances");
        browser.await("#token").sendKeys(token, Keys.ENTER);
        browser.visit(page);
    }

    boolean found(String shopper) {
        browser.visit("#/shoppers");
        browser.driver().navigate().refresh();
        browser.await("#shopper").sendKeys(shopper, Keys.ENTER);
        browser.await("main h2, main .problem");
        return browser.all("main .problem").isEmpty();
    }

    /** What the query API answers somebody who may look. */
    static String answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(PagesIT.address() + path))
                .header("Authorization", "Bearer " + READER)
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
