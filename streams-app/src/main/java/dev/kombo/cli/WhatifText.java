package dev.kombo.cli;

import dev.kombo.engine.Reward;
import dev.kombo.engine.StrategyReplay;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.offpolicy.Estimator;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.OverlapLimits;
import dev.kombo.experiment.offpolicy.PolicyEstimate;
import dev.kombo.experiment.offpolicy.PolicyValue;
import dev.kombo.experiment.offpolicy.Refusal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Formats the evaluation of a candidate arm for people. */
final class WhatifText {
    private static final OverlapLimits LIMITS = OverlapLimits.standard();

    private final PrintWriter out;
    private final Reward reward;
    private final String currency;

    /**
     * Decisions left out of the evaluation.
     *
     * @param otherArms number of decisions of each other arm of the experiment
     * @param otherVersion number of the arm's decisions logged by a version of Kombo with other signals or features
     */
    record LeftOut(Map<String, Long> otherArms, long otherVersion) {}

    /**
     * @param currency ISO 4217 code of revenue; empty if there is none
     */
    WhatifText(PrintWriter out, Reward reward, String currency) {
        this.out = out;
        this.reward = reward;
        this.currency = currency;
    }

    /** Prints the evaluation; returns false if the log allows none. */
    boolean print(StrategyReplay replay, String experiment, Arm candidate, String logging, LeftOut leftOut) {
        OffPolicyAccumulator slates = replay.slates();
        Overlap overlap = slates.overlap();
        out.println("Experiment " + experiment + ": arm " + candidate.name()
                + " of the file, evaluated on the offers of arm " + logging);
        count("slates", overlap.slates());
        count("left out, attribution still open", replay.open());
        count("left out, ranked with other weights", replay.otherRanker());
        count("left out, another version of Kombo", leftOut.otherVersion());
        PolicyValue answer = slates.value(Estimator.INVERSE_PROPENSITY, LIMITS);
        if (overlap.slates() == 0) {
            out.println("No estimate: no decision of arm " + logging + " can be evaluated" + why(replay, leftOut));
        } else if (answer instanceof Refusal refusal) {
            line("effective sample size", number("%,.1f", overlap.effectiveSampleSize()));
            out.println("No estimate: " + refusal.explanation() + " (" + refusal.reason() + ")");
        } else {
            line("effective sample size", number("%,.1f", overlap.effectiveSampleSize()));
            line(
                    "mean weight",
                    number("%.3f", overlap.meanWeight()) + " +- " + number("%.3f", overlap.meanWeightError()));
            out.println();
            out.print(table(slates));
        }
        out.flush();
        return answer instanceof PolicyEstimate;
    }

    private static String why(StrategyReplay replay, LeftOut leftOut) {
        if (replay.open() > 0) {
            return " yet; one can once the attribution of its offer has ended (kombo.attribution.window.ms)";
        }
        if (replay.otherRanker() > 0 || leftOut.otherVersion() > 0) {
            return "";
        }
        return leftOut.otherArms().isEmpty()
                ? "; set decisionSamplingRate in the strategy to log decisions"
                : "; decisions were logged for "
                        + String.join(", ", leftOut.otherArms().keySet()) + " (--from)";
    }

    private TextTable table(OffPolicyAccumulator slates) {
        String unit =
                reward == Reward.REVENUE ? "revenue" + (currency.isEmpty() ? "" : ", " + currency) : reward.name();
        TextTable table = new TextTable(
                "estimate", unit.toLowerCase(Locale.ROOT) + " per slate", "standard error", "low", "high");
        row(table, "logged", slates.logged(LIMITS));
        for (Estimator estimator : Estimator.values()) {
            row(table, estimator.name().toLowerCase(Locale.ROOT).replace('_', ' '), slates.value(estimator, LIMITS));
        }
        return table;
    }

    private void row(TextTable table, String name, PolicyValue value) {
        if (value instanceof PolicyEstimate estimate) {
            table.row(
                    name,
                    amount(estimate.value()),
                    amount(estimate.standardError()),
                    amount(estimate.interval().low()),
                    amount(estimate.interval().high()));
        }
    }

    /** Formats revenue in minor units: a slate earns little, so whole units would hide it. */
    private static String amount(double value) {
        return number("%,.5f", value);
    }

    private void count(String name, long count) {
        if (count > 0 || name.equals("slates")) {
            line(name, number("%,d", count));
        }
    }

    private void line(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-34s%s", name, value));
    }

    private static String number(String pattern, Object value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
