package dev.kombo.experiment;

import dev.kombo.codec.Fields;
import java.util.List;

/**
 * Says before an experiment starts what its verdict will be about. An experiment keeps the rule with which its first
 * shopper was assigned.
 *
 * @param primaryMeasure name of the measure that decides; all other measures are exploratory
 */
public record DecisionRule(String primaryMeasure) {
    /** Decides by the revenue of 28 days. */
    public static final DecisionRule STANDARD = new DecisionRule(Measure.REVENUE_28D.label());

    public DecisionRule fields(Fields f) {
        return new DecisionRule(f.text(primaryMeasure));
    }

    /** The role of a measure in an experiment. */
    public Role role(Measure measure) {
        return measure.label().equals(primaryMeasure) ? Role.PRIMARY : Role.EXPLORATORY;
    }

    /** Adds why this rule cannot be used, in sentences for an operator. */
    public void addProblems(List<String> problems) {
        if (Measure.of(primaryMeasure) == null) {
            problems.add("primaryMeasure " + primaryMeasure + " is not one of " + Measure.labels());
        }
    }

    /** Adds why an experiment that runs by another rule cannot go on by this one. */
    public void addProblemsAfter(DecisionRule before, String salt, List<String> problems) {
        if (!before.primaryMeasure.equals(primaryMeasure)) {
            problems.add("primaryMeasure was " + before.primaryMeasure + " and would be " + primaryMeasure
                    + ": another experiment needs another salt than " + salt);
        }
    }

    /** What a comparison is for: it decides how much of the error it gets. */
    public enum Role {
        /** A verdict: these comparisons share the error. Treatments against the holdout in the primary measure. */
        PRIMARY,
        /** Shown with an interval that holds for this comparison alone; never a verdict. */
        EXPLORATORY,
        /** All comparisons of all measures share the error: of experiments that began before rules were stated. */
        SHARED
    }
}
