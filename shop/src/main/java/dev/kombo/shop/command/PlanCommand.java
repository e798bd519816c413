package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.TextTable;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.SampleSize;
import dev.kombo.experiment.uplift.SampleSize.Shares;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.shop.JsonFile;
import dev.kombo.shop.plan.ExperimentNeeds;
import dev.kombo.shop.plan.IntervalCoverage;
import dev.kombo.shop.plan.ShopPast;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says before an experiment starts what it could find, and how long that would take. */
@Command(
        name = "plan",
        description = "Says from the shop's past how long an experiment would take to see an effect, by the share of"
                + " the holdout.")
final class PlanCommand extends SummaryCommand {
    private static final double[] EFFECTS = {0.02, 0.05, 0.10, 0.25, 0.50};
    private static final double[] HOLDOUTS = {0.05, 0.10, 0.20, 0.35, 0.50};

    /** Days after which the smallest effect that shows is said. */
    private static final int[] DAYS = {56, 84, 112, 168, 364};

    /** Ten years: what takes longer is never seen. */
    private static final double LONGEST_DAYS = 3_650;

    private static final int DAYS_PER_YEAR = 365;

    /** Runs for the mean of the variance that the covariate keeps. */
    private static final int RUNS = 20;

    @Mixin
    private final PastOptions options = new PastOptions();

    @Option(
            names = "--cap",
            paramLabel = "MINOR",
            description = "Most that a shopper counts for, in minor units; default the 99.9 %% quantile of those who"
                    + " paid, or what ten of them exceed.")
    private Long cap;

    @Option(names = "--json", description = "Print the figures as JSON instead of text.")
    private boolean json;

    /**
     * What it takes to see an effect.
     *
     * @param holdout share of the holdout
     * @param effect relative to the mean
     * @param shoppers to be observed; null: no number does it
     * @param days until then; null: never
     */
    record Need(double holdout, double effect, Double shoppers, Double days) {}

    /**
     * What shows after a time with the arms of the strategy.
     *
     * @param effect smallest that is seen with 80 % power; null: none
     */
    record Detectable(int days, double shoppers, Double effect) {}

    /**
     * What an experiment with an effect comes to at the planned end.
     *
     * @param decided part of the experiments that the one look then decides
     * @param decidedOpen part that looks at all times decide by then, without a planned end
     */
    record Power(double effect, double decided, double decidedOpen) {}

    /**
     * What the planned end of the strategy decides.
     *
     * @param days until then
     * @param effect smallest that the one look then shows with 80 % power; null: none
     * @param effectOpen smallest that looks at all times show by then, without a planned end; null: none
     */
    record PlannedEnd(long users, double days, Double effect, Double effectOpen, List<Power> power) {}

    /**
     * The figures of a plan, with amounts in minor units.
     *
     * @param plannedEnd null: none is planned
     * @param refusals why the service refuses the strategy in place of the standard one, if this past, which has no
     *     costs, is all that the shop reports
     */
    record Plan(
            int shoppers,
            double newADay,
            String currency,
            double meanMinor,
            long capMinor,
            double varianceKept,
            List<Detectable> detectable,
            List<Need> needs,
            PlannedEnd plannedEnd,
            List<String> refusals) {}

    @Override
    protected void run(PrintWriter out) throws Exception {
        KomboConfig config = settings.config();
        StrategyPlan strategy = options.plan();
        ShopPast past = options.past(config);
        long capMinor = cap != null ? cap : past.cap();
        double kept = new IntervalCoverage(past, strategy)
                .run(capMinor, new int[] {2}, RUNS)
                .get(0)
                .varianceKept();
        ExperimentNeeds needs = ExperimentNeeds.of(
                past,
                capMinor,
                Math.min(1, kept),
                PastOptions.count(strategy, Arm.Kind.TREATMENT),
                strategy.options().rule().plannedUsers());
        Plan plan = new Plan(
                past.shoppers().size(),
                needs.newADay(),
                past.currency(),
                needs.size().mean(),
                capMinor,
                kept,
                detectable(needs, Shares.of(strategy)),
                needs(needs),
                plannedEnd(needs, Shares.of(strategy)),
                refusals(strategy, past));
        if (json) {
            out.println(JsonFile.text(plan));
        } else {
            print(plan, config.get(UpliftSettings.REVENUE_CAP), out);
        }
        summarise(plan);
    }

    private static List<Detectable> detectable(ExperimentNeeds needs, Shares shares) {
        List<Detectable> found = new ArrayList<>();
        for (int days : DAYS) {
            double shoppers = needs.observed(days);
            found.add(new Detectable(days, shoppers, finite(needs.size().detectable(shoppers, shares))));
        }
        return found;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static PlannedEnd plannedEnd(ExperimentNeeds needs, Shares shares) {
        SampleSize size = needs.size();
        double users = (double) size.plannedUsers();
        if (users == 0) {
            return null;
        }
        List<Power> power = new ArrayList<>();
        for (double effect : EFFECTS) {
            power.add(new Power(
                    effect, size.power(effect, users, shares), size.open().power(effect, users, shares)));
        }
        return new PlannedEnd(
                size.plannedUsers(),
                Math.ceil(needs.days(users)),
                finite(size.detectable(users, shares)),
                finite(size.open().detectable(users, shares)),
                power);
    }

    private static List<String> refusals(StrategyPlan strategy, ShopPast past) {
        StrategyPlan running = StrategyPlan.standard();
        List<String> refusals = new ArrayList<>();
        if (!strategy.equals(running)) {
            refusals.addAll(strategy.problemsAfter(running, Set.of()));
            refusals.addAll(strategy.unmeasurable(running, false, past.returns()));
        }
        return refusals;
    }

    private static List<Need> needs(ExperimentNeeds needs) {
        List<Need> all = new ArrayList<>();
        for (double holdout : HOLDOUTS) {
            for (double effect : EFFECTS) {
                double shoppers = needs.size().shoppers(effect, new Shares(1 - holdout, holdout));
                double days = Double.isFinite(shoppers) ? needs.days(shoppers) : shoppers;
                all.add(
                        days <= LONGEST_DAYS
                                ? new Need(holdout, effect, shoppers, Math.ceil(days))
                                : new Need(holdout, effect, null, null));
            }
        }
        return all;
    }

    private static void print(Plan plan, long configured, PrintWriter out) {
        out.print(Figures.text(
                "%,d shoppers of the past, then %,.1f new ones a day. Each paid %s %s in 28 days on average, capped at"
                        + " %s.%nWhat is known of shoppers beforehand explains %.0f %% of how they differ.%n%n",
                plan.shoppers(),
                plan.newADay(),
                CalibrateCommand.amount(Math.round(plan.meanMinor())),
                plan.currency(),
                CalibrateCommand.amount(plan.capMinor()),
                100 * Math.max(0, 1 - plan.varianceKept())));
        out.println(new Columns<Detectable>()
                .add("with the strategy's shares, after", one -> one.days() + " days")
                .add("shoppers observed", one -> Figures.text("%,.0f", one.shoppers()))
                .add("smallest effect seen", one -> one.effect() == null ? "none yet" : percent(one.effect()))
                .text(plan.detectable()));
        List<String> head = new ArrayList<>(List.of("days to see, with a holdout of"));
        for (double effect : EFFECTS) {
            head.add(percent(effect));
        }
        TextTable table = new TextTable(head.toArray(new String[0]));
        String never = plan.plannedEnd() == null ? "> 10 years" : "not by the end";
        for (double holdout : HOLDOUTS) {
            List<Object> row = new ArrayList<>(List.of(Figures.text("%.0f %%", 100 * holdout)));
            plan.needs().stream()
                    .filter(need -> need.holdout() == holdout)
                    .forEach(need -> row.add(need.days() == null ? never : Figures.text("%,.0f", need.days())));
            table.row(row.toArray());
        }
        out.println(table);
        if (plan.plannedEnd() == null) {
            out.println(
                    "An effect of that size is told from 0 by then in four of five experiments, whenever one looks.");
            out.println(inShort(plan));
        } else {
            print(plan.plannedEnd(), out);
        }
        plan.refusals()
                .forEach(refusal -> out.println(
                        "Knowing no more than this file, the service refuses the strategy: " + refusal + "."));
        if (configured != plan.capMinor()) {
            out.println("Set the cap before the start: " + UpliftSettings.REVENUE_CAP.name() + "=" + plan.capMinor()
                    + "; it is " + configured + " now.");
        }
        out.println("Next: save what GET /v1/strategy returns, change the shares, raise the version, and POST it to"
                + " /v1/strategy; another experiment needs another salt. kombo report then says what to do.");
    }

    /** The smallest effect that is seen within a year, and the smallest holdout by which it is, which costs least. */
    private static String inShort(Plan plan) {
        return plan.needs().stream()
                .filter(need -> need.days() != null && need.days() <= DAYS_PER_YEAR)
                .min(Comparator.comparingDouble(Need::effect).thenComparingDouble(Need::holdout))
                .map(need -> Figures.text(
                        "In short: within a year you will probably know (in four of five experiments) whether offers"
                                + " pay if they add %.0f %% or more, with %.0f %% of the shoppers in the holdout after"
                                + " %,.0f days.",
                        100 * need.effect(), 100 * need.holdout(), need.days()))
                .orElse("In short: too few shoppers for a verdict within a year. Make offers without a holdout, and"
                        + " judge bundles by what the page shows of them.");
    }

    private static void print(PlannedEnd end, PrintWriter out) {
        out.print(Figures.text(
                "%nThe planned end of %,d users is reached after %,.0f days. In four of five experiments, the look then"
                        + " shows %s; without a planned end, looks at all times show %s by then.%n%n",
                end.users(), end.days(), smallest(end.effect()), smallest(end.effectOpen())));
        out.println(new Columns<Power>()
                .add("with an effect of", one -> percent(one.effect()))
                .add("decided at the planned end", one -> Figures.text("%.0f %%", 100 * one.decided()))
                .add("by then, without a planned end", one -> Figures.text("%.0f %%", 100 * one.decidedOpen()))
                .text(end.power()));
    }

    private static String smallest(Double effect) {
        return effect == null ? "no effect" : percent(effect) + " or more";
    }

    private static String percent(double effect) {
        return Figures.text("+ %.1f %%", 100 * effect);
    }
}
