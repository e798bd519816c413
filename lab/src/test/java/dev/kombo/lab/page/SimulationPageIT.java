package dev.kombo.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;

/** The operators' page while a demo runs whose days pass in a tenth of a second: weeks of an experiment in a minute. */
@Tag("slow")
@Timeout(480)
class SimulationPageIT {
    private static final int DAYS = 10;

    @TempDir
    private Path folder;

    @Test
    void shouldShowArmsWithIntervalsOverTimeAndAVerdict() throws Exception {
        Browser.assumeInstalled();
        try (LabProcess simulation = LabProcess.start(
                        folder, "demo", "--shoppers=2500", "--past=200", "--pace=100ms", "--seed=11", "--port=0");
                Browser browser = Browser.open(simulation.page())) {
            browser.visit("#/experiments");
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
            assertThat(browser.number("document.querySelectorAll('figure').length"))
                    .isEqualTo(2);
            browser.click("figure summary", "As a table");
            browser.await("figure details[open] td", " to ");
            assertThat(browser.text("main")).contains("Users were assigned to the arms in the planned shares.");
            assertThat(browser.violations()).isEmpty();
            assertThat(browser.complaints()).isEmpty();
            browser.click("figure summary", "As a table");
            browser.look(1280, "dark");
            browser.picture("experiment");
        }
    }
}
