package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.schema.ReportWindow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryCommandsTest {
    private final Console console = new Console();
    private final ScriptedSources sources = console.service.sources;
    private final QueryApi api = QueryApi.start("127.0.0.1", 0, sources.sources());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldShowProfileAndOpenOfferWhenTheUserIsKnown() {
        sources.profiles.put("u:ann/1", ScriptedSources.profile(2000, ScriptedSources.offer("o-1", 1500, 2500)));

        assertThat(console.run("offers", "ann/1", "--url", api.url())).isZero();

        assertThat(console.output())
                .isEqualToNormalizingNewlines(
                        """
                User ann/1
                  seen        1970-01-01T00:00:00.100Z to 1970-01-01T00:00:02Z
                  events      VIEW 4, PURCHASE 1
                  spent       4.50 GBP
                  categories  kitchen
                  cart        none
                  arm         none yet

                Offer o-1, placement default, arm fused, holds until 1970-01-01T00:00:02.500Z
                rank  bundle    title         price    saving  members
                ----  --------  --------  ---------  --------  ----------------
                   1  tea-time  Tea time  13.50 GBP  1.50 GBP  2 x tea, 1 x cup
                """);
    }

    @Test
    void shouldSaySoWhenThereIsNoOpenOffer() {
        sources.profiles.put("s:visit", ScriptedSources.profile(2000));

        assertThat(console.run("offers", "--session", "visit", "--url", api.url() + "/"))
                .isZero();
        assertThat(console.output()).contains("Session visit").endsWith("No open offer." + System.lineSeparator());
    }

    @Test
    void shouldFailWithOneLineWhenTheUserIsUnknown() {
        assertThat(console.run("offers", "nobody", "--url", api.url())).isEqualTo(1);
        assertThat(console.errors().strip())
                .isEqualTo("kombo offers: " + api.url() + " answers: no user nobody is known");
    }

    @Test
    void shouldShowTheWindowAskedForWhenThereAreSeveral() {
        sources.reports.add(ScriptedSources.report(ReportWindow.TOTAL, 0));
        sources.reports.add(ScriptedSources.report(ReportWindow.DAY, 86_400_000));

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output())
                .isEqualToNormalizingNewlines(
                        """
                Experiment first, since the start, up to 1970-01-01T00:00:00.500Z
                arm    users  offers   seen  clicks      CTR  bought     CVR       revenue   by offers     saving
                -----  -----  ------  -----  ------  -------  ------  ------  ------------  ----------  ---------
                fused     40   1,200  1,000     100  10.00 %      10  1.00 %  1,234.50 GBP  135.00 GBP  15.00 GBP
                """);

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--window", "day", "--url", api.url())).isZero();
        assertThat(console.output()).startsWith("Experiment first, day from 1970-01-02T00:00:00Z,");
    }

    @Test
    void shouldSaySoWhenThereIsNoReportYet() {
        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output().strip()).isEqualTo("No report yet.");
    }

    @Test
    void shouldPrintTheAnswerItselfWhenAskedForJson() {
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output().strip()).startsWith("{").contains("\"reports\" : [");
    }
}
