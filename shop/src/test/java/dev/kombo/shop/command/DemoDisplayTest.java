package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ExperimentAdvice;
import dev.kombo.schema.GuardrailReport;
import dev.kombo.schema.PlannedEffect;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.UpliftVerdict;
import dev.kombo.serde.ReportMapper;
import dev.kombo.shop.simulation.ServiceReport;
import dev.kombo.shop.simulation.ServiceReport.ArmTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoDisplayTest {
    private static final ConversionReport TOTAL = Reports.report(
            "demo",
            ReportWindow.TOTAL,
            5,
            Reports.arm("treatment", 210, 1_000, 1_234_567),
            Reports.arm("holdout", 41, 0, 0),
            Reports.arm("baseline", 40, 500, 33));
    private static final Demo.DemoSummary SUMMARY =
            Demo.DemoSummary.of(12_345, 7.5, ServiceReport.arms(List.of(ReportMapper.account(TOTAL))));

    @Test
    void shouldSumUpTheArmsOfAllExperiments() {
        ConversionReport other = Reports.report("other", ReportWindow.TOTAL, 9, Reports.arm("treatment", 30, 100, 50));
        Map<String, ArmTotals> arms =
                ServiceReport.arms(List.of(ReportMapper.account(TOTAL), ReportMapper.account(other)));

        assertThat(arms).containsOnlyKeys("baseline", "holdout", "treatment");
        assertThat(arms.get("treatment"))
                .isEqualTo(new ArmTotals(240, 1_100, 550, 110, 110, 22, 18, 3_703_851, 1_234_617));
        assertThat(Demo.DemoSummary.sum(arms))
                .isEqualTo(new ArmTotals(321, 1_600, 800, 160, 160, 32, 36, 3_703_950, 1_234_650));
    }

    @Test
    void shouldShowEachArmInARowWhenDrawnAsATable() {
        List<String> lines = DemoDisplay.table(Duration.ofSeconds(61), "2026-01-09", SUMMARY);

        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).isEqualTo("0:01:01  2026-01-09  12,345 events  202 a second");
        assertThat(lines.get(1).strip().split(" {2,}"))
                .containsExactly(
                        "arm",
                        "users",
                        "offers",
                        "seen",
                        "bundle clicks",
                        "offers clicked",
                        "bundles bought",
                        "per seen",
                        "attributed");
        assertThat(lines.get(4)).matches("holdout .* -  +0 .* - +0.00 GBP");
        assertThat(lines.get(5).split(" +"))
                .containsExactly("treatment", "210", "1,000", "500", "100", "20.0%", "20", "0.040", "12,345.67", "GBP");
        assertThat(lines.get(6)).startsWith("all").endsWith("12,346.00 GBP");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(110));
    }

    @Test
    void shouldShowNoRateAboveAllOfTheOffersSeen() {
        ArmTotals all = new ArmTotals(1, 1, 1, 3, 2, 2, 0, 0, 0);
        Demo.DemoSummary summary = Demo.DemoSummary.of(1, 1, Map.of("treatment", all));

        assertThat(DemoDisplay.table(Duration.ofSeconds(1), "2026-01-09", summary)
                        .get(3))
                .contains("100.0%", "2.000")
                .doesNotContain("200");
    }

    @Test
    void shouldSayWhatToDoWhatItTakesAndWhereTheGuardrailStands() {
        ConversionReport total = ConversionReport.newBuilder(TOTAL)
                .setAdvice(
                        new ExperimentAdvice("KEEP_RUNNING", "treatment", 9L, "keep running, about 9 days: revenue28d"))
                .setPlan(List.of(new PlannedEffect(0.05, null, null), new PlannedEffect(0.1, 4_200L, 30L)))
                .setGuardrails(List.of(GuardrailReport.newBuilder()
                        .setMeasure("revenue28d")
                        .setMargin(0)
                        .setAction("STOP")
                        .setArm("treatment")
                        .setControl("holdout")
                        .setChange(0.041)
                        .setCrossed(false)
                        .build()))
                .build();

        assertThat(DemoDisplay.advice(List.of(TOTAL))).isEmpty();
        assertThat(DemoDisplay.advice(List.of(total)))
                .containsExactly(
                        TOTAL.getExperiment() + ": keep running, about 9 days: revenue28d.",
                        "plan: an effect of +10% shows after about 4,200 users",
                        "guardrail on revenue28d of treatment: +4%, kept");
    }

    @Test
    void shouldFitOneLineWhenNothingCanBeRedrawn() {
        assertThat(DemoDisplay.line(Duration.ofSeconds(10), "2026-01-09", SUMMARY))
                .isEqualTo("0:00:10  2026-01-09  events 12,345 (1235/s)  offers 1,500  impressions 750  clicks 150"
                        + "  conversions 30  attributed 12,346.00 GBP");
        assertThat(DemoDisplay.line(Duration.ZERO, "", SUMMARY)).contains("(-/s)");
    }

    @Test
    void shouldGoUpAndClearWhenDrawnOverEarlierLines() {
        assertThat(DemoDisplay.redraw(List.of("a", "b"), 0)).isEqualTo("a\nb");
        assertThat(DemoDisplay.redraw(List.of("a", "b"), 2)).isEqualTo("\u001b[2A\u001b[Ja\nb");
    }

    @Test
    void shouldCompareArmsWithTheHoldoutOnceSomethingCanBeSaid() {
        assertThat(DemoDisplay.comparisons(List.of(TOTAL))).isEmpty();
        ConversionReport told = ConversionReport.newBuilder(TOTAL)
                .setComparisons(List.of(
                        comparison("revenue1d", "holdout", UpliftVerdict.WINNING, 0.204, 0.01, 0.7),
                        comparison("revenue7d", "holdout", UpliftVerdict.UNDECIDED, 0.1, -0.2, null),
                        comparison("revenue7d", "baseline", UpliftVerdict.WINNING, 9.9, 0.1, 11.0),
                        comparison("revenue28d", "holdout", UpliftVerdict.TOO_EARLY, null, null, null)))
                .build();

        List<String> lines = DemoDisplay.comparisons(List.of(told));

        assertThat(lines).hasSize(3);
        assertThat(lines.get(2).split("  +"))
                .containsExactly("treatment against holdout", "+20% (+1% to +70%) winning", "+10% (-20% to ?)", "-");
    }

    private static ArmComparison comparison(
            String measure, String reference, UpliftVerdict verdict, Double relative, Double low, Double high) {
        return ArmComparison.newBuilder()
                .setMeasure(measure)
                .setCurrency("GBP")
                .setArm("treatment")
                .setReference(reference)
                .setVerdict(verdict)
                .setUsers(300)
                .setReferenceUsers(300)
                .setBurnIn(250)
                .setRelative(relative)
                .setRelativeLow(low)
                .setRelativeHigh(high)
                .build();
    }

    @Test
    void shouldTellHowFastDaysPass() {
        long day = Duration.ofDays(1).toMillis();
        long now = 100 * day;
        Demo.DayText text = new Demo.DayText(Duration.ofSeconds(2), 0, now);

        assertThat(text.at(day, now + 2_000)).isEqualTo("1970-01-02");
        assertThat(text.at(3 * day, now + 6_000)).isEqualTo("1970-01-04 (2.0 s a day)");
        assertThat(text.at(5 * day, now + 16_000)).isEqualTo("1970-01-06 (5.0 s a day, the service is busy)");
        assertThat(text.at(now - 5, now)).isEqualTo("1970-04-10 (the present)");
    }
}
