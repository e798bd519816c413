package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What somebody sees who may look. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ReadingPageTests extends PageTests {
    private static final Pattern COMPARED = Pattern.compile(
            "customers paid .* each with these offers|were observed for the whole .*; 250 of each are needed");
    /** Before the shop's first day: one of today would end all that is open in a shop that lives in the past. */
    private static final long LONG_AGO =
            System.currentTimeMillis() - Duration.ofDays(370).toMillis();

    @Test
    void shouldAskForATokenUntilOneIsGood() {
        signIn("not a token of anybody", "#/instances");

        browser.await("#sign-in-reason", "the token is unknown");
        browser.await("#token").sendKeys(READER, Keys.ENTER);

        browser.await(".tag.good", "ready");
        browser.await("#sign-out").click();
        browser.await("#sign-in-reason", "a token is needed");
    }

    @Test
    @Order(1)
    void shouldShowWhatHappensAsItHappens() throws Exception {
        signIn(READER, "#/");

        browser.until("events are counted", () -> tile("Events per second") > 10);
        browser.until("offers are counted", () -> tile("Offers per second") > 1);
        browser.await(".offers > li");
        browser.await("#notice", "This is a demo: its shoppers are made up");
        browser.await("main h2", "What offers earned");
        browser.until(
                "a comparison in words, or how many customers it still needs",
                () -> browser.all(".verdict p").stream()
                        .anyMatch(p -> COMPARED.matcher(p.getText()).find()));
        browser.await("main section", "What to decide next");
        browser.await("main tbody th", "holdout");
        String first = browser.text(".offers > li");
        browser.until("further offers come", () -> !browser.text(".offers > li").equals(first));
        browser.until(
                "a line grows",
                () -> browser.number("document.querySelector('.sparkline path').getAttribute('d').split('L').length")
                        > 5);
        browser.picture("overview");

        browser.await("button[aria-pressed=false]", "Pause").click();
        String paused = browser.text(".offers");
        String line = browser.await(".sparkline path").getDomAttribute("d");
        browser.until(
                "figures go on",
                () -> !line.equals(browser.await(".sparkline path").getDomAttribute("d")));
        assertThat(browser.text(".offers")).isEqualTo(paused);

        String shopper = browser.text(".offers a");
        browser.await(".offers a").click();
        browser.await("main h2", shopper);
    }

    private double tile(String name) {
        return browser.all(".tile").stream()
                .filter(tile -> tile.getText().startsWith(name))
                .map(tile -> tile.findElement(By.className("figure")).getText().replace(",", ""))
                .filter(text -> text.matches("[0-9.]+"))
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(0);
    }

    @Test
    void shouldTellOfAShopperWhatIsOfferedAndWhy() throws Exception {
        signIn(READER, "#/");
        browser.until("a user who was offered something has looked at something", () -> {
            browser.visit("#/");
            browser.visit(browser.await(".offers a").getDomAttribute("href"));
            browser.await("main h2", "Offers made");
            return browser.text("main .facts").contains("view ")
                    && !browser.driver().getCurrentUrl().endsWith("/session");
        });

        assertThat(browser.driver().getCurrentUrl()).endsWith("#/shoppers/" + browser.text("main h2"));
        assertThat(browser.text("main .facts")).contains("demo-shop, arm ");
        browser.await("main h2", "Bought");
        browser.await("main h2", "Offers made");
        browser.await("table button", "Why?").click();
        browser.await("#explanation h3");
        browser.until(
                "the focus is where the answer is",
                () -> browser.focused().getTagName().equals("h3"));
        assertThat(browser.text("#explanation p")).contains("By score it is number ");
        assertThat(browser.all("#explanation tbody tr")).hasSizeGreaterThan(15);
        assertThat(browser.violations()).isEmpty();
        browser.picture("shopper");

        browser.await("#bundle").sendKeys("no-such-bundle", Keys.ENTER);
        browser.await("#explanation .problem", "no-such-bundle");

        browser.visit("#/shoppers/nobody");
        browser.await("main .problem", "no user nobody is known");
    }

    @Test
    void shouldShowWhatRanksBestOnEachOccasion() throws Exception {
        signIn(READER, "#/ranking");

        browser.await("main h2", "What ranks best in your shop");
        browser.until(
                "choices are counted", () -> browser.all("main table caption").size() > 1);
        assertThat(browser.all("main section")).hasSize(4);
        assertThat(browser.text("main")).contains("The starting weights", "in force", "No choice was counted yet");
        browser.await("main caption", "Bundles that were seen, by the predicted rate");
        assertThat(browser.violations()).isEmpty();
        browser.picture("ranking");
    }

    @Test
    void shouldShowAnItemWithWhatGoesWithIt() throws Exception {
        signIn(READER, "#/items");
        browser.await("main h2", "Rising");
        WebElement item = browser.await("#item");
        item.sendKeys("waterING");
        browser.until(
                "a part of its title proposes it",
                () -> browser.all("#item-found option").stream()
                        .anyMatch(option -> ITEM.equals(option.getDomAttribute("value"))));
        item.sendKeys(" can", Keys.ENTER);
        browser.await("#catalog-query");
        browser.visit("#/items");
        browser.await("#item").sendKeys("terracotta watering can", Keys.ENTER);
        browser.await("main h2", "Terracotta Watering Can");

        browser.until("something is known of it", () -> {
            browser.driver().navigate().refresh();
            browser.await("main h2", "Terracotta Watering Can");
            return browser.all("tbody tr").size() > 5;
        });
        assertThat(browser.text("main")).contains("Bought together", "Similar", "£2.77", "Garden");
        browser.picture("item");
    }

    @Test
    void shouldDrawTheTopologyAndTellHowFarInstancesAre() throws Exception {
        signIn(READER, "#/topology");
        browser.await("svg.topology");
        assertThat(browser.number("document.querySelectorAll('svg.topology').length"))
                .isEqualTo(5);
        assertThat(browser.number("document.querySelectorAll('svg.topology .node').length"))
                .isEqualTo(browser.number("document.querySelectorAll('details tbody tr').length"))
                .isGreaterThan(20);
        browser.picture("topology");

        browser.visit("#/instances");
        browser.await("progress");
        browser.click("summary", "Stores");
        WebElement row = browser.await("details[open] tbody tr");
        browser.until("it was drawn anew", () -> isGone(row));
        assertThat(browser.all("details[open] tbody tr"))
                .as("what is open stays open")
                .isNotEmpty();
        assertThat(browser.number("document.querySelector('progress').value * 100"))
                .isBetween(50L, 100L);
        browser.picture("instances");
    }

    private static boolean isGone(WebElement element) {
        try {
            element.isDisplayed();
            return false;
        } catch (org.openqa.selenium.StaleElementReferenceException e) {
            return true;
        }
    }

    @Test
    void shouldShowIdsAsTheyAreAndNeverAsMarkup() throws Exception {
        String id = "<img src=x onerror=alert(1)> & \"'/#?%";
        publish(id);
        signIn(READER, "#/shoppers");

        browser.until("the event was processed", () -> found(id));
        assertThat(browser.text("main h2")).isEqualTo(id);
        assertThat(browser.all("main img")).isEmpty();
    }

    private static void publish(String userId) throws Exception {
        String event = String.format(
                "{\"eventId\": \"odd\", \"userId\": \"%s\", \"type\": \"VIEW\", \"itemId\": \"%s\", \"eventTime\": %d}",
                userId.replace("\"", "\\\""), ITEM, LONG_AGO);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(PagesIT.address() + "/v1/events"))
                                .header("Authorization", "Bearer " + ADMIN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(event))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }
}
