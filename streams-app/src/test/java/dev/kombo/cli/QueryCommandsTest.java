package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ArmRatio;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ErrorSpending;
import dev.kombo.schema.ExperimentAdvice;
import dev.kombo.schema.GuardrailCrossing;
import dev.kombo.schema.GuardrailReport;
import dev.kombo.schema.MovedArm;
import dev.kombo.schema.PlannedEffect;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.SampleRatioReport;
import dev.kombo.schema.ShareMove;
import dev.kombo.schema.UpliftVerdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryCommandsTest {
    private final Console console = new Console();
    private final ScriptedSources sources = console.service.sources;
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldShowProfileAndOpenOfferWhenTheUserIsKnown() {
        sources.profiles.put("u:ann/1", ScriptedSources.shopper(2000, ScriptedSources.offer("o-1", 1500, 2500)));

        assertThat(console.run("offers", "ann/1", "--url", api.url())).isZero();

        assertThat(console.output()).isEqualToNormalizingNewlines("""
            User ann/1
              seen        1970-01-01T00:00:00.100Z to 1970-01-01T00:00:02Z
              events      VIEW 4, PURCHASE 1
              spent       4.50 GBP
              categories  kitchen
              cart        none
              arm         none yet

            Offer o-1, placement default, arm fused, valid until 1970-01-01T00:00:02.500Z
            rank  bundle    title         price    saving  members
            ----  --------  --------  ---------  --------  ----------------
               1  tea-time  Tea time  13.50 GBP  1.50 GBP  2 x tea, 1 x cup
            """);
    }

    @Test
    void shouldSaySoWhenThereIsNoOpenOffer() {
        sources.profiles.put("s:visit", ScriptedSources.shopper(2000));

        assertThat(console.run("offers", "--session", "visit", "--url", api.url() + "/"))
                .isZero();
        assertThat(console.output())
                .contains(
                        "Session visit",
                        "No open offer. This would be offered now; it is not recorded.",
                        "   1  tea-time  Tea time  14.00 GBP  1.00 GBP  2 x tea, 1 x cup");
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
        assertThat(console.output()).isEqualToNormalizingNewlines("""
            Experiment first, since the start, up to 1970-01-01T00:00:00.500Z
            arm    users  offers  offers seen  bundles clicked  offers clicked  bundles bought  per offer seen       revenue  attributed     saving
            -----  -----  ------  -----------  ---------------  --------------  --------------  --------------  ------------  ----------  ---------
            fused     40   1,200        1,000              100         10.00 %              10          0.0100  1,234.50 GBP  135.00 GBP  15.00 GBP

            arm    model stage  revenue per user  view-through  by view-through  partial  cross-bundle  returned  dismissed
            -----  -----------  ----------------  ------------  ---------------  -------  ------------  --------  ---------
            fused  shrunk              30.86 GBP             4        54.00 GBP        2             3   10.00 %     0.50 %

            arm    placement  offers  seen  clicks  dismissed  bought  attributed
            -----  ---------  ------  ----  ------  ---------  ------  ----------
            fused  home          900   800      90          4       8  108.00 GBP
            """);

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--window", "day", "--url", api.url())).isZero();
        assertThat(console.output())
                .startsWith("Experiment first, day from 1970-01-02T00:00:00Z,")
                .doesNotContain("placement");
    }

    @Test
    void shouldSayInWordsHowTheArmsCompare() {
        ArmComparison decided = ScriptedSources.comparison(UpliftVerdict.WINNING);
        ArmComparison open = ArmComparison.newBuilder(ScriptedSources.comparison(UpliftVerdict.UNDECIDED))
                .setDifferenceLow(-3.0)
                .setRelative(null)
                .setMoreUsers(4_500L)
                .build();
        ArmComparison endless =
                ArmComparison.newBuilder(open).setMoreUsers(null).build();
        ArmComparison early = ArmComparison.newBuilder()
                .setMeasure("repeatPurchase30d")
                .setArm("fused")
                .setReference("holdout")
                .setVerdict(UpliftVerdict.TOO_EARLY)
                .setUsers(600)
                .setReferenceUsers(31)
                .setBurnIn(250)
                .build();
        ArmComparison share = ArmComparison.newBuilder(ScriptedSources.comparison(UpliftVerdict.LOSING))
                .setCurrency(null)
                .setRelative(null)
                .setMean(0.25)
                .setReferenceMean(0.3)
                .setDifference(-0.05)
                .setDifferenceLow(-0.08)
                .setDifferenceHigh(-0.02)
                .build();
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setComparisons(List.of(decided, open, endless, early, share));
        report.setSampleRatio(new SampleRatioReport(true, 0.5, List.of()));
        sources.reports.add(report);

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output().lines().map(String::strip))
                .contains(
                        "measure per user   arm         mean  reference  reference mean  verdict",
                        "revenue28d         fused  13.52 GBP  holdout         13.00 GBP  winning: +4.0 %, between +0.9"
                                + " % and +7.2 % (+0.52 GBP, between +0.12 GBP and +0.93 GBP), after 12,000 and 1,300"
                                + " users",
                        "revenue28d         fused  13.52 GBP  holdout         13.00 GBP  undecided: about 4,500 more"
                                + " users needed; +0.52 GBP, between -0.03 GBP and +0.93 GBP, after 12,000 and 1,300"
                                + " users",
                        "revenue28d         fused  13.52 GBP  holdout         13.00 GBP  undecided: no end in sight; "
                                + "+0.52 GBP, between -0.03 GBP and +0.93 GBP, after 12,000 and 1,300 users",
                        "repeatPurchase30d  fused             holdout                    too early: 31 of 250 users in"
                                + " arm holdout",
                        "revenue28d         fused    25.00 %  holdout           30.00 %  losing: -5.00 points, "
                                + "between -8.00 points and -2.00 points, after 12,000 and 1,300 users",
                        "Users were assigned in the planned shares (p = 0.500).");
    }

    @Test
    void shouldSayWhetherArmsWereAlikeBeforeAssignmentAndThatTheEndIsReached() {
        ArmComparison alike = ArmComparison.newBuilder(ScriptedSources.comparison(UpliftVerdict.UNDECIDED))
                .setSpending(ErrorSpending.AT_END)
                .setPrior(0.012)
                .setPriorLow(-0.08)
                .setPriorHigh(0.104)
                .build();
        ArmComparison unlike = ArmComparison.newBuilder(alike)
                .setArm("bold")
                .setPriorLow(0.004)
                .setPriorHigh(0.02)
                .build();
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setComparisons(List.of(alike, unlike));
        sources.reports.add(report);

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output())
                .contains("undecided at the planned end: +4.0 %, between ")
                .contains(
                        "Before assignment, users of fused and holdout were alike: expected revenue28d +1.2 %, between"
                                + " -8.0 % and +10.4 %.")
                .contains("Before assignment, users of bold and holdout were not alike: expected revenue28d +1.2 %,"
                        + " between +0.4 % and +2.0 %. Find out why before you act on their comparison.");

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output()).contains("\"priorLow\" : 0.004", "\"spending\" : \"AT_END\"");
    }

    @Test
    void shouldTellWhatDiscountBudgetsHaveSpent() {
        sources.limitDiscounts();
        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output())
                .contains("Discount budgets of the active strategy")
                .containsPattern("treatment +10.00 GBP +1.00 GBP +5.00 GBP +2.50 GBP +3.50 GBP +1970-01-01T00:00:03Z");

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output()).contains("\"reports\"", "\"spentAt\" : 3000");
    }

    @Test
    void shouldTrustNothingWhenSharesDoNotFit() {
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setComparisons(List.of(ScriptedSources.comparison(UpliftVerdict.BROKEN)));
        report.setSampleRatio(new SampleRatioReport(false, 0.00012, List.of(new ArmRatio(3L, "fused", 800.4, 1_000L))));
        sources.reports.add(report);

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output())
                .contains("sample ratio mismatch: cannot be compared")
                .contains(
                        "Users were not assigned in the planned shares (p = 0.000120): fused (version 3) 1,000 instead"
                                + " of 800.");

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output())
                .contains("\"verdict\" : \"BROKEN\"", "\"fits\" : false", "\"differenceLow\" : 12.0");
    }

    @Test
    void shouldSayWhatToDoNowAndWhatGuardrailsFound() {
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setAdvice(new ExperimentAdvice("LOOK", "fused", null, "stopped: too low"));
        report.setGuardrails(List.of(GuardrailReport.newBuilder()
                .setMeasure("revenue28d")
                .setMargin(0.02)
                .setAction("STOP")
                .setArm("fused")
                .setControl("holdout")
                .setChange(-0.1)
                .setBound(-0.03)
                .setCrossed(true)
                .build()));
        report.setCrossings(
                List.of(new GuardrailCrossing("revenue28d", "fused", "STOP", 7L, 1_767_600_000_000L, "too low")));
        report.setLastMove(new ShareMove(7L, 1_767_600_000_000L, List.of(), "STOP", "fused", "too low"));
        sources.reports.add(report);

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output())
                .contains("Now: stopped: too low.")
                .containsPattern("revenue28d +fused +holdout +2.0 % +-10.0 % +-3.0 % +STOP +crossed")
                .contains("Guardrail crossed at 2026-01-05T08:00:00Z, STOP with version 7: too low.")
                .contains("Kombo changed the strategy with version 7 at 2026-01-05T08:00:00Z, STOP: too low.");

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output()).contains("\"sentence\" : \"stopped: too low\"", "\"decision\" : \"LOOK\"");
    }

    @Test
    void shouldSayWhatItTakesToSeeAnEffect() {
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setPlan(List.of(new PlannedEffect(0.02, null, null), new PlannedEffect(0.1, 12_345L, 40L)));
        sources.reports.add(report);

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output()).containsPattern("\\+2.0 % +never").containsPattern("\\+10.0 % +12,345 +40");
    }

    @Test
    void shouldSayHowSharesMoved() {
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setLastMove(new ShareMove(
                7L,
                1_767_600_000_000L,
                List.of(new MovedArm("fused", 0.35, 0.0312), new MovedArm("bold", 0.45, 0.9688)),
                "ALLOCATION",
                null,
                null));
        sources.reports.add(report);

        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output())
                .contains("Shares of new users moved with version 7 at 2026-01-05T08:00:00Z: "
                        + "fused to 35.0 % (best with a probability of 3.1 %), "
                        + "bold to 45.0 % (best with a probability of 96.9 %).");

        console.out.getBuffer().setLength(0);
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output()).contains("\"lastMove\" : {", "\"probabilityBest\" : 0.9688");
    }

    @Test
    void shouldSaySoWhenThereIsNoReportYet() {
        assertThat(console.run("report", "--url", api.url())).isZero();
        assertThat(console.output().strip()).startsWith("No offer was made yet");
    }

    @Test
    void shouldPrintTheAnswerItselfWhenAskedForJson() {
        assertThat(console.run("report", "--json", "--url", api.url())).isZero();
        assertThat(console.output().strip()).startsWith("{").contains("\"reports\" : [");
    }
}
