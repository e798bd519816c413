package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What somebody changes who may do all: mined bundles, the catalogue, slots. */
abstract class DecidingPageTests extends PageTests {
    /** Beside the list of mined bundles, whether there are any or not. */
    private static final String LISTED = "An approved bundle is offered from then on";

    @Test
    void shouldLetSomebodyDecideOnMinedBundles() throws Exception {
        signIn(READER, "#/bundles");
        awaitMined(2);
        browser.picture("bundles");
        browser.await("button[aria-label^=Approve]").click();
        browser.await("#status", "the token reader has the role read; admin is needed");

        browser.await("#sign-out").click();
        browser.await("#token").sendKeys(ADMIN, Keys.ENTER);
        String name = decide("Approve", "approved");
        assertThat(browser.all("[aria-label='Approve " + name + "']")).isEmpty();
        assertThat(browser.focused().getTagName()).isEqualTo("button");
        String other = decide("Reject", "rejected");

        browser.until("neither is asked about again", () -> {
            list();
            return browser.all("[aria-label='Approve " + name + "'], [aria-label='Approve " + other + "']")
                    .isEmpty();
        });
    }

    private void awaitMined(int bundles) {
        browser.until(bundles + " bundles were mined", () -> {
            list();
            return browser.all("button[aria-label^=Approve]").size() >= bundles;
        });
    }

    /** Asks anew which mined bundles wait. */
    private void list() {
        browser.driver().navigate().refresh();
        browser.await("main .quiet", LISTED);
    }

    /** Decides on the first mined bundle, and names it; the demo goes on mining, and may just have replaced one. */
    private String decide(String verb, String decided) {
        AtomicReference<String> name = new AtomicReference<>();
        browser.until("a bundle is " + decided, () -> {
            browser.driver().navigate().refresh();
            WebElement button = browser.await("button[aria-label^=" + verb + "]");
            name.set(button.getDomAttribute("aria-label").substring(verb.length() + 1));
            button.click();
            String done = name.get() + " is " + decided + ".";
            browser.until("it is answered", () -> status().contains(done) || status().contains("is known"));
            return status().contains(done);
        });
        return name.get();
    }

    private String status() {
        return browser.await("#status").getDomProperty("textContent");
    }

    @Test
    void shouldDecideOnManyMinedBundlesAtOnceByTheirEvidence() {
        signIn(ADMIN, "#/bundles");
        awaitMined(3);
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
}
