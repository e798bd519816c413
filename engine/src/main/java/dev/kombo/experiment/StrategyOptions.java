package dev.kombo.experiment;

import java.util.List;

/**
 * Options of a strategy beside its arms.
 *
 * @param decisionSamplingRate share of the offers of which all candidates are logged, 0 to 1
 * @param allocation bounds within which shares may move; null: they are fixed
 */
public record StrategyOptions(double decisionSamplingRate, Allocation allocation) {
    /** No logging, fixed shares. */
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
