package dev.kombo.experiment.uplift;

import dev.kombo.experiment.uplift.Comparison.Part;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Estimates how many more shoppers a comparison of two arms needs until its result is clear. */
final class RemainingUsers {
    /** Beyond this multiple of the shoppers observed so far, no end is in sight. */
    private static final double FARTHEST = 1e4;

    /** Bisection steps over the range of the logarithm: they leave an error below a thousandth. */
    private static final int HALVINGS = 14;

    private RemainingUsers() {}

    /**
     * Shoppers until the interval would exclude zero if the difference stayed as it is. With f times the shoppers, the
     * variance is divided and the clock multiplied by f; the half width decreases with f.
     *
     * @param left shoppers until the planned end, which they do not exceed; {@link Long#MAX_VALUE}: none is planned
     */
    static OptionalLong untilDecided(Estimate estimate, Part part, long left) {
        double difference = Math.abs(estimate.difference());
        if (part.spending() == Spending.AT_END) {
            return OptionalLong.empty();
        }
        ConfidenceSequence sequence = part.sequence();
        if (!(reach(estimate, sequence, FARTHEST) < difference)) {
            return left == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(left);
        }
        double low = 1;
        double high = FARTHEST;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = Math.sqrt(low * high);
            if (reach(estimate, sequence, middle) < difference) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalLong.of(Math.min(left, (long) Math.ceil((high - 1) * estimate.users())));
    }

    private static double reach(Estimate estimate, ConfidenceSequence sequence, double times) {
        return sequence.multiplier(estimate.clock() * times) * Math.sqrt(estimate.differenceVariance() / times);
    }

    /** Shoppers until both arms of a stratum reach the burn-in; empty where shares are not known. */
    static OptionalLong untilBurnIn(@Nullable StratumArm arm, @Nullable StratumArm reference, int burnIn) {
        if (arm == null || reference == null || !(arm.share() > 0) || !(reference.share() > 0)) {
            return OptionalLong.empty();
        }
        double users = Math.max(missing(arm, burnIn) / arm.share(), missing(reference, burnIn) / reference.share());
        return OptionalLong.of((long) Math.ceil(users));
    }

    private static long missing(StratumArm arm, int burnIn) {
        return Math.max(0, burnIn - arm.moments().count());
    }
}
