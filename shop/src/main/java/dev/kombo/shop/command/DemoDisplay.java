package dev.kombo.shop.command;

import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.TextTable;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.GuardrailReport;
import dev.kombo.schema.PlannedEffect;
import dev.kombo.schema.UpliftVerdict;
import dev.kombo.shop.simulation.ServiceReport.ArmTotals;
import dev.kombo.shop.simulation.ShopSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Formats a demo's figures as text. */
final class DemoDisplay {
    /** Of the planned effects in a report, the one that is shown. */
    private static final double PLANNED_EFFECT = 0.10;

    private static final double MILLIS_A_SECOND = 1000;

    private static final List<String> WINDOWS = List.of("revenue1d", "revenue7d", "revenue28d");

    private static final Columns<Map.Entry<String, ArmTotals>> ARMS = new Columns<Map.Entry<String, ArmTotals>>()
            .add("arm", Map.Entry::getKey)
            .add("users", arm -> Figures.count(arm.getValue().users()))
            .add("offers", arm -> Figures.count(arm.getValue().offers()))
            .add("seen", arm -> Figures.count(arm.getValue().impressions()))
            .add("bundle clicks", arm -> Figures.count(arm.getValue().clicks()))
            .add("offers clicked", arm -> share(arm.getValue().clickedOffers(), arm.getValue()))
            .add("bundles bought", arm -> Figures.count(arm.getValue().conversions()))
            .add("per seen", arm -> perOffer(arm.getValue()))
            .add("attributed", arm -> money(arm.getValue().attributedMinor()));

    private DemoDisplay() {}

    /**
     * Returns a compact table: a line about the run, the header, one line per arm, and the total.
     *
     * @param elapsed time since the shop opened
     * @param when the day in the shop
     */
    static List<String> table(Duration elapsed, String when, Demo.DemoSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add(Figures.text(
                "%s  %s  %,d events  %s a second",
                clock(elapsed), when, summary.events(), perSecond(summary.events(), elapsed)));
        Map<String, ArmTotals> rows = new LinkedHashMap<>(summary.arms());
        rows.put("all", Demo.DemoSummary.sum(summary.arms()));
        ARMS.text(rows.entrySet()).toString().lines().forEach(lines::add);
        return List.copyOf(lines);
    }

    /** Returns one line, for output that cannot be redrawn. Parameters as in {@link #table}. */
    static String line(Duration elapsed, String when, Demo.DemoSummary summary) {
        return Figures.text(
                "%s  %s  events %,d (%s/s)  offers %,d  impressions %,d  clicks %,d  conversions %,d  attributed %s",
                clock(elapsed),
                when,
                summary.events(),
                perSecond(summary.events(), elapsed),
                summary.offers(),
                summary.impressions(),
                summary.clicks(),
                summary.conversions(),
                money(summary.revenueMinor()));
    }

    /**
     * Returns how revenue per user within 1, 7 and 28 days compares with the holdout, one line per arm; empty while
     * nothing can be said.
     *
     * @param totals the service's total report of each experiment
     */
    static List<String> comparisons(Collection<ConversionReport> totals) {
        Map<String, Map<String, String>> byArm = new TreeMap<>();
        for (ConversionReport total : totals) {
            for (ArmComparison comparison : total.getComparisons()) {
                if (comparison.getRelative() != null
                        && WINDOWS.contains(comparison.getMeasure())
                        && comparison.getReference().equals("holdout")) {
                    byArm.computeIfAbsent(comparison.getArm() + " against holdout", arm -> new TreeMap<>())
                            .put(comparison.getMeasure(), effect(comparison));
                }
            }
        }
        TextTable table = new TextTable("revenue per user, within", "1 day", "7 days", "28 days");
        byArm.forEach((arm, effects) -> table.row(Stream.concat(
                        Stream.of(arm), WINDOWS.stream().map(window -> effects.getOrDefault(window, "-")))
                .toArray()));
        return byArm.isEmpty() ? List.of() : table.toString().lines().toList();
    }

    /** Returns what to do with each active experiment, what it takes to see 10 % more, and how its guardrails stand. */
    static List<String> advice(Collection<ConversionReport> totals) {
        List<String> lines = new ArrayList<>();
        for (ConversionReport total : totals) {
            if (total.getAdvice() != null) {
                lines.add(total.getExperiment() + ": " + total.getAdvice().getSentence() + ".");
            }
            for (PlannedEffect planned : total.getPlan()) {
                if (planned.getEffect() == PLANNED_EFFECT) {
                    lines.add(
                            planned.getUsers() == null
                                    ? "plan: no number of users shows an effect of +10%"
                                    : Figures.text(
                                            "plan: an effect of +10%% shows after about %,d users",
                                            planned.getUsers()));
                }
            }
            for (GuardrailReport guardrail : total.getGuardrails()) {
                lines.add(Figures.text(
                        "guardrail on %s of %s: %s, %s",
                        guardrail.getMeasure(),
                        guardrail.getArm(),
                        percent(guardrail.getChange()),
                        guardrail.getCrossed() ? "crossed" : "kept"));
            }
        }
        return lines;
    }

    private static String effect(ArmComparison comparison) {
        String verdict =
                comparison.getVerdict() == UpliftVerdict.WINNING || comparison.getVerdict() == UpliftVerdict.LOSING
                        ? " " + comparison.getVerdict().name().toLowerCase(Locale.ROOT)
                        : "";
        return percent(comparison.getRelative()) + " (" + percent(comparison.getRelativeLow()) + " to "
                + percent(comparison.getRelativeHigh()) + ")" + verdict;
    }

    private static String percent(Double part) {
        return part == null ? "?" : Figures.text("%+.0f%%", 100 * part);
    }

    /**
     * Returns the text that draws lines over the previous ones on an ANSI terminal, without the last line end.
     *
     * @param lines lines to draw
     * @param drawnBefore number of lines drawn last, 0 at first
     */
    static String redraw(List<String> lines, int drawnBefore) {
        String start = drawnBefore > 0 ? "\u001b[" + drawnBefore + "A\u001b[J" : "";
        return start + String.join("\n", lines);
    }

    private static String money(long minor) {
        return Figures.money(minor, ShopSettings.CURRENCY);
    }

    private static String perOffer(ArmTotals arm) {
        return arm.impressions() == 0 ? "-" : Figures.text("%.3f", (double) arm.conversions() / arm.impressions());
    }

    /** Share of the offers seen, at most all: one that was seen before the run may be clicked in it. */
    private static String share(long part, ArmTotals arm) {
        return arm.impressions() == 0 ? "-" : Figures.text("%.1f%%", Math.min(100, 100.0 * part / arm.impressions()));
    }

    private static String clock(Duration elapsed) {
        return Figures.text("%d:%02d:%02d", elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }

    private static String perSecond(long events, Duration elapsed) {
        long millis = elapsed.toMillis();
        return millis == 0 ? "-" : Figures.text("%.0f", events * MILLIS_A_SECOND / millis);
    }
}
