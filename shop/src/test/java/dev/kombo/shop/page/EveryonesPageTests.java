package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Pages are of use on every screen, in either scheme of colours, and without a mouse. */
abstract class EveryonesPageTests extends PageTests {
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

    @Test
    void shouldBeOfUseToEveryoneOnEveryScreen() {
        signIn(READER, "#/");
        browser.await(".tile");
        browser.until("the shopper came", () -> found(SHOPPER));
        for (int width : List.of(1280, 390)) {
            for (String page : PAGES) {
                browser.show(width, "light");
                browser.visit(page);
                // Anew, or what is left of the page before would do.
                browser.driver().navigate().refresh();
                browser.await("main section table, main section dl, main .tile, main svg");
                browser.until(
                        "charts are drawn",
                        () -> browser.number("document.querySelectorAll('.plot:empty').length") == 0);
                for (String scheme : List.of("light", "dark")) {
                    browser.show(width, scheme);
                    String where = page + ", " + scheme + ", " + width + " pixels";
                    assertThat(violations(scheme)).as(where).isEmpty();
                    assertThat(browser.number("document.documentElement.scrollWidth"))
                            .as("scrolls sideways: %s", where)
                            .isLessThanOrEqualTo(width);
                }
            }
        }
    }

    private List<String> violations(String scheme) {
        return scheme.equals("light") ? browser.violations() : browser.violationsOfColors();
    }

    @Test
    void shouldShowTheApiAndAskItWithTheTokenOfThePage() {
        signIn(READER, "api.html");
        for (int width : List.of(1280, 390)) {
            browser.show(width, "light");
            browser.visit("api.html");
            browser.await(".opblock-summary-path", "/v1/instances");
            for (String scheme : List.of("light", "dark")) {
                browser.show(width, scheme);
                browser.until("colours have changed", () -> browser.number("document.getAnimations().length") == 0);
                assertThat(violations(scheme))
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
