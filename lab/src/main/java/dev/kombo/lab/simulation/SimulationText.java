package dev.kombo.lab.simulation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What simulations came to, for people. */
public final class SimulationText {
    private SimulationText() {}

    /** A table of the arms of each seed, and one of all seeds. */
    public static String of(SimulationSummary summary) {
        StringBuilder text = new StringBuilder();
        for (SimulationResult run : summary.runs()) {
            arms(run, text);
        }
        seeds(summary, text);
        return text.toString();
    }

    private static void arms(SimulationResult run, StringBuilder text) {
        line(
                text,
                "seed %d  (%.0f s, %,d events)",
                run.seed(),
                run.seconds(),
                run.counts().get("events"));
        line(
                text,
                "%-16s %7s %9s %11s %7s %7s %13s %14s %11s",
                "arm",
                "users",
                "offers",
                "impressions",
                "clicks",
                "taken",
                "revenue/user",
                "without offers",
                "true uplift");
        for (Map.Entry<String, SimulationResult.Arm> entry : run.arms().entrySet()) {
            SimulationResult.Arm arm = entry.getValue();
            ServiceReport.ArmFigures counted = arm.counted();
            line(
                    text,
                    "%-16s %,7d %,9d %,11d %,7d %,7d %13.2f %14.2f %11s",
                    entry.getKey(),
                    arm.users(),
                    counted.offers(),
                    counted.impressions(),
                    counted.clicks(),
                    counted.conversions(),
                    perUser(arm.revenueMinor(), arm.users()),
                    perUser(arm.withoutOffersMinor(), arm.users()),
                    percent(arm.uplift()));
        }
        text.append('\n');
    }

    private static double perUser(long minor, long users) {
        return users == 0 ? 0 : minor / 100.0 / users;
    }

    private static void seeds(SimulationSummary summary, StringBuilder text) {
        line(
                text,
                "%-6s %11s %11s %9s %14s %22s %9s %-10s",
                "seed",
                "true uplift",
                "popularity",
                "oracle",
                "true, 28 days",
                "reported, 28 days",
                "",
                "verdict");
        List<SimulationResult> runs = summary.runs();
        for (SimulationResult run : runs) {
            row(
                    text,
                    Long.toString(run.seed()),
                    run.trueUplift(),
                    run.popularityUplift(),
                    run.oracleUplift(),
                    run.trueUplift28d(),
                    run.reportedUplift());
        }
        if (runs.size() > 1) {
            row(
                    text,
                    "mean",
                    summary.trueUplift(),
                    summary.popularityUplift(),
                    summary.oracleUplift(),
                    summary.trueUplift28d(),
                    summary.reportedUplift());
        }
    }

    private static void row(
            StringBuilder text,
            String name,
            Double uplift,
            Double popularity,
            Double oracle,
            Double uplift28d,
            SimulationResult.Reported reported) {
        line(
                text,
                "%-6s %11s %11s %9s %14s %9s %22s %-10s",
                name,
                percent(uplift),
                percent(popularity),
                percent(oracle),
                percent(uplift28d),
                percent(reported.estimate()),
                "[" + percent(reported.low()) + ", " + percent(reported.high()) + "]",
                reported.verdict() == null ? "" : reported.verdict().toLowerCase(Locale.ROOT));
    }

    private static String percent(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%+.2f%%", 100 * value);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
