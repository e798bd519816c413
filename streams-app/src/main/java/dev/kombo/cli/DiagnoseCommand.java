package dev.kombo.cli;

import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.StrategyFile;
import dev.kombo.engine.replay.ConversionDiagnosis;
import dev.kombo.engine.replay.ConversionDiagnosis.Decile;
import dev.kombo.engine.replay.ConversionDiagnosis.Spread;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.instance.DecisionLog;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Shows from logged decisions how true the predicted conversion rates are, and which shoppers offers have an effect on.
 */
@Command(
        name = "diagnose",
        description = {
            "Shows from decision-log and offer-outcome, by deciles of the predicted conversion rate, how many bundles"
                    + " were bought, and what shoppers paid with and without offers.",
            "Exits with 1 if the log has too little, with 2 if the file cannot be used."
        })
final class DiagnoseCommand extends PrintingCommand {
    @Mixin
    private LoggedExperiment logged;

    @Override
    protected boolean run(PrintWriter out) {
        StrategyPlan plan = logged.plan();
        Arm arm = StrategyFile.offering(plan, logged.arm);
        ConversionDiagnosis diagnosis = new DecisionLog(logged.reachable()).read(plan, arm.name(), logged.currency);
        logged.onlyCurrency(diagnosis.currencies());
        return print(out, diagnosis);
    }

    /** Prints what is known; returns false where it is not enough. */
    static boolean print(PrintWriter out, ConversionDiagnosis diagnosis) {
        List<Decile> bundles = diagnosis.bundles();
        List<Decile> shoppers = diagnosis.comparableShoppers();
        if (bundles.isEmpty()) {
            out.println(
                    "Too little is logged: set decisionSamplingRate in the strategy, and wait until offers have closed"
                            + " (kombo.attribution.window.ms)");
            return false;
        }
        out.println("Bundles of slates that were seen, by the predicted conversion rate");
        out.print(new Columns<Decile>()
                .add("bundles", decile -> decile.treated().count())
                .add("predicted", decile -> Figures.percent(decile.treated().covariateMean()))
                .add("bought", decile -> Figures.percent(decile.treated().responseMean()))
                .text(bundles));
        out.println("expected calibration error " + Figures.percent(ConversionDiagnosis.calibrationError(bundles)));
        if (shoppers.isEmpty()) {
            out.println("\nWhat offers add by decile is not known: too few shoppers were assigned 28 days ago");
        } else {
            effects(out, shoppers);
        }
        return true;
    }

    private static void effects(PrintWriter out, List<Decile> shoppers) {
        out.println(
                "\nShoppers by the rate of the slate chosen when they were assigned: revenue in 28 days, minor units");
        out.print(new Columns<Decile>()
                .add("treatment", decile -> decile.treated().count())
                .add("holdout", decile -> decile.held().count())
                .add("predicted", decile -> Figures.percent(decile.treated().covariateMean()))
                .add("with offers", decile -> amount(decile.treated().responseMean()))
                .add("without", decile -> amount(decile.held().responseMean()))
                .add("effect", decile -> amount(decile.effect()))
                .add("standard error", decile -> amount(Math.sqrt(decile.effectVariance())))
                .text(shoppers));
        Spread spread = Spread.of(shoppers);
        out.println("standard deviation between deciles, beyond chance: "
                + amount(Math.sqrt(spread.risk())) + " of what is paid anyway, "
                + amount(Math.sqrt(spread.effect())) + " of the effect");
        out.println("effect in the upper half less the lower half: " + amount(spread.rise()) + " +- "
                + amount(spread.riseError()) + ", so " + verdict(spread));
    }

    private static String verdict(Spread spread) {
        if (Math.abs(spread.rise()) < 2 * spread.riseError()) {
            return "it is not known whether shoppers with higher rates gain more";
        }
        return spread.rise() > 0
                ? "shoppers with higher rates gain more: ranking by the rate suffices"
                : "shoppers with higher rates gain less: they buy anyway";
    }

    private static String amount(double value) {
        return Figures.text("%,.1f", value);
    }
}
