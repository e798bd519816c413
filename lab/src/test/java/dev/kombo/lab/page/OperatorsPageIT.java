package dev.kombo.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The operators' page in a real browser, over a service with a shop at work. */
@Tag("slow")
@Timeout(300)
class OperatorsPageIT {
    private static final String READER = "token-of-somebody-who-may-look";
    private static final String ADMIN = "token-of-somebody-who-may-do-all";
    private static final String SHOPPER = "user-00002";
    private static final String ITEM = "item-111";
    /** Before the shop's first day: one of today would end all that is open in a shop that lives in the past. */
    private static final long LONG_AGO =
            System.currentTimeMillis() - Duration.ofDays(370).toMillis();
    /** Beside the list of mined bundles, whether there are any or not. */
    private static final String LISTED = "An approved bundle is offered from then on";

    private static final List<String> PAGES = List.of(
            "#/",
            "#/experiments",
            "#/ranking",
            "#/bundles",
            "#/bundles/bundle-003",
            "#/catalog/items/Watering",
            "#/catalog/bundles",
            "#/shoppers/" + SHOPPER,
            "#/items/" + ITEM,
            "#/topology",
            "#/instances",
            "#/schemas",
            "#/schemas/BundleOffer");

    /** Rules that the markup of the API's viewer breaks, which is not ours. */
    private static final List<String> OF_THE_VIEWER = List.of("nested-interactive: ", "heading-order: ", "region: ");

    @TempDir
    static Path folder;

    private static LabProcess shop;
    private static String address;

    private Browser browser;

    @BeforeAll
    static void openTheShop() throws Exception {
        Browser.assumeInstalled();
        shop = LabProcess.start(
                folder,
                "demo",
                "--port=0",
                "--shoppers=400",
                "--past=365",
                "--pace=1s",
                "--set=kombo.mining.auto.approve=false",
                "--set=kombo.mining.support.min=2",
                "--set=kombo.mining.support.max=2",
                "--set=kombo.mining.lift.lower.bound.min=0",
                "--set=kombo.order.close.ms=1000",
                "--set=kombo.api.tokens=reader:read:" + ApiToken.hash(READER) + ",boss:admin:" + ApiToken.hash(ADMIN));
        address = shop.page();
    }

    @AfterAll
    static void closeTheShop() {
        if (shop != null) {
            shop.close();
        }
    }

    @BeforeEach
    void openTheBrowser() {
        browser = Browser.open(address);
    }

    @AfterEach
    void closeTheBrowser() {
        try {
            assertThat(browser.complaints()).isEmpty();
        } finally {
            browser.close();
        }
    }

    /** Signs in where something is asked for at once, then goes to a page. */
    private void signIn(String token, String page) {
        browser.visit("#/instances");
        browser.await("#token").sendKeys(token, Keys.ENTER);
        browser.visit(page);
    }

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
    void shouldShowWhatHappensAsItHappens() throws Exception {
        signIn(READER, "#/");

        browser.until("events are counted", () -> tile("Events per second") > 10);
        browser.until("offers are counted", () -> tile("Offers per second") > 1);
        browser.await(".offers > li");
        browser.await("#notice", "This is a demo: its shoppers are made up");
        browser.await("main h2", "What offers earned");
        browser.await(".verdict p", "observed to the end");
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
        signIn(READER, "#/shoppers");
        browser.until("the shopper came", () -> found(SHOPPER));

        browser.await("main h2", SHOPPER);
        assertThat(browser.text("main .facts")).contains("demo-shop, arm ", "view ");
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
        browser.click("main section button", "Compare");
        browser.await("main section p", "Too few decisions are logged");
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
    void shouldLetSomebodyDecideOnMinedBundles() throws Exception {
        signIn(READER, "#/bundles");
        browser.until("a bundle was mined", () -> {
            browser.visit("#/bundles");
            browser.driver().navigate().refresh();
            browser.await("main .quiet", LISTED);
            return browser.all("button[aria-label^=Approve]").size() > 1;
        });
        browser.picture("bundles");
        browser.await("button[aria-label^=Approve]").click();
        browser.await("#status", "the token reader has the role read; admin is needed");

        browser.await("#sign-out").click();
        browser.await("#token").sendKeys(ADMIN, Keys.ENTER);
        WebElement approve = browser.await("button[aria-label^=Approve]");
        String name = approve.getDomAttribute("aria-label").replaceFirst("^Approve ", "");
        approve.click();
        browser.await("#status", name + " is approved.");
        assertThat(browser.all("[aria-label='Approve " + name + "']")).isEmpty();
        assertThat(browser.focused().getTagName()).isEqualTo("button");
        WebElement reject = browser.await("button[aria-label^=Reject]");
        String other = reject.getDomAttribute("aria-label").replaceFirst("^Reject ", "");
        reject.click();
        browser.await("#status", other + " is rejected.");

        browser.until("neither is asked about again", () -> {
            browser.driver().navigate().refresh();
            browser.await("main .quiet", LISTED);
            return browser.all("[aria-label='Approve " + name + "'], [aria-label='Approve " + other + "']")
                    .isEmpty();
        });
    }

    @Test
    void shouldDecideOnManyMinedBundlesAtOnceByTheirEvidence() {
        signIn(ADMIN, "#/bundles");
        browser.until("bundles were mined", () -> {
            browser.visit("#/bundles");
            browser.driver().navigate().refresh();
            browser.await("main .quiet", LISTED);
            return browser.all("button[aria-label^=Reject]").size() > 2;
        });
        browser.click("summary", "Evidence");
        browser.await("details[open] li", "orders hold");

        browser.click("button", "Choose these");
        int chosen = browser.all("input.choice:checked").size();
        assertThat(chosen).isGreaterThan(2);
        browser.click("button", "Choose none");
        List<WebElement> boxes = browser.all("input.choice");
        String name = boxes.get(0).getDomAttribute("aria-label").replaceFirst("^Choose ", "");
        boxes.get(0).click();
        boxes.get(1).click();
        browser.click("button", "Reject 2 chosen");

        browser.await("#status", "2 bundles are rejected.");
        browser.until(
                "they are gone",
                () -> browser.all("[aria-label='Reject " + name + "']").isEmpty());
    }

    @Test
    void shouldLetSomebodyChangeTheCatalogueAndStopABundle() throws Exception {
        signIn(ADMIN, "#/catalog/items");
        browser.await("#catalog-query").sendKeys("waterING", Keys.ENTER);
        browser.await("main table th", "Terracotta Watering Can");
        WebElement stock = browser.await("input[aria-label^='Stock of Terracotta Watering Can']");
        stock.clear();
        stock.sendKeys("many", Keys.ENTER);
        browser.await("#status", "many is not a number of units.");
        stock.clear();
        stock.sendKeys("500", Keys.ENTER);
        browser.await("#status", "Terracotta Watering Can is saved.");
        browser.until("it is", () -> answer("/v1/items/" + ITEM).contains("\"stock\":500"));

        browser.await("button[aria-label='Add Terracotta Watering Can to the new bundle']")
                .click();
        browser.visit("#/catalog/items/item-112");
        browser.await("button[aria-label^='Add ']").click();
        browser.until(
                "two are chosen",
                () -> browser.all("input[aria-label^='Units of']").size() == 2);
        WebElement id = browser.await("#new-id");
        assertThat(id.getDomProperty("value")).contains(ITEM, "item-112");
        id.clear();
        id.sendKeys("hand-made");
        WebElement price = browser.await("#new-price");
        price.clear();
        price.sendKeys("1.00", Keys.ENTER);
        browser.until("it is doubted", () -> browser.alert().contains("less than half"));
        browser.driver().switchTo().alert().dismiss();
        assertThat(answer("/v1/bundles/hand-made")).contains("no bundle hand-made is known");
        price.sendKeys(Keys.ENTER);
        browser.until("it is doubted again", () -> browser.alert().contains("less than half"));
        browser.driver().switchTo().alert().accept();
        browser.await("#status", " is offered from now on.");

        browser.until("it is listed", () -> {
            browser.visit("#/catalog/bundles/offered/hand-made");
            browser.driver().navigate().refresh();
            browser.await("main table, main .quiet");
            return !browser.all("main tbody tr").isEmpty();
        });
        assertThat(browser.text("main tbody")).contains("hand-made", "offered", "£");
        assertThat(browser.violations()).isEmpty();
        browser.visit("#/catalog/bundles");
        browser.click("button.sort", "Price");
        browser.await("th[aria-sort=ascending]", "Price");
        assertThat(browser.all("tbody td input"))
                .extracting(input -> Double.parseDouble(input.getDomProperty("value")))
                .hasSizeGreaterThan(20)
                .isSorted();
        browser.click("button.sort", "Price");
        browser.await("th[aria-sort=descending]", "Price");
        browser.picture("catalog");
        browser.visit("#/catalog/bundles/offered/hand-made");
        browser.await("button[aria-label^='Stop ']").click();
        browser.await("#status", " is stopped: it is not offered from now on.");
        assertThat(browser.focused().getText()).isEqualTo("Resume");
        browser.until("it is", () -> answer("/v1/bundles/hand-made").contains("\"state\":\"STOPPED\""));
        browser.visit("#/bundles/hand-made");
        browser.await("main .facts", "stopped");
        browser.await("button[aria-label^='Resume ']").click();
        browser.await("#status", " is resumed.");
        browser.until("it does", () -> answer("/v1/bundles/hand-made").contains("\"state\":\"OFFERED\""));
    }

    @Test
    void shouldLetSomebodyEditSlotsAndSeeWhatFillsThem() throws Exception {
        signIn(ADMIN, "#/catalog/items/item-11");
        for (String item : List.of("item-110", "item-111", "item-112")) {
            browser.visit("#/catalog/items/" + item);
            browser.await("button[aria-label^='Add ']").click();
        }
        browser.until(
                "three are chosen",
                () -> browser.all("input[aria-label^='Units of']").size() == 3);
        WebElement id = browser.await("#new-id");
        id.clear();
        id.sendKeys("any-two");
        browser.await("#new-units").sendKeys("2", Keys.ENTER);
        browser.until("the price of all three is doubted", () -> browser.alert().contains("is above"));
        browser.driver().switchTo().alert().accept();
        browser.until("it is known", () -> answer("/v1/bundles/any-two").contains("\"filled\":[{\"slot\":\"choice\""));

        browser.visit("#/bundles/any-two");
        WebElement slots = browser.await("#edit-slots");
        assertThat(slots.getDomProperty("value")).isEqualTo("choice: 2 of item-110, item-111, item-112");
        slots.clear();
        slots.sendKeys("choice: 2");
        browser.click("button", "Save slots and price");
        browser.await("#slots-problem", "expected drink: 1 of tea, cola");
        slots.clear();
        slots.sendKeys("pick: 3 of item-110, item-111, item-112");
        browser.await("#edit-priceTiers").sendKeys("3 free of 3");
        browser.click("button", "Save slots and price");
        browser.await("#priceTiers-problem", "priceTiers[0].freeUnits is 3, 1 to 2 is expected");
        browser.await("#edit-priceTiers").clear();
        browser.await("#edit-priceTiers").sendKeys("10% off");
        browser.click("button", "Save slots and price");
        browser.await("#status", " is saved.");
        browser.await("#slots-shopper").sendKeys(SHOPPER, Keys.TAB);
        browser.await("main li", "pick: ");
        browser.await("#edit-completable").sendKeys("the missing items alone");
        browser.await("#edit-combinesWith").sendKeys("codes on the cart");
        browser.click("button", "Save slots and price");
        browser.await("#completable-problem", "slots");
        browser.await("#edit-completable").sendKeys("the whole bundle");
        browser.click("button", "Save slots and price");
        browser.until("it is known", () -> answer("/v1/bundles/any-two").contains("\"combinesWith\":[\"codes\"]"));
        assertThat(browser.violations()).isEmpty();
        browser.picture("slots");
    }

    private static String answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
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

    private boolean found(String shopper) {
        browser.visit("#/shoppers");
        browser.driver().navigate().refresh();
        browser.await("#shopper").sendKeys(shopper, Keys.ENTER);
        browser.await("main h2, main .problem");
        return browser.all("main .problem").isEmpty();
    }

    private static void publish(String userId) throws Exception {
        String event = String.format(
                "{\"eventId\": \"odd\", \"userId\": \"%s\", \"type\": \"VIEW\", \"itemId\": \"%s\", \"eventTime\": %d}",
                userId.replace("\"", "\\\""), ITEM, LONG_AGO);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + "/v1/events"))
                                .header("Authorization", "Bearer " + ADMIN)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(event))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    }

    @Test
    void shouldBeOfUseToEveryoneOnEveryScreen() {
        signIn(READER, "#/");
        browser.await(".tile");
        browser.until("the shopper came", () -> found(SHOPPER));
        for (int width : List.of(1280, 390)) {
            for (String page : PAGES) {
                browser.look(width, "light");
                browser.visit(page);
                // Anew, or what is left of the page before would do.
                browser.driver().navigate().refresh();
                browser.await("main section table, main section dl, main .tile, main svg");
                browser.until(
                        "charts are drawn",
                        () -> browser.number("document.querySelectorAll('.plot:empty').length") == 0);
                for (String scheme : List.of("light", "dark")) {
                    browser.look(width, scheme);
                    String where = page + ", " + scheme + ", " + width + " pixels";
                    assertThat(browser.violations()).as(where).isEmpty();
                    assertThat(browser.number("document.documentElement.scrollWidth"))
                            .as("scrolls sideways: %s", where)
                            .isLessThanOrEqualTo(width);
                }
            }
        }
    }

    @Test
    void shouldShowTheApiAndAskItWithTheTokenOfThePage() {
        signIn(READER, "api.html");
        for (int width : List.of(1280, 390)) {
            browser.look(width, "light");
            browser.visit("api.html");
            browser.await(".opblock-summary-path", "/v1/instances");
            for (String scheme : List.of("light", "dark")) {
                browser.look(width, scheme);
                browser.until("colours have changed", () -> browser.number("document.getAnimations().length") == 0);
                assertThat(browser.violations())
                        .as("%s, %s pixels", scheme, width)
                        .filteredOn(violation -> OF_THE_VIEWER.stream().noneMatch(violation::startsWith))
                        .isEmpty();
                assertThat(browser.number("document.documentElement.scrollWidth"))
                        .isLessThanOrEqualTo(width);
            }
        }

        browser.click("#operations-Operation-instances .opblock-summary-control", "/v1/instances");
        browser.click("#operations-Operation-instances .try-out__btn", "Try it out");
        browser.click("#operations-Operation-instances .execute", "Execute");

        browser.await("#operations-Operation-instances .live-responses-table .response-col_status", "200");
    }

    @Test
    void shouldBeUsableWithoutAMouse() {
        signIn(READER, "#/");
        browser.await(".tile");
        browser.driver().navigate().refresh();
        browser.await(".tile");

        browser.tab();
        assertThat(browser.focused().getText()).isEqualTo("To the content");
        browser.press(Keys.ENTER);
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("main");

        browser.driver().navigate().refresh();
        browser.await(".tile");
        for (int i = 0; i < 20 && !browser.focused().getText().equals("Instances"); i++) {
            browser.tab();
        }
        browser.press(Keys.ENTER);
        browser.await("h1", "Instances");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("main");
        assertThat(browser.driver().getTitle()).isEqualTo("Instances · Kombo");
        assertThat(browser.text("nav [aria-current=page]")).isEqualTo("Instances");
    }
}
