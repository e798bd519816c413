package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.TextTable;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.shop.plan.IntervalCoverage;
import dev.kombo.shop.plan.IntervalCoverage.Misses;
import dev.kombo.shop.plan.ShopPast;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how often the intervals of experiments would have missed on a shop's own past. */
@Command(
        name = "calibrate",
        description = "Assigns the shoppers of the past to arms again and again, without any difference, and says how"
                + " often the intervals of an experiment would have missed.")
final class CalibrateCommand extends SummaryCommand {
    private static final int MOST_RUNS = 100_000;
    private static final int LONGEST_BURN_IN = 4;

    /** Quantiles of those who paid, which are tried as caps. */
    private static final double[] QUANTILES = {0.99, 0.95};

    private static final double MINOR_PER_MAJOR = 100;

    @Mixin
    private final PastOptions options = new PastOptions();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Experiments without a difference; default ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    protected void run(PrintWriter out) throws Exception {
        OptionChecks.within("--runs", runs, 1, MOST_RUNS);
        KomboConfig config = settings.config();
        StrategyPlan plan = options.plan();
        ShopPast past = options.past(config);
        long cap = config.get(UpliftSettings.REVENUE_CAP);
        IntervalCoverage calibration = new IntervalCoverage(past, plan);
        int burnIn = UpliftSettings.standard().burnIn();
        List<Misses> misses = new ArrayList<>();
        Set<Long> caps = new TreeSet<>(List.of(cap, past.cap()));
        for (double quantile : QUANTILES) {
            caps.add(past.cap(quantile));
        }
        for (long each : caps) {
            misses.addAll(calibration.run(each, new int[] {burnIn, 2 * burnIn, LONGEST_BURN_IN * burnIn}, runs));
        }
        out.print(Figures.text(
                "%,d shoppers of the past, each observed for 28 days, in %,d experiments without a difference:%n%n",
                past.shoppers().size(), runs));
        out.println(table(misses, past.currency()));
        out.println(advice(misses, cap, past.currency()));
        summarise(misses);
    }

    private static TextTable table(List<Misses> misses, String currency) {
        return new Columns<Misses>()
                .add("cap, " + currency, one -> amount(one.capMinor()))
                .add("burn-in", Misses::burnIn)
                .add("missed", one -> percent(one.rate()))
                .add("had an interval", one -> percent((double) one.judged() / one.runs()))
                .add("variance kept by the covariate", one -> Figures.text("%.3f", one.varianceKept()))
                .text(misses.stream().filter(one -> one.judged() > 0).toList());
    }

    /** Says in words whether the configured intervals hold, and what would make them hold. */
    static String advice(List<Misses> misses, long cap, String currency) {
        int burnIn = UpliftSettings.standard().burnIn();
        Misses configured = misses.stream()
                .filter(one -> one.capMinor() == cap && one.burnIn() == burnIn)
                .findFirst()
                .orElseThrow();
        String setting = UpliftSettings.REVENUE_CAP.name() + "=";
        if (configured.trusted()) {
            return "The intervals can be trusted on these shoppers: with the cap of " + amount(cap) + " " + currency
                    + " they missed in " + percent(configured.rate()) + " of the experiments; 5 % are allowed.";
        }
        if (configured.judged() <= configured.runs() / 2) {
            return "No verdict could come: in most experiments the smaller arm had fewer than " + burnIn
                    + " shoppers when the past ended. Give the holdout a larger share, or wait for more shoppers.";
        }
        Optional<Misses> better = misses.stream()
                .filter(Misses::trusted)
                .min((a, b) -> a.burnIn() != b.burnIn()
                        ? Integer.compare(a.burnIn(), b.burnIn())
                        : Long.compare(b.capMinor(), a.capMinor()));
        return "Do not trust the intervals on these shoppers: with the cap of " + amount(cap) + " " + currency
                + " they missed in " + percent(configured.rate()) + " of the experiments; 5 % are allowed. "
                + better.map(one -> "With " + setting + one.capMinor()
                                + (one.burnIn() == burnIn
                                        ? ""
                                        : ", and verdicts read only once each arm has " + one.burnIn() + " shoppers,")
                                + " it would be " + percent(one.rate()) + ".")
                        .orElse("None of the caps above makes them so: decide by a proportion, such as"
                                + " repeatPurchase30d, instead of revenue.");
    }

    static String amount(long minor) {
        return Figures.text("%,.2f", minor / MINOR_PER_MAJOR);
    }

    private static String percent(double part) {
        return Figures.text("%.1f %%", 100 * part);
    }
}
