package dev.kombo.lab.simulation;

import dev.kombo.console.TextTable;
import java.util.Locale;

/** Formats the results of simulations for people. */
public final class SimulationText {
    private SimulationText() {}

    /** Returns the text, with the newest figures last. */
    public static String of(SimulationSummary summary) {
        StringBuilder text = new StringBuilder();
        TextTable uplifts = new TextTable(
                "seed",
                "true uplift",
                "popularity",
                "oracle",
                "true, 28 days",
                "reported, 28 days",
                "interval",
                "verdict");
        for (SimulationResult run : summary.runs()) {
            text.append(String.format(
                    Locale.ROOT,
                    "seed %d  (%.0f s, %,d events)%n%s%n",
                    run.seed(),
                    run.seconds(),
                    run.counts().get("events"),
                    arms(run)));
            row(uplifts, Long.toString(run.seed()), run.uplifts());
        }
        if (summary.runs().size() > 1) {
            row(uplifts, "mean", summary.means());
        }
        return text.append(uplifts).toString();
    }

    private static TextTable arms(SimulationResult run) {
        TextTable table = new TextTable(
                "arm",
                "users",
                "offers",
                "impressions",
                "clicks",
                "taken",
                "revenue/user",
                "without offers",
                "true uplift");
        run.arms().forEach((name, arm) -> {
            ServiceReport.ArmFigures counted = arm.counted();
            table.row(
                    name,
                    arm.users(),
                    counted.offers(),
                    counted.impressions(),
                    counted.clicks(),
                    counted.conversions(),
                    perUser(arm.revenueMinor(), arm.users()),
                    perUser(arm.withoutOffersMinor(), arm.users()),
                    percent(arm.uplift()));
        });
        return table;
    }

    private static String perUser(long minor, long users) {
        return String.format(Locale.ROOT, "%.2f", users == 0 ? 0 : minor / 100.0 / users);
    }

    private static void row(TextTable table, String name, SimulationResult.Uplifts uplifts) {
        SimulationResult.Reported reported = uplifts.reportedUplift();
        table.row(
                name,
                percent(uplifts.trueUplift()),
                percent(uplifts.popularityUplift()),
                percent(uplifts.oracleUplift()),
                percent(uplifts.trueUplift28d()),
                percent(reported.estimate()),
                "[" + percent(reported.low()) + ", " + percent(reported.high()) + "]",
                reported.verdict() == null ? "" : reported.verdict().toLowerCase(Locale.ROOT));
    }

    private static String percent(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%+.2f%%", 100 * value);
    }
}
