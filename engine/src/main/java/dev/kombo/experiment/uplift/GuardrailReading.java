package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of one test (a look) of whether a treatment does more harm than a guardrail of the experiment allows.
 * Looks may be repeated at will: with probability 95 %, no look at any guardrail or treatment of a strategy ever finds
 * harm beyond the margin where there is none, asymptotically. The error of 5 % is apart from that of the comparisons,
 * and is divided by the number of guardrails and treatments.
 *
 * <p>What is tested is {@code arm - (1 - margin) · control} below zero, or {@code arm - (1 + margin) · control} above
 * zero where less is better, by a one-sided {@link ConfidenceSequence}: harm is what it looks for, so all of the error
 * is spent on that side.
 *
 * @param guardrail the guardrail
 * @param arm the treatment
 * @param control what it is compared with
 * @param estimate the means; null when it is too early
 * @param bound the least harm that the data allow, as a relative change against the control: below {@code -margin}
 *     where more is better, above {@code margin} where less is, when the guardrail is crossed; NaN where it is too
 *     early or the control's mean is not distinguishable from zero
 * @param crossed whether the treatment is worse than allowed
 */
public record GuardrailReading(
        Guardrail guardrail,
        String arm,
        String control,
        @Nullable Estimate estimate,
        double bound,
        boolean crossed) {
    private static final double ERROR = 0.05;

    /**
     * Users of the smaller arm at which a loss is found soonest: a loss of 10 % of revenue takes tens of thousands, one
     * of 25 % thousands, and from 2,000 to 80,000 the bound is at most 6 % longer than the shortest possible one.
     */
    private static final double TIGHTEST_AT = 10_000;

    /**
     * Evaluates all guardrails, for each treatment that still runs.
     *
     * @param plan the active strategy; guardrails of a measure that this version does not know are left out
     * @param uplift observations of its experiment
     */
    public static List<GuardrailReading> all(StrategyPlan plan, ExperimentUplift uplift) {
        List<Guardrail> guardrails = guardrails(plan, uplift);
        long treatments = plan.arms().stream()
                .filter(arm -> arm.kind() == Arm.Kind.TREATMENT)
                .count();
        UpliftSettings settings = new UpliftSettings(
                ERROR,
                Math.toIntExact(guardrails.size() * treatments),
                UpliftSettings.standard().burnIn(),
                TIGHTEST_AT);
        List<GuardrailReading> readings = new ArrayList<>();
        for (Guardrail guardrail : guardrails) {
            Measure measure = Measure.of(guardrail.measure());
            UpliftAccount account = measure == null ? null : uplift.mainAccount(measure);
            Arm control = measure == null ? null : plan.control(measure);
            if (measure != null && account != null && control != null && guardrail.action() != null) {
                List<StratumAccount> strata = account.strata().stream()
                        .filter(stratum -> stratum.strategyVersion() >= uplift.rolledBackAt())
                        .toList();
                for (Arm arm : plan.arms()) {
                    if (arm.treats()) {
                        readings.add(of(guardrail, measure, arm.name(), control.name(), strata, settings));
                    }
                }
            }
        }
        return readings;
    }

    /** What the guardrail asks for. */
    public Guardrail.Action action() {
        return Objects.requireNonNull(guardrail.action());
    }

    /** Change of the treatment against the control, a part of it; NaN as for the bound. */
    public double change() {
        return estimate == null || Double.isNaN(bound) ? Double.NaN : estimate.relative();
    }

    /** Observed users of the treatment in the versions that count. */
    public long users() {
        return estimate == null ? 0 : estimate.armUsers();
    }

    /**
     * The guardrails of a strategy. Where it names none, an experiment that began before there were guardrails has
     * none: the rules of an experiment do not change by themselves.
     */
    public static List<Guardrail> guardrails(StrategyPlan plan, ExperimentUplift uplift) {
        boolean none = plan.options().guardrails() == null && uplift.rule() == null;
        return none ? List.of() : plan.options().guardrailsOrStandard();
    }

    private static GuardrailReading of(
            Guardrail guardrail,
            Measure measure,
            String arm,
            String control,
            List<StratumAccount> strata,
            UpliftSettings settings) {
        List<StratumStatistics> statistics =
                strata.stream().map(StratumStatistics::of).toList();
        Estimate estimate = Contrast.of(strata, statistics, arm, control, settings);
        if (estimate == null) {
            return new GuardrailReading(guardrail, arm, control, null, Double.NaN, false);
        }
        // Half of the sequence's error lies on the side that counts.
        double multiplier = new ConfidenceSequence(2 * settings.error() / settings.family()).oneSided(estimate.clock());
        int better = measure.moreIsBetter() ? 1 : -1;
        double ratio = 1 - better * guardrail.margin();
        double loss = better * (ratio * estimate.referenceMean() - estimate.armMean());
        double variance = estimate.armVariance()
                - 2 * ratio * estimate.covariance()
                + ratio * ratio * estimate.referenceVariance();
        boolean crossed = loss > multiplier * Math.sqrt(Math.max(0, variance))
                && !SampleRatio.of(strata).mismatched();
        Interval relative = Comparison.Fieller.ratio(estimate, multiplier);
        double bound = measure.moreIsBetter() ? relative.high() : relative.low();
        return new GuardrailReading(
                guardrail, arm, control, estimate, relative.isBounded() ? bound - 1 : Double.NaN, crossed);
    }
}
