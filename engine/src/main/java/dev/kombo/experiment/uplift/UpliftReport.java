package dev.kombo.experiment.uplift;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The comparisons of an experiment's arms, at one look. Looks may be repeated at will: with the probability that the
 * settings ask for, all intervals of all looks cover the truth, asymptotically. The error is divided by the number of
 * comparisons (union bound).
 *
 * @param comparisons each arm against each holdout, each treatment against each baseline, by name
 * @param sampleRatio test of the planned shares
 */
public record UpliftReport(List<Comparison> comparisons, SampleRatio sampleRatio) {

    /** Copies the list. */
    public UpliftReport {
        comparisons = List.copyOf(comparisons);
    }

    /** Reports on an account. The time it takes does not depend on the number of shoppers. */
    public static UpliftReport of(UpliftAccount account, UpliftSettings settings) {
        List<StratumAccount> strata = new ArrayList<>(account.strata());
        SampleRatio ratio = SampleRatio.of(strata);
        boolean broken = ratio.mismatched(settings.mismatchError());
        List<StratumStatistics> statistics = new ArrayList<>(strata.size());
        for (StratumAccount stratum : strata) {
            statistics.add(StratumStatistics.of(stratum));
        }
        List<ArmPair> pairs = account.pairs();
        List<Comparison> comparisons = new ArrayList<>(pairs.size());
        if (!pairs.isEmpty()) {
            ConfidenceSequence sequence = new ConfidenceSequence(settings.error() / settings.family() / pairs.size());
            for (ArmPair pair : pairs) {
                Estimate estimate = Contrast.of(strata, statistics, pair.arm(), pair.reference(), settings);
                comparisons.add(
                        estimate == null
                                ? tooEarly(strata, pair, settings, broken)
                                : Comparison.of(pair.arm(), pair.reference(), estimate, sequence, broken));
            }
        }
        return new UpliftReport(comparisons, ratio);
    }

    private static Comparison tooEarly(
            List<StratumAccount> strata, ArmPair pair, UpliftSettings settings, boolean broken) {
        StratumAccount latest = strata.get(strata.size() - 1);
        OptionalLong more =
                RemainingUsers.untilBurnIn(latest.arm(pair.arm()), latest.arm(pair.reference()), settings.burnIn());
        return Comparison.tooEarly(pair.arm(), pair.reference(), more, broken);
    }

    /** The comparison of two arms, or null if they are not compared. */
    public Comparison comparison(String arm, String reference) {
        for (Comparison comparison : comparisons) {
            if (comparison.arm().equals(arm) && comparison.reference().equals(reference)) {
                return comparison;
            }
        }
        return null;
    }
}
