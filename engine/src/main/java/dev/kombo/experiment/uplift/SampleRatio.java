package dev.kombo.experiment.uplift;

import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Tests whether shoppers were assigned to the arms in the planned shares, within each stratum (sample ratio mismatch).
 *
 * <p>Lindon and Malek (2022, "Anytime-valid inference for multinomial count data"): the probability of the counts under
 * shares drawn from a Dirichlet distribution around the planned ones, over that under the planned shares. If those are
 * true, this ratio is a martingale that starts at 1, so it ever reaches {@code 1 / error} with probability {@code
 * error} at most (Ville's inequality): unlike a chi-square test, it may be checked after each shopper. The evidence of
 * strata multiplies, since each shopper is in one of them.
 *
 * @param strata the strata of which shares are known, oldest version first
 * @param logEvidence logarithm of the evidence of all strata together; infinite where a shopper was assigned to an arm
 *     without a share
 */
public record SampleRatio(List<Stratum> strata, double logEvidence) {
    /**
     * Sum of the Dirichlet distribution's parameters. Deviations of about {@code sqrt(p (1 - p) / 1000)}, 1.6
     * percentage points of a half, are detected soonest; others take a little longer.
     */
    private static final double CONCENTRATION = 1000;

    /** Probability that a mismatch is ever claimed where there is none. */
    private static final double ERROR = 0.001;

    /**
     * One stratum.
     *
     * @param strategyVersion its version
     * @param arms planned and actual counts
     * @param logEvidence logarithm of its evidence
     */
    public record Stratum(long strategyVersion, List<ArmRatio> arms, double logEvidence) {}

    /**
     * One arm.
     *
     * @param arm its name
     * @param expected shoppers expected by its share
     * @param entered shoppers assigned
     */
    public record ArmRatio(String arm, double expected, long entered) {}

    /** The test over all strata whose shares are known. */
    public static SampleRatio of(Collection<StratumAccount> accounts) {
        List<Stratum> strata = new ArrayList<>();
        double sum = 0;
        for (StratumAccount account : accounts) {
            if (account.arms().stream().noneMatch(arm -> Double.isNaN(arm.share()))) {
                Stratum stratum = stratum(account);
                strata.add(stratum);
                sum += stratum.logEvidence();
            }
        }
        return new SampleRatio(strata, sum);
    }

    /** A p-value that is valid at any time: 1 over the evidence, at most 1. */
    public double pValue() {
        return Math.min(1, Math.exp(-logEvidence));
    }

    /** Whether the planned shares are rejected; true ones ever are in at most one of a thousand experiments. */
    public boolean mismatched() {
        return logEvidence >= -Math.log(ERROR);
    }

    private static Stratum stratum(StratumAccount account) {
        double[] shares = account.arms().stream().mapToDouble(StratumArm::share).toArray();
        long[] counts = account.arms().stream().mapToLong(StratumArm::entered).toArray();
        long total = LongStream.of(counts).sum();
        List<ArmRatio> arms = account.arms().stream()
                .map(arm -> new ArmRatio(arm.name(), arm.share() * total, arm.entered()))
                .toList();
        return new Stratum(account.strategyVersion(), arms, logEvidence(counts, shares, CONCENTRATION));
    }

    /**
     * Logarithm of the ratio of probabilities.
     *
     * @param concentration sum of the Dirichlet distribution's parameters, which are in proportion to the shares
     */
    static double logEvidence(long[] counts, double[] shares, double concentration) {
        double evidence = 0;
        double total = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                continue;
            }
            if (shares[i] <= 0) {
                return Double.POSITIVE_INFINITY;
            }
            double prior = concentration * shares[i];
            evidence += LogGamma.value(prior + counts[i]) - LogGamma.value(prior) - counts[i] * Math.log(shares[i]);
            total += counts[i];
        }
        return evidence + LogGamma.value(concentration) - LogGamma.value(concentration + total);
    }
}
