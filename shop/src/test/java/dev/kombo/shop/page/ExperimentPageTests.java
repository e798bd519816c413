package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/** What somebody sees of an experiment that has gone on for weeks. */
abstract class ExperimentPageTests extends PageTests {
    private static final int DAYS = 10;

    @Test
    void shouldShowArmsWithIntervalsOverTimeAndAVerdict() throws Exception {
        signIn(READER, "#/experiments");
        browser.until("a user was compared", () -> {
            browser.driver().navigate().refresh();
            browser.await("main section, main .quiet");
            return !browser.all("#measure option[value='revenue1d GBP']").isEmpty();
        });
        new Select(browser.await("#measure")).selectByValue("revenue1d GBP");
        browser.until(
                "intervals come as days pass",
                () -> browser.number("document.querySelectorAll('.verdicts ~ figure tbody tr').length") >= DAYS);

        assertThat(browser.await(".verdicts").getText())
                .as("another measure decides")
                .contains("exploratory")
                .contains(" per user: ");
        assertThat(browser.all(".series .band")).isNotEmpty();
        assertThat(browser.number("document.querySelectorAll('figure').length")).isEqualTo(2);
        browser.click("figure summary", "As a table");
        browser.await("figure details[open] td", " to ");
        assertThat(browser.text("main")).contains("Users were assigned to the arms in the planned shares.");
        assertThat(browser.violations()).isEmpty();
        browser.click("figure summary", "As a table");
        browser.show(1280, "dark");
        browser.picture("experiment");
    }
}
