package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of an arm with another.
 *
 * @param arm the arm
 * @param reference what it is compared with
 * @param part its part in the experiment
 * @param estimate the means; null when it is too early
 * @param difference interval of the difference of the means; null when it is too early
 * @param relative interval of the difference over the reference's mean; null when it is too early, unbounded where the
 *     reference's mean is not distinguishable from zero
 * @param prior interval of the difference before assignment, over the mean of all arms, in what was expected of the
 *     shoppers; null where it is too early or nothing was expected. Without 0, the arms were not alike before the start
 * @param verdict the conclusion
 * @param moreUsers estimate of how many more shoppers, over all arms, must be observed until the verdict would not be
 *     {@link Verdict#UNDECIDED}, if the estimate were true and shares stayed, or until the planned end; where it is too
 *     early, until the burn-in of the latest stratum. Empty where there is nothing to wait for, or no end in sight
 */
public record Comparison(
        String arm,
        String reference,
        Part part,
        @Nullable Estimate estimate,
        @Nullable Interval difference,
        @Nullable Interval relative,
        @Nullable Interval prior,
        Verdict verdict,
        OptionalLong moreUsers) {
    /** Error of the difference before assignment, as a part of the comparison's: 1 % where that is 5 %. */
    private static final double PRIOR_ERROR = 0.2;

    /**
     * The part of a comparison in an experiment.
     *
     * @param role what it is for
     * @param error probability that its interval ever misses the truth
     * @param spending of the error over the looks
     */
    public record Part(Role role, double error, Spending spending) {
        private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

        /**
         * Standard errors to either side of the estimate.
         *
         * @param clock time of the confidence sequence
         */
        @SuppressWarnings("MagicNumber") // Half of the error, on both sides.
        public double multiplier(double clock) {
            return spending == Spending.AT_END
                    ? NORMAL.inverseSurvivalProbability(error / 4)
                    : sequence().multiplier(clock);
        }

        /** The sequence of looks before a planned end, or at all times. */
        ConfidenceSequence sequence() {
            return new ConfidenceSequence(spending == Spending.ALWAYS ? error : error / 2);
        }
    }

    /** How the error of a comparison is spent over the looks at it. Stored by their order: append only. */
    public enum Spending {
        /** All of it by looks at all times: no end is planned. */
        ALWAYS,
        /** Half of it by looks before the planned end. */
        BEFORE_END,
        /** The other half by the one look at the planned end, which has an interval for a fixed sample. */
        AT_END;

        private static final Spending[] SPENDINGS = values();

        public Spending fields(Fields f) {
            return f.constant(this, SPENDINGS);
        }
    }

    /**
     * Draws the conclusion from an estimate.
     *
     * @param left users until the planned end; {@link Long#MAX_VALUE}: none is planned
     */
    static Comparison of(String arm, String reference, Part part, Estimate estimate, boolean broken, long left) {
        double multiplier = part.multiplier(estimate.clock());
        double reach = multiplier * Math.sqrt(estimate.differenceVariance());
        Interval difference = new Interval(estimate.difference() - reach, estimate.difference() + reach);
        Interval ratio = Fieller.ratio(estimate, multiplier);
        Interval relative = ratio.isBounded() ? new Interval(ratio.low() - 1, ratio.high() - 1) : ratio;
        Verdict verdict = broken ? Verdict.BROKEN : verdict(part.role(), difference);
        OptionalLong more =
                verdict == Verdict.UNDECIDED ? RemainingUsers.untilDecided(estimate, part, left) : OptionalLong.empty();
        return new Comparison(
                arm, reference, part, estimate, difference, relative, prior(estimate, part), verdict, more);
    }

    static Comparison tooEarly(String arm, String reference, Part part, OptionalLong moreUsers, boolean broken) {
        Verdict verdict = broken ? Verdict.BROKEN : Verdict.TOO_EARLY;
        return new Comparison(
                arm, reference, part, null, null, null, null, verdict, broken ? OptionalLong.empty() : moreUsers);
    }

    /** By a confidence sequence of its own error: there is no effect yet that it could compete with. */
    private static @Nullable Interval prior(Estimate estimate, Part part) {
        double mean = estimate.prior().mean();
        if (!(mean > 0)) {
            return null;
        }
        double change = estimate.prior().difference() / mean;
        double reach = new ConfidenceSequence(PRIOR_ERROR * part.error()).multiplier(estimate.clock())
                * Math.sqrt(estimate.prior().variance())
                / mean;
        return new Interval(change - reach, change + reach);
    }

    private static Verdict verdict(Role role, Interval difference) {
        if (role == Role.EXPLORATORY) {
            return Verdict.EXPLORATORY;
        }
        if (difference.low() > 0) {
            return Verdict.WINNING;
        }
        return difference.high() < 0 ? Verdict.LOSING : Verdict.UNDECIDED;
    }

    /**
     * Computes the interval of a ratio of two means by Fieller's method (1954, "Some problems in interval estimation"):
     * all ratios r for which {@code numerator - r · denominator} is not distinguishable from zero. Unlike the delta
     * method it does not assume that the ratio is normal, and it includes 1 exactly where the interval of the
     * difference includes 0, so that both agree.
     */
    static final class Fieller {
        private Fieller() {}

        /**
         * Solves {@code (numerator - r · denominator)² <= multiplier² · (numeratorVariance - 2 r covariance + r²
         * denominatorVariance)} for r.
         *
         * @return {@link Interval#UNBOUNDED} where the denominator is not distinguishable from zero
         */
        static Interval ratio(Estimate estimate, double multiplier) {
            double square = multiplier * multiplier;
            double numerator = estimate.armMean();
            double denominator = estimate.referenceMean();
            double a = denominator * denominator - square * estimate.referenceVariance();
            if (!(a > 0)) {
                return Interval.UNBOUNDED;
            }
            double b = numerator * denominator - square * estimate.covariance();
            double c = numerator * numerator - square * estimate.armVariance();
            // The estimate itself solves the inequality, so a negative discriminant is rounding.
            double root = Math.sqrt(Math.max(0, b * b - a * c));
            return new Interval((b - root) / a, (b + root) / a);
        }
    }

    /** The conclusion of a comparison. */
    public enum Verdict {
        /** Better: the interval lies above zero. */
        WINNING,
        /** Worse: the interval lies below zero. */
        LOSING,
        /** Undecided: the interval includes zero. */
        UNDECIDED,
        /** No verdict, because the comparison is not one that decides. */
        EXPLORATORY,
        /** Fewer shoppers were observed than the burn-in requires. */
        TOO_EARLY,
        /**
         * Sample ratio mismatch: shoppers were not assigned to the arms in the planned shares, so the arms are not
         * comparable.
         */
        BROKEN;

        private static final Verdict[] VERDICTS = values();

        public Verdict fields(Fields f) {
            return f.constant(this, VERDICTS);
        }
    }
}
