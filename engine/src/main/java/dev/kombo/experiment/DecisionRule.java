package dev.kombo.experiment;

import dev.kombo.codec.Fields;
import org.jspecify.annotations.Nullable;

/**
 * Fixes, before an experiment starts, the measure that decides the experiment and, if planned, the number of users
 * after which it is decided at the latest. An experiment keeps the rule with which its first shopper was assigned.
 *
 * @param primaryMeasure name of the measure that decides; all other measures are exploratory
 * @param plannedUsers planned end: users observed in the primary measure, of all arms, with whom it is decided at the
 *     latest. Later users are not compared in it. 0: none, it runs until an operator ends it
 */
public record DecisionRule(String primaryMeasure, long plannedUsers) {
    /** Decides by the revenue of 28 days, without a planned end. */
    public static final DecisionRule STANDARD = new DecisionRule(Measure.REVENUE_28D.label(), 0);

    private static final long LEAST_PLANNED = 500;
    private static final long MOST_PLANNED = 1_000_000_000;

    /** Users expected in each arm by the planned end: chance leaves hardly ever fewer than the burn-in of 250. */
    private static final double LEAST_OF_ARM = 300;

    public DecisionRule fields(Fields f) {
        return new DecisionRule(f.text(primaryMeasure), f.number(plannedUsers));
    }

    /** Whether so many observed users of a measure are all that are planned. */
    public boolean ended(Measure measure, long users) {
        return plannedUsers > 0 && users >= plannedUsers && role(measure) == Role.PRIMARY;
    }

    /** The role of a measure in an experiment. */
    public Role role(Measure measure) {
        return measure.label().equals(primaryMeasure) ? Role.PRIMARY : Role.EXPLORATORY;
    }

    /** Adds why this rule cannot be used, in sentences for an operator. */
    void addProblems(Problems problems) {
        Measure measure = Measure.of(primaryMeasure);
        problems.addIf(
                measure == null || !measure.decides(),
                "primaryMeasure " + primaryMeasure + " is not one of " + Measure.labels(Measure::decides));
        problems.addIf(
                plannedUsers != 0 && (plannedUsers < LEAST_PLANNED || plannedUsers > MOST_PLANNED),
                "plannedUsers " + plannedUsers + " is neither 0 nor within " + LEAST_PLANNED + " and " + MOST_PLANNED);
    }

    /** Adds why an experiment that runs by another rule cannot go on by this one. */
    void addProblemsAfter(DecisionRule before, String salt, Problems problems) {
        problems.addIf(
                !before.primaryMeasure.equals(primaryMeasure),
                "primaryMeasure was " + before.primaryMeasure + " and would be " + primaryMeasure
                        + ": another experiment needs another salt than " + salt);
        problems.addIf(
                before.plannedUsers != plannedUsers,
                "plannedUsers was " + before.plannedUsers + " and would be " + plannedUsers
                        + ": another experiment needs another salt than " + salt);
    }

    /**
     * Adds why a strategy that an operator publishes cannot have this planned end.
     *
     * @param running the running strategy of the same experiment; null: the strategy starts another one
     */
    void addProblemsOfEnd(StrategyPlan plan, @Nullable StrategyPlan running, Problems problems) {
        if (plannedUsers == 0) {
            return;
        }
        problems.addIf(
                plan.options().allocation() != null,
                "allocation moves shares by what is observed: with plannedUsers, the look at the end would not hold");
        boolean ends = plan.options().guardrailsOrStandard().stream()
                .anyMatch(guardrail -> guardrail.measure().equals(primaryMeasure));
        problems.addIf(
                plan.options().ramp() != null && ends,
                "ramp would wait forever for a guardrail on " + primaryMeasure
                        + ", which observes nobody after plannedUsers: guardrails need other measures");
        Arm control = plan.control();
        for (Arm arm : plan.arms()) {
            double share = control == null ? 0 : Math.min(arm.share(), control.share());
            if (running != null) {
                Arm before = running.arm(arm.name());
                problems.addIf(
                        arm.share() > 0 && (before == null || before.share() == 0),
                        "arms has " + arm.name()
                                + ", which had no share before: with plannedUsers, another arm needs another salt than "
                                + plan.salt());
            } else if (arm.kind() == Arm.Kind.TREATMENT && share > 0 && plannedUsers * share < LEAST_OF_ARM) {
                problems.add(
                        "plannedUsers " + plannedUsers + " cannot decide on " + arm.name() + ": its smaller arm has "
                                + Math.round(plannedUsers * share) + " users by then; expected: at least "
                                + Math.round(LEAST_OF_ARM));
            }
        }
    }

    /** What a comparison is for: it decides how much of the error it gets. Stored by their order: append only. */
    public enum Role {
        /** A verdict: these comparisons share the error. Treatments against the holdout in the primary measure. */
        PRIMARY,
        /** Shown with an interval that holds for this comparison alone; never a verdict. */
        EXPLORATORY,
        /** All comparisons of all measures share the error: of experiments that began before rules were stated. */
        SHARED;

        private static final Role[] ROLES = values();

        public Role fields(Fields f) {
            return f.constant(this, ROLES);
        }
    }
}
