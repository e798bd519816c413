package dev.kombo.shop.simulation;

import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.ranking.PredictedConversions.Decile;
import dev.kombo.shop.simulation.SimulationResult.Uplifts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Formats the results of simulations as tables. */
public final class SimulationText {
    private static final Columns<Map.Entry<String, SimulationResult.ArmResult>> ARMS = new Columns<
                    Map.Entry<String, SimulationResult.ArmResult>>()
            .add("arm", Map.Entry::getKey)
            .add("users", arm -> arm.getValue().users())
            .add("offers", arm -> arm.getValue().counted().offers())
            .add("impressions", arm -> arm.getValue().counted().impressions())
            .add("clicks", arm -> arm.getValue().counted().clicks())
            .add("taken", arm -> arm.getValue().counted().conversions())
            .add("revenue/user", arm -> perUser(arm.getValue().money().revenueMinor(), arm.getValue()))
            .add("without offers", arm -> perUser(arm.getValue().money().withoutOffersMinor(), arm.getValue()))
            .add("true uplift", arm -> percent(arm.getValue().uplift()))
            .add("margin/user", arm -> perUser(arm.getValue().money().marginMinor(), arm.getValue()))
            .add("margin without", arm -> perUser(arm.getValue().money().withoutOffersMarginMinor(), arm.getValue()));

    private static final Columns<Decile> CONVERSIONS = new Columns<Decile>()
            .add("bundles seen", decile -> Math.round(decile.bundles()))
            .add("predicted to be bought", decile -> Figures.percent(decile.predicted()))
            .add("bought", decile -> Figures.percent(decile.bought()));

    private static final Columns<Map.Entry<String, Uplifts>> UPLIFTS = new Columns<Map.Entry<String, Uplifts>>()
            .add("seed", Map.Entry::getKey)
            .add("true uplift", run -> percent(run.getValue().trueUplift()))
            .add("popularity", run -> percent(run.getValue().popularityUplift()))
            .add("oracle", run -> percent(run.getValue().oracleUplift()))
            .add("expected", run -> percent(run.getValue().expectedUplift()))
            .add("of the oracle's", run -> percent(run.getValue().oracleShare()))
            .add("first 20 days", run -> percent(run.getValue().oracleShareEarly()))
            .add("ECE", run -> percent(run.getValue().calibrationError()))
            .add("true, 28 days", run -> percent(run.getValue().trueUplift28d()))
            .add(
                    "reported, 28 days",
                    run -> percent(run.getValue().reportedUplift().estimate()))
            .add("interval", run -> interval(run.getValue().reportedUplift()))
            .add("verdict", run -> verdict(run.getValue().reportedUplift()));

    private SimulationText() {}

    /** Returns the text, with the newest figures last. */
    public static String of(SimulationSummary summary) {
        StringBuilder text = new StringBuilder();
        for (SimulationResult run : summary.runs()) {
            text.append(Figures.text(
                    "seed %d  (%.0f s, %,d events; discounts of the treatment %.2f, at most %.2f on a day)%n%s%n%s%n",
                    run.seed(),
                    run.seconds(),
                    run.counts().get("events"),
                    run.counts().get("discountMinor") / 100.0,
                    run.counts().get("discountMostMinor") / 100.0,
                    ARMS.text(run.arms().entrySet()),
                    CONVERSIONS.text(run.conversions())));
        }
        Map<String, Uplifts> uplifts = new LinkedHashMap<>();
        summary.runs().forEach(run -> uplifts.put(Long.toString(run.seed()), run.uplifts()));
        if (summary.runs().size() > 1) {
            uplifts.put("mean", summary.means());
        }
        return text.append(UPLIFTS.text(uplifts.entrySet())).toString();
    }

    private static String perUser(long minor, SimulationResult.ArmResult arm) {
        return Figures.text("%.2f", arm.users() == 0 ? 0 : minor / 100.0 / arm.users());
    }

    private static String interval(SimulationResult.Reported reported) {
        return "[" + percent(reported.low()) + ", " + percent(reported.high()) + "]";
    }

    private static String verdict(SimulationResult.Reported reported) {
        return reported.verdict() == null ? "" : reported.verdict().toLowerCase(Locale.ROOT);
    }

    private static String percent(Double value) {
        return value == null ? "-" : Figures.text("%+.2f%%", 100 * value);
    }
}
