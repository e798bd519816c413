package dev.kombo.experiment;

import java.util.List;

/**
 * What a strategy asks for beside its arms.
 *
 * @param decisionSamplingRate share of the offers of which all candidates are logged, 0 to 1
 * @param allocation bounds within which shares may move; null: they stay
 */
public record StrategyOptions(double decisionSamplingRate, Allocation allocation) {
    /** Nothing. */
    public static final StrategyOptions NONE = new StrategyOptions(0, null);

    void addProblems(List<Arm> arms, List<String> problems) {
        // Negated, so that NaN is a problem too.
        if (!(decisionSamplingRate >= 0 && decisionSamplingRate <= 1)) {
            problems.add("decisionSamplingRate " + decisionSamplingRate + " is not within 0 and 1");
        }
        if (allocation != null) {
            allocation.addProblems(arms, problems);
        }
    }
}
