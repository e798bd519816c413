package dev.kombo.lab.study;

import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.experiment.allocation.ShareAllocator;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.ConfidenceSequence;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.lab.simulation.HashedDraws;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One simulated experiment over the classes of production: shoppers are enrolled by the strategy, enter the account,
 * come back for purchases, and are observed four weeks later; after each observation the report is looked at.
 */
final class StudyRun {
    private static final long WINDOW_MILLIS = Measure.REVENUE_28D.millis();
    private static final UpliftSettings SETTINGS = UpliftSettings.standard();
    private final Scenario scenario;
    private final Truth truth;
    private final UpliftAccount account = new UpliftAccount();
    private final ExperimentUplift uplift = new ExperimentUplift();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
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
    private long opened;

    private record Waiting(SpendingModel.Shopper shopper, Enrollment enrollment) {}

    private StudyRun(Scenario scenario, Truth truth) {
        this.scenario = scenario;
        this.truth = truth;
        uplift.ruled(DecisionRule.STANDARD);
        uplift.restore(new ExperimentUplift.Key(ShareAllocator.MEASURE, "GBP"), account);
    }

    /** Runs it; the same seed and number give the same result. */
    static RunResult of(Scenario scenario, Truth truth, long seed, int number) {
        StudyRun run = new StudyRun(scenario, truth);
        run.play(seed, number);
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
                    new StrategyPlan.Options(0, scenario.allocation()));
            for (int i = 0; i < phase.users(); i++) {
                enter(phase, new HashedDraws(seed, number, entered), "u" + entered, time);
                observeUntil(time);
                entered++;
                time += scenario.entryMillis();
            }
        }
        observeUntil(time + WINDOW_MILLIS);
    }

    private void enter(Phase phase, HashedDraws draws, String user, long time) {
        Enrollment enrollment = plan.enroll(user, null, time);
        if (plan.version() > opened) {
            opened = plan.version();
            account.open(opened, plan.arms());
        }
        account.enter(plan.version(), enrollment.arm());
        treated += enrollment.arm().equals(Scenario.TREATMENT) ? 1 : 0;
        SpendingModel.Shopper shopper =
                SpendingModel.shopper(draws, time, scenario.effect(enrollment.arm()), phase.season());
        waiting.add(new Waiting(shopper, enrollment));
    }

    private void observeUntil(long time) {
        while (!waiting.isEmpty() && time - waiting.peek().enrollment().enteredAt() >= WINDOW_MILLIS) {
            Waiting next = waiting.remove();
            account.predicted(
                    SpendingModel.observe(next.shopper().revenue(), next.enrollment()),
                    next.shopper().known(),
                    SpendingModel.CAP_MINOR);
            observed++;
            look();
            move(time);
        }
    }

    private void move(long time) {
        ShareMove move = ShareAllocator.next(plan, uplift, time);
        if (move != null) {
            uplift.moved(move);
            plan = move.applyTo(plan);
            moves++;
        }
    }

    private void look() {
        UpliftReport report = uplift.report(Measure.REVENUE_28D, account);
        alarmed |= report.sampleRatio().mismatched(SETTINGS.mismatchError());
        for (Comparison comparison : report.comparisons()) {
            if (comparison.estimate() != null && comparison.part().role() == Role.PRIMARY) {
                look(comparison);
            }
        }
    }

    private void look(Comparison comparison) {
        String arm = comparison.arm();
        String reference = comparison.reference();
        ReferenceInterval plain = ReferenceInterval.of(account, truth, arm, reference, SETTINGS.burnIn());
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
