package dev.kombo.engine.report;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Outcome.Bought;
import dev.kombo.attribution.Outcome.Scope;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.StrategyPlan;
import java.time.Instant;
import java.util.List;

/** Outcomes of an experiment of two halves. */
final class ToldOutcomes {
    static final long START = Instant.parse("2026-01-05T10:00:00Z").toEpochMilli();

    private static final List<Arm> ARMS =
            List.of(new Arm("control", Arm.Kind.HOLDOUT, 0.5), new Arm("treatment", Arm.Kind.TREATMENT, 0.5));
    private static final DecisionRule RULE = new DecisionRule("revenue1d", 0);

    /** A treatment that loses revenue stops. */
    static final StrategyPlan PLAN = plan(List.of());

    private ToldOutcomes() {}

    /** The same with a budget for the discounts of the treatment, in minor units per day. */
    static StrategyPlan limited(long minorPerDay) {
        return plan(List.of(new DiscountBudget("treatment", null, minorPerDay, "GBP")));
    }

    private static StrategyPlan plan(List<DiscountBudget> budgets) {
        return new StrategyPlan(
                5,
                "s",
                ARMS,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                StrategyPlan.Eligibility.EVERYWHERE,
                new StrategyPlan.Options(
                        null,
                        RULE,
                        List.of(new Guardrail("revenue1d", 0, Guardrail.Action.STOP)),
                        null,
                        null,
                        budgets));
    }

    static Outcome entered(String user, String arm, long time) {
        return Outcome.entered(
                new Shopper(user, null), new Enrollment("s", arm, PLAN.version(), time), ARMS, RULE, "view-" + user);
    }

    static Outcome matured(String user, String arm, double paid, long time) {
        return Outcome.matured(
                new Shopper(user, null),
                new Enrollment("s", arm, PLAN.version(), START),
                new MaturedMeasure("revenue1d", List.of(new MaturedMeasure.Value("GBP", paid, 0))),
                time);
    }

    /** A bundle was offered in the treatment. */
    static Outcome offered(String user, String bundle, long time) {
        return of(OutcomeKind.OFFERED, user, null, time, List.of(bundle), Bought.NOTHING);
    }

    /** The bundle ab was bought in the treatment. */
    static Outcome bought(String user, long paid, long saved, long time) {
        Bought bought = new Bought("order-" + user, 1, new Amount(paid, saved, "GBP"), false, false, List.of());
        return of(OutcomeKind.CONVERSION, user, "ab", time, List.of(), bought);
    }

    private static Outcome of(
            OutcomeKind kind, String user, String bundle, long time, List<String> bundles, Bought bought) {
        Scope scope = new Scope(new Assignment("s", "treatment", PLAN.version()), "offer-" + user, "home", bundle, 1);
        return new Outcome(
                kind + user + time,
                kind,
                new Shopper(user, null),
                scope,
                kind + user,
                time,
                bundles,
                bought,
                List.of(),
                null,
                null);
    }

    /** The same outcome in another experiment. */
    static Outcome of(String experiment, Outcome outcome) {
        Scope scope = outcome.scope();
        Assignment assignment =
                new Assignment(experiment, outcome.arm(), scope.assignment().strategyVersion());
        return new Outcome(
                outcome.outcomeId(),
                outcome.kind(),
                outcome.shopper(),
                new Scope(assignment, scope.offerId(), scope.placement(), scope.bundleId(), scope.rank()),
                outcome.eventId(),
                outcome.eventTime(),
                outcome.bundleIds(),
                outcome.bought(),
                outcome.plannedArms(),
                outcome.rule(),
                outcome.matured());
    }
}
