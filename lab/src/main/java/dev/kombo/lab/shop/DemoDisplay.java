package dev.kombo.lab.shop;

import dev.kombo.schema.ConversionReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a demo's figures as text: a pure function of time, the shop's tally and the service's report. */
public final class DemoDisplay {
    private static final String ROW = "%-16s %7s %9s %11s %8s %7s %11s %7s %14s";

    private DemoDisplay() {}

    /**
     * A compact table: a line of the run, one of the heads, one an arm, and the sum.
     *
     * @param elapsed time since the shop opened
     * @param tally what the shop counted
     * @param totals the service's total report of each experiment; empty where there is none yet
     */
    public static List<String> table(Duration elapsed, ShopTally tally, Collection<ConversionReport> totals) {
        DemoSummary summary = DemoSummary.of(tally, totals);
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s  %,d events  %s a second  %s",
                clock(elapsed),
                summary.events(),
                perSecond(summary.events(), elapsed),
                totals.isEmpty() ? "(the shop's own figures; no report yet)" : "(figures of the service's report)"));
        lines.add(String.format(
                Locale.ROOT,
                ROW,
                "arm",
                "users",
                "offers",
                "impressions",
                "clicks",
                "CTR",
                "conversions",
                "CVR",
                "attributed"));
        for (Map.Entry<String, DemoSummary.Arm> arm : summary.arms().entrySet()) {
            lines.add(row(arm.getKey(), arm.getValue()));
        }
        lines.add(row(
                "all",
                summary.arms().values().stream().reduce(new DemoSummary.Arm(0, 0, 0, 0, 0, 0), DemoSummary::plus)));
        return List.copyOf(lines);
    }

    /** One line for where nothing can be redrawn. Parameters as in {@link #table}. */
    public static String line(Duration elapsed, ShopTally tally, Collection<ConversionReport> totals) {
        DemoSummary summary = DemoSummary.of(tally, totals);
        return String.format(
                Locale.ROOT,
                "%s  events %,d (%s/s)  offers %,d  impressions %,d  clicks %,d  conversions %,d  attributed %s",
                clock(elapsed),
                summary.events(),
                perSecond(summary.events(), elapsed),
                summary.offers(),
                summary.impressions(),
                summary.clicks(),
                summary.conversions(),
                money(summary.revenueMinor(), ShopCatalog.CURRENCY));
    }

    /**
     * The text that draws lines over those drawn before, on an ANSI terminal.
     *
     * @param lines lines to draw
     * @param drawnBefore number of lines drawn last, 0 at first
     */
    public static String redraw(List<String> lines, int drawnBefore) {
        String start = drawnBefore > 0 ? "\u001b[" + drawnBefore + "A\u001b[J" : "";
        return start + String.join("\n", lines) + "\n";
    }

    /**
     * Money for people, such as £1,234.50.
     *
     * @param minor amount in minor units
     * @param currency ISO 4217 code
     */
    public static String money(long minor, String currency) {
        Currency unit = Currency.getInstance(currency);
        BigDecimal amount = BigDecimal.valueOf(minor, Math.max(0, unit.getDefaultFractionDigits()));
        String symbol = unit.getSymbol(Locale.UK);
        // A symbol that is only the code again is set apart from the figure.
        String before = symbol.equals(currency) ? symbol + " " : symbol;
        return (minor < 0 ? "-" : "")
                + before
                + String.format(Locale.ROOT, "%,." + Math.max(0, amount.scale()) + "f", amount.abs());
    }

    private static String row(String name, DemoSummary.Arm arm) {
        return String.format(
                Locale.ROOT,
                ROW,
                name,
                count(arm.users()),
                count(arm.offers()),
                count(arm.impressions()),
                count(arm.clicks()),
                share(arm.clicks(), arm.impressions()),
                count(arm.conversions()),
                share(arm.conversions(), arm.impressions()),
                money(arm.revenueMinor(), ShopCatalog.CURRENCY));
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    private static String clock(Duration elapsed) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", elapsed.toHours(), elapsed.toMinutesPart(), elapsed.toSecondsPart());
    }

    private static String perSecond(long events, Duration elapsed) {
        long millis = elapsed.toMillis();
        return millis == 0 ? "-" : String.format(Locale.ROOT, "%.0f", events * 1000.0 / millis);
    }
}
