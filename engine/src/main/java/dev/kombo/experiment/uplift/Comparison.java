package dev.kombo.experiment.uplift;

import java.util.OptionalLong;

/**
 * The comparison of an arm with another.
 *
 * @param arm the arm
 * @param reference what it is compared with
 * @param estimate the means; null when it is too early
 * @param difference interval of the difference of the means; null when it is too early
 * @param relative interval of the difference over the reference's mean; null when it is too early, unbounded where the
 *     reference's mean is not distinguishable from zero
 * @param verdict the conclusion
 * @param moreUsers estimate of how many more shoppers, over all arms, must be observed until the verdict would not be
 *     {@link Verdict#UNDECIDED}, if the estimate were true and shares stayed; where it is too early, until the burn-in
 *     of the latest stratum. Empty where there is nothing to wait for, or no end in sight
 */
public record Comparison(
        String arm,
        String reference,
        Estimate estimate,
        Interval difference,
        Interval relative,
        Verdict verdict,
        OptionalLong moreUsers) {

    static Comparison of(String arm, String reference, Estimate estimate, ConfidenceSequence sequence, boolean broken) {
        double multiplier = sequence.multiplier(estimate.clock());
        double reach = multiplier * Math.sqrt(estimate.differenceVariance());
        Interval difference = new Interval(estimate.difference() - reach, estimate.difference() + reach);
        Interval ratio = Fieller.ratio(estimate, multiplier);
        Interval relative = ratio.isBounded() ? new Interval(ratio.low() - 1, ratio.high() - 1) : ratio;
        Verdict verdict = broken ? Verdict.BROKEN : verdict(difference);
        OptionalLong more =
                verdict == Verdict.UNDECIDED ? RemainingUsers.untilDecided(estimate, sequence) : OptionalLong.empty();
        return new Comparison(arm, reference, estimate, difference, relative, verdict, more);
    }

    static Comparison tooEarly(String arm, String reference, OptionalLong moreUsers, boolean broken) {
        Verdict verdict = broken ? Verdict.BROKEN : Verdict.TOO_EARLY;
        return new Comparison(arm, reference, null, null, null, verdict, broken ? OptionalLong.empty() : moreUsers);
    }

    private static Verdict verdict(Interval difference) {
        if (difference.low() > 0) {
            return Verdict.WINNING;
        }
        return difference.high() < 0 ? Verdict.LOSING : Verdict.UNDECIDED;
    }
}
