package dev.kombo.experiment.uplift;

import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.ExperimentUplift.MeasureReport;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an operator should do with an experiment now, in words: the verdict of the primary measure, unless a guardrail
 * or the sample ratio comes before it. Of several treatments it is about the one that wins by most, or else about the
 * one that is decided soonest.
 *
 * @param decision what to do
 * @param arm the treatment that it is about; null: all
 * @param days until a verdict, about; empty where that is not known
 * @param sentence the same as a sentence, without its full stop
 */
public record Advice(Decision decision, @Nullable String arm, OptionalLong days, String sentence) {

    /** What to do. */
    public enum Decision {
        /** Wait for more users. */
        KEEP_RUNNING,
        /** Give the treatment to everybody. */
        SHIP,
        /** End the treatment: it loses. */
        END,
        /** Keep what shoppers get now, or plan more users: the planned end was reached without a verdict. */
        INCONCLUSIVE,
        /** Read what a guardrail found; where it stopped the treatment, that is done already. */
        LOOK,
        /** Find out why users were not assigned in the planned shares; nothing else can be said. */
        REPAIR
    }

    /**
     * Returns the advice.
     *
     * @param plan the active strategy, of this experiment
     * @param usersPerDay users assigned per day of late, 0 where not known
     */
    public static Advice of(StrategyPlan plan, ExperimentUplift uplift, double usersPerDay) {
        List<Crossing> crossings = uplift.crossings();
        Crossing crossed = crossings.isEmpty() ? null : crossings.get(crossings.size() - 1);
        if (crossed != null && crossed.version() >= plan.version()) {
            String done = switch (crossed.action()) {
                case "STOP" -> "stopped: ";
                case "ROLL_BACK" -> "rolled back: ";
                case "HOLD" -> "shares are held: ";
                default -> "look at this: ";
            };
            return new Advice(Decision.LOOK, crossed.arm(), OptionalLong.empty(), done + crossed.reason());
        }
        MeasureReport deciding = null;
        Comparison chosen = null;
        for (MeasureReport measureReport : uplift.reports()) {
            for (Comparison comparison : measureReport.report().comparisons()) {
                if (decides(measureReport, comparison, plan) && (chosen == null || order(comparison) < order(chosen))) {
                    deciding = measureReport;
                    chosen = comparison;
                }
            }
        }
        return chosen == null || deciding == null
                ? new Advice(Decision.KEEP_RUNNING, null, OptionalLong.empty(), waiting(uplift.primary()))
                : of(deciding.key().measure().label(), chosen, usersPerDay);
    }

    private static String waiting(Measure primary) {
        long days = primary.millis() / Millis.DAY;
        return String.format(Locale.ROOT, "keep running: nobody was observed for %d days yet", days);
    }

    private static boolean decides(MeasureReport measureReport, Comparison comparison, StrategyPlan plan) {
        Role role = comparison.part().role();
        return role == Role.PRIMARY
                || (role == Role.SHARED
                        && measureReport.key().measure() == Measure.REVENUE_28D
                        && plan.control() != null
                        && comparison.reference().equals(plan.control().name()));
    }

    /** The smaller, the more it says: a broken experiment, the largest win, the soonest verdict, a loss. */
    private static double order(Comparison comparison) {
        return switch (comparison.verdict()) {
            case BROKEN -> Double.NEGATIVE_INFINITY;
            case WINNING ->
                comparison.estimate() == null ? -1 : -1 - comparison.estimate().relative();
            case UNDECIDED, TOO_EARLY -> comparison.moreUsers().orElse(Long.MAX_VALUE);
            case LOSING, EXPLORATORY -> Double.POSITIVE_INFINITY;
        };
    }

    private static Advice of(String measure, Comparison comparison, double usersPerDay) {
        String arm = comparison.arm();
        if (comparison.verdict() == Verdict.BROKEN) {
            return new Advice(
                    Decision.REPAIR,
                    null,
                    OptionalLong.empty(),
                    "find out why users were not assigned in the planned shares");
        }
        Interval relative = comparison.relative();
        String effect = comparison.estimate() == null || relative == null || !relative.isBounded()
                ? measure
                : String.format(
                        Locale.ROOT,
                        "%s %+.1f %% (%+.1f to %+.1f)",
                        measure,
                        100 * comparison.estimate().relative(),
                        100 * relative.low(),
                        100 * relative.high());
        if (comparison.verdict() == Verdict.WINNING) {
            return new Advice(Decision.SHIP, arm, OptionalLong.empty(), "ship " + arm + ": " + effect);
        }
        if (comparison.verdict() == Verdict.LOSING) {
            return new Advice(Decision.END, arm, OptionalLong.empty(), "end " + arm + ": " + effect);
        }
        if (comparison.part().spending() == Spending.AT_END) {
            return new Advice(
                    Decision.INCONCLUSIVE,
                    arm,
                    OptionalLong.empty(),
                    "end the experiment: the planned end was reached without a verdict: " + effect);
        }
        OptionalLong users = comparison.moreUsers();
        OptionalLong days = users.isPresent() && usersPerDay > 0
                ? OptionalLong.of((long) Math.ceil(users.getAsLong() / usersPerDay))
                : OptionalLong.empty();
        String wait = users.isEmpty()
                ? "no end in sight"
                : days.isPresent()
                        ? String.format(Locale.ROOT, "about %,d days", days.getAsLong())
                        : String.format(Locale.ROOT, "about %,d more users", users.getAsLong());
        return new Advice(Decision.KEEP_RUNNING, arm, days, "keep running, " + wait + ": " + effect);
    }
}
