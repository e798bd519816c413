package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a treatment stands against a guardrail, at one look. Looks may be repeated at will: with probability 95 %, no look
 * at any guardrail or treatment of a strategy ever finds harm beyond the margin where there is none, asymptotically. The
 * error of 5 % is apart from that of the comparisons, and is divided by the number of guardrails and treatments.
 *
 * <p>What is tested is {@code arm - (1 - margin) · control} below zero, or {@code arm - (1 + margin) · control} above
 * zero where less is better, by a one-sided {@link ConfidenceSequence}: harm is what it looks for, so all of the error
 * is spent on that side.
 *
 * @param guardrail the guardrail
 * @param arm the treatment
 * @param control what it is compared with
 * @param estimate the means; null when it is too early
 * @param bound the least harm that the data allow, as a relative change against the control: below {@code -margin} where
 *     more is better, above {@code margin} where less is, when the guardrail is crossed; NaN where it is too early or
 *     the control's mean is not distinguishable from zero
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
     * Judges all guardrails, for each treatment that still runs.
     *
     * @param guardrails of the strategy; those of a measure that this version does not know are left out
     * @param arms of the strategy
     */
    public static List<GuardrailReading> all(List<Guardrail> guardrails, List<Arm> arms, ExperimentUplift uplift) {
        List<Arm> treatments =
                arms.stream().filter(arm -> arm.kind() == Arm.Kind.TREATMENT).toList();
        UpliftSettings standard = UpliftSettings.standard();
        UpliftSettings settings = new UpliftSettings(
                ERROR, guardrails.size() * treatments.size(), standard.burnIn(), TIGHTEST_AT, standard.mismatchError());
        List<GuardrailReading> readings = new ArrayList<>();
        for (Guardrail guardrail : guardrails) {
            Measure measure = Measure.of(guardrail.measure());
            UpliftAccount account = measure == null ? null : uplift.mainAccount(measure);
            Arm control = control(arms);
            if (account != null && control != null) {
                for (Arm treatment : treatments) {
                    readings.add(of(guardrail, treatment.name(), control.name(), account, settings));
                }
            }
        }
        return readings;
    }

    /** What treatments are compared with, and what the users of a stopped one get: the holdout, or else the baseline. */
    public static @Nullable Arm control(List<Arm> arms) {
        Arm control = null;
        for (Arm arm : arms) {
            if (arm.kind() != Arm.Kind.TREATMENT
                    && (control == null || arm.kind().compareTo(control.kind()) < 0)) {
                control = arm;
            }
        }
        return control;
    }

    private static GuardrailReading of(
            Guardrail guardrail, String arm, String control, UpliftAccount account, UpliftSettings settings) {
        List<StratumAccount> strata = List.copyOf(account.strata());
        List<StratumStatistics> statistics =
                strata.stream().map(StratumStatistics::of).toList();
        Estimate estimate = Contrast.of(strata, statistics, arm, control, settings);
        if (estimate == null) {
            return new GuardrailReading(guardrail, arm, control, null, Double.NaN, false);
        }
        // Half of the sequence's error lies on the side that counts.
        double multiplier = new ConfidenceSequence(2 * settings.error() / settings.family()).oneSided(estimate.clock());
        double ratio = 1 - guardrail.margin();
        double loss = ratio * estimate.referenceMean() - estimate.armMean();
        double variance = estimate.armVariance()
                - 2 * ratio * estimate.covariance()
                + ratio * ratio * estimate.referenceVariance();
        boolean crossed = loss > multiplier * Math.sqrt(Math.max(0, variance))
                && !SampleRatio.of(strata).mismatched(settings.mismatchError());
        Interval relative = Comparison.Fieller.ratio(estimate, multiplier);
        return new GuardrailReading(
                guardrail, arm, control, estimate, relative.isBounded() ? relative.high() - 1 : Double.NaN, crossed);
    }
}
