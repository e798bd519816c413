package dev.kombo.research.study;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.experiment.allocation.ShareAllocator;
import dev.kombo.experiment.allocation.StrategyChange;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.ConfidenceSequence;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.ShopperObservations;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.shop.simulation.HashedDraws;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One simulated experiment over the classes of production: shoppers are enrolled by the strategy, come back for
 * purchases, and are observed until each of their windows has ended. All of it reaches the comparisons as outcomes, as
 * it reaches the service's report, which is looked at after each observation.
 */
final class StudyRun {
    private static final Measure MOVED_BY = ShareAllocator.MEASURE;
    private static final Shopper ANYBODY = new Shopper("anybody", null);
    private static final Measure MEASURE = Measure.of(DecisionRule.STANDARD.primaryMeasure());
    static final UpliftSettings SETTINGS = UpliftSettings.standard();
    private final Scenario scenario;
    private final Truth truth;
    private final Consumer<Outcome> told;
    private final ExperimentUplift uplift = new ExperimentUplift();
    private final Queue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(Waiting::due)
            .thenComparingLong(each -> each.enrollment().enteredAt()));
    private int observed;
    private long looks;
    private boolean missed;
    private boolean relativeMissed;
    private boolean bareMissed;
    private boolean fixedMissed;
    private boolean alarmed;
    private double varianceKept = 1;
    private int decidedAt;
    private int moves;
    private int entered;
    private int treated;
    private StrategyPlan plan;

    private record Waiting(ShopperObservations shopper, Enrollment enrollment, long due) {}

    private StudyRun(Scenario scenario, Truth truth, Consumer<Outcome> told) {
        this.scenario = scenario;
        this.truth = truth;
        this.told = told;
    }

    /**
     * Runs it; the same seed and number give the same result.
     *
     * @param told is shown each outcome
     */
    static StudyRun play(Scenario scenario, Truth truth, long seed, int number, Consumer<Outcome> told) {
        StudyRun run = new StudyRun(scenario, truth, told);
        run.play(seed, number);
        return run;
    }

    /** Runs it, and says what it came to. */
    static RunResult of(Scenario scenario, Truth truth, long seed, int number) {
        StudyRun run = play(scenario, truth, seed, number, outcome -> {});
        return new RunResult(
                run.looks,
                run.missed,
                run.relativeMissed,
                run.bareMissed,
                run.fixedMissed,
                run.alarmed,
                run.varianceKept,
                run.decidedAt,
                run.moves,
                (double) run.treated / run.entered);
    }

    /** The observations. */
    ExperimentUplift uplift() {
        return uplift;
    }

    private void play(long seed, int number) {
        long time = 0;
        for (int p = 0; p < scenario.phases().size(); p++) {
            Phase phase = scenario.phases().get(p);
            plan = new StrategyPlan(
                    Phase.firstVersion(p + 1),
                    "study-" + seed + "-" + number,
                    phase.arms(),
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    Eligibility.EVERYWHERE,
                    options());
            for (int i = 0; i < phase.users(); i++) {
                enter(phase, new HashedDraws(seed, number, entered), "u" + entered, time);
                observeUntil(time);
                entered++;
                time += scenario.entryMillis();
            }
        }
        observeUntil(time + MEASURE.millis());
    }

    /** What strategies have by default, but no guardrail: {@link GuardrailStudyTest} studies those. */
    private StrategyPlan.Options options() {
        StrategyPlan.Options none = StrategyPlan.Options.NONE;
        return new StrategyPlan.Options(scenario.allocation(), none.rule(), List.of(), none.ramp(), null, List.of());
    }

    private void enter(Phase phase, HashedDraws draws, String user, long time) {
        Enrollment enrollment = plan.enroll(user, null, time);
        add(Outcome.entered(
                new Shopper(user, null), enrollment, plan.arms(), plan.options().rule(), user));
        treated += enrollment.arm().equals(Scenario.TREATMENT) ? 1 : 0;
        ShopperObservations shopper =
                SpendingModel.shopper(draws, enrollment, scenario.effect(enrollment.arm()), phase.season());
        waiting.add(new Waiting(shopper, enrollment, time + (moving() ? MOVED_BY : MEASURE).millis()));
    }

    private void add(Outcome outcome) {
        outcome.addTo(uplift, SpendingModel.CAP_MINOR);
        told.accept(outcome);
    }

    private void observeUntil(long time) {
        while (!waiting.isEmpty() && waiting.peek().due() <= time) {
            Waiting next = waiting.remove();
            for (MaturedWindow window : next.shopper().mature(next.due())) {
                observe(window, time);
            }
            if (next.due() < next.enrollment().enteredAt() + MEASURE.millis()) {
                long due = next.enrollment().enteredAt() + MEASURE.millis();
                waiting.add(new Waiting(next.shopper(), next.enrollment(), due));
            }
        }
    }

    /** Whether shares move by themselves. */
    private boolean moving() {
        return scenario.allocation() != null;
    }

    /** Tells of the measures that matter here: the one that decides, and the one that shares move by. */
    private void observe(MaturedWindow window, long time) {
        String measure = window.matured().measure();
        boolean moves = moving() && measure.equals(MOVED_BY.label());
        if (moves || measure.equals(MEASURE.label())) {
            add(Outcome.matured(ANYBODY, window.enrollment(), window.matured(), window.time()));
        }
        if (moves) {
            move(time);
        } else if (measure.equals(MEASURE.label())) {
            observed++;
            compare();
        }
    }

    private void move(long time) {
        ShareMove move = StrategyChange.next(plan, uplift, time);
        if (move != null) {
            uplift.moved(move);
            plan = move.applyTo(plan);
            moves++;
        }
    }

    /** The report of the measure that decides; null before anybody has paid. */
    static UpliftReport report(ExperimentUplift uplift) {
        UpliftAccount account = account(uplift);
        return account == null ? null : uplift.report(MEASURE, account);
    }

    private static UpliftAccount account(ExperimentUplift uplift) {
        return uplift.accounts().get(new ExperimentUplift.Key(MEASURE, SpendingModel.CURRENCY));
    }

    private void compare() {
        UpliftReport report = report(uplift);
        if (report == null) {
            return;
        }
        alarmed |= report.sampleRatio().mismatched();
        for (Comparison comparison : report.comparisons()) {
            if (comparison.estimate() != null && comparison.part().role() == Role.PRIMARY) {
                compare(comparison);
            }
        }
    }

    private void compare(Comparison comparison) {
        String arm = comparison.arm();
        String reference = comparison.reference();
        ReferenceInterval plain = ReferenceInterval.of(account(uplift), truth, arm, reference, SETTINGS.burnIn());
        looks++;
        missed |= !comparison.difference().contains(plain.difference());
        relativeMissed |= !comparison.relative().contains(plain.relative());
        double error = comparison.part().error();
        bareMissed |= plain.plainMisses(
                new ConfidenceSequence(error).multiplier(comparison.estimate().clock()));
        fixedMissed |= plain.plainMisses(ReferenceInterval.fixedSample(error));
        if (arm.equals(Scenario.TREATMENT) && reference.equals(Scenario.HOLDOUT)) {
            varianceKept = comparison.estimate().varianceKept();
            if (decidedAt == 0 && (comparison.verdict() == Verdict.WINNING || comparison.verdict() == Verdict.LOSING)) {
                decidedAt = observed;
            }
        }
    }
}
