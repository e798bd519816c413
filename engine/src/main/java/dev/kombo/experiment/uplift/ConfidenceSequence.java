package dev.kombo.experiment.uplift;

/**
 * Computes the half width of a confidence sequence in standard errors: an interval that covers the truth at all looks
 * together with probability {@code 1 - error}, asymptotically, whereas a fixed-sample interval covers it at one look.
 *
 * <p>Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (2024, "Time-uniform central limit theory and asymptotic
 * confidence sequences", Annals of Statistics; arXiv 2103.06476) extend Robbins' normal mixture to means whose variance
 * is estimated: after t observations of standard deviation s, with any rho &gt; 0 chosen beforehand, the half width is
 *
 * <pre>sqrt((t s² rho² + 1) / (t² rho²) · log((t s² rho² + 1) / error²))</pre>
 *
 * With the clock {@code c = t s² rho²} and the standard error {@code s / sqrt(t)}, this is the standard error times
 * {@code sqrt((c + 1) / c · log((c + 1) / error²))}. The clock runs in proportion to the variance of the sum of all
 * observations; its unit is free, and only decides when the interval is shortest.
 */
public final class ConfidenceSequence {
    private static final double CONVERGED = 1e-12;

    private final double logInverseErrorSquared;
    private final double shortestAt;

    /**
     * Creates a sequence.
     *
     * @param error probability that it ever fails to cover the truth, above 0 and below 1
     */
    public ConfidenceSequence(double error) {
        if (!(error > 0 && error < 1)) {
            throw new IllegalArgumentException("error is not between 0 and 1: " + error);
        }
        logInverseErrorSquared = -2 * Math.log(error);
        shortestAt = shortestAt(logInverseErrorSquared);
    }

    /**
     * The clock at which the multiplier is smallest. There its derivative is zero: {@code c = log(1 + c) - 2
     * log(error)}, solved by Newton's method from above, which decreases towards the solution.
     */
    private static double shortestAt(double logInverseErrorSquared) {
        double clock = 2 * logInverseErrorSquared + 2;
        double step;
        do {
            step = (clock - Math.log1p(clock) - logInverseErrorSquared) * (1 + clock) / clock;
            clock -= step;
        } while (step > CONVERGED * clock);
        return clock;
    }

    /**
     * Standard errors to either side.
     *
     * @param time of the clock, where 1 is when the multiplier is smallest; positive
     */
    public double multiplier(double time) {
        double clock = shortestAt * time;
        return Math.sqrt((clock + 1) / clock * (Math.log1p(clock) + logInverseErrorSquared));
    }

    /**
     * Standard errors to one side, beyond which the truth ever lies with half the probability {@code error}: the
     * paper's one-sided sequence, {@code sqrt((c + 1) / c · 2 log(1 + sqrt(c + 1) / error))}.
     *
     * @param time of the clock, as above
     */
    public double oneSided(double time) {
        double clock = shortestAt * time;
        double evidence = Math.exp((Math.log1p(clock) + logInverseErrorSquared) / 2);
        return Math.sqrt((clock + 1) / clock * 2 * Math.log1p(evidence));
    }

    /** The clock {@code t s² rho²} of the paper at time 1. */
    double shortestAt() {
        return shortestAt;
    }
}
