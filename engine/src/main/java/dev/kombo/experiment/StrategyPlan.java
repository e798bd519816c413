package dev.kombo.experiment;

import dev.kombo.catalog.Names;
import dev.kombo.catalog.StableHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who gets which offers. A plan may hold anything that was published; {@link #problems()} says whether it can be used.
 *
 * @param version grows with each change
 * @param salt names the experiment and decides, with the shopper's id, the arm
 * @param arms the arms
 * @param startsAt first moment at which it runs, epoch milliseconds; {@link Long#MIN_VALUE}: at once
 * @param endsAt moment from which it no longer runs, epoch milliseconds; {@link Long#MAX_VALUE}: never ends
 * @param eligibility who may enter and where it runs
 * @param options what else it asks for
 */
public record StrategyPlan(
        long version,
        String salt,
        List<Arm> arms,
        long startsAt,
        long endsAt,
        Eligibility eligibility,
        StrategyOptions options) {
    /** Ends the name of the experiment of visitors without a user id. */
    public static final String VISITORS = "/visitors";

    /** Ends the name under which offers outside the experiment are counted. */
    public static final String OUTSIDE = "/not-enrolled";

    /** What shoppers get outside the experiment: the ranker's order, without exploration. */
    public static final Arm NOT_ENROLLED = new Arm("not-enrolled", ArmKind.TREATMENT, 0, 0);

    /** By how much the shares may miss a sum of 1. */
    private static final double SHARE_TOLERANCE = 1e-9;

    /** Copies the arms; no list means no arms. */
    public StrategyPlan {
        arms = arms == null ? List.of() : List.copyOf(arms);
    }

    /** A plan for everybody, everywhere. */
    public StrategyPlan(long version, String salt, List<Arm> arms, long startsAt, long endsAt) {
        this(version, salt, arms, startsAt, endsAt, Eligibility.EVERYWHERE, StrategyOptions.NONE);
    }

    /**
     * The plan that runs until one is published: a tenth held out, a tenth by popularity, the rest by the revenue that an
     * offer is expected to add.
     */
    public static StrategyPlan standard() {
        return standard(OfferObjective.REVENUE);
    }

    /** Whether nobody published it. */
    private boolean isStandard() {
        return arms.size() == 3 && equals(standard(arms.get(2).policy().objective()));
    }

    /** The same by something else that an offer adds. */
    public static StrategyPlan standard(OfferObjective objective) {
        return new StrategyPlan(
                0,
                "kombo-default",
                List.of(
                        new Arm("holdout", ArmKind.HOLDOUT, 0.10, 0),
                        new Arm("popularity", ArmKind.BASELINE, 0.10, 0),
                        new Arm("treatment", ArmKind.TREATMENT, 0.80, 0, OfferPolicy.of(objective))),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
    }

    /** What keeps this plan from being used, in words for an operator; empty if it is valid. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (salt == null || salt.isBlank()) {
            problems.add("salt is blank");
        } else if (salt.endsWith(VISITORS) || salt.endsWith(OUTSIDE)) {
            problems.add("salt " + salt + " ends like the name of an account of its own");
        }
        eligibility.addProblems(problems);
        if (endsAt <= startsAt) {
            problems.add("endsAt " + endsAt + " is not after startsAt " + startsAt);
        }
        if (arms.isEmpty()) {
            problems.add("there is no arm");
            return problems;
        }
        Set<String> names = new HashSet<>();
        double sum = 0;
        for (Arm arm : arms) {
            addProblems(arm, names, problems);
            sum += arm.share();
        }
        // Negated, so that NaN is a problem too.
        if (!(Math.abs(sum - 1) <= SHARE_TOLERANCE)) {
            problems.add("shares sum to " + sum + " instead of 1");
        }
        options.addProblems(arms, problems);
        return problems;
    }

    /**
     * What keeps this plan from following another, its own problems first.
     *
     * @param running the active plan; of {@link #standard}, which nobody published, any version may follow
     * @param used experiments that were active before: their shoppers entered another one meanwhile, and would be
     *     entered, drawn into the same arms, and observed a second time
     */
    public List<String> problemsAfter(StrategyPlan running, Set<String> used) {
        List<String> problems = problems();
        if (problems.isEmpty()) {
            // Not among its own problems: a plan that is active already stays so.
            addNameProblem("salt", salt, problems);
            arms.forEach(arm -> addNameProblem("name of an arm", arm.name(), problems));
        }
        boolean sameExperiment = running.salt.equals(salt);
        if (salt != null && !sameExperiment && used.contains(salt)) {
            problems.add("salt " + salt + " is used up: its experiment was followed by another");
        }
        if ((sameExperiment || !running.isStandard()) && version <= running.version) {
            problems.add("version " + version + " is not above " + running.version + ", that of the running strategy");
        }
        for (Arm arm : sameExperiment ? arms : List.<Arm>of()) {
            Arm before = running.arm(arm.name());
            if (before != null && arm.kind() != null && before.kind() != arm.kind()) {
                problems.add("arm " + arm.name() + " was " + before.kind() + " and would be " + arm.kind()
                        + ": another experiment needs another salt than " + salt);
            }
        }
        return problems;
    }

    private static void addNameProblem(String field, String name, List<String> problems) {
        String problem = Names.problem(field, name);
        if (problem != null) {
            problems.add(problem);
        }
    }

    private static void addProblems(Arm arm, Set<String> names, List<String> problems) {
        String name = arm.name();
        if (name == null || name.isBlank()) {
            problems.add("name of an arm is blank");
        } else if (!names.add(name)) {
            problems.add("arm " + name + " is there twice");
        }
        if (arm.kind() == null) {
            problems.add("arm " + name + " has no kind");
        }
        if (!(arm.share() >= 0 && arm.share() <= 1)) {
            problems.add("share " + arm.share() + " of arm " + name + " is not within 0 and 1");
        }
        if (!(arm.temperature() >= 0 && arm.temperature() <= Arm.LARGEST_TEMPERATURE)) {
            problems.add("temperature " + arm.temperature() + " of arm " + name + " is not within 0 and "
                    + Arm.LARGEST_TEMPERATURE);
        }
        arm.policy().addProblems(name, arm.kind(), problems);
    }

    /**
     * The arm a shopper falls into: the hash of the id under the salt, mapped to [0, 1), cut by the cumulative shares.
     * Assignments under different salts are independent.
     *
     * @throws IllegalStateException if there is no arm
     */
    public Arm assign(String shopperId) {
        double position = StableHash.unit(StableHash.of(shopperId, StableHash.of(salt)));
        double upTo = 0;
        Arm last = null;
        for (int i = 0; i < arms.size(); i++) {
            Arm arm = arms.get(i);
            if (arm.share() > 0) {
                upTo += arm.share();
                last = arm;
                if (position < upTo) {
                    return arm;
                }
            }
        }
        if (last == null) {
            throw new IllegalStateException("strategy " + salt + " has no arm with a share");
        }
        // The shares' sum was rounded to just below 1.
        return last;
    }

    /**
     * A shopper's enrolment: the stored one while its experiment runs, whatever the shares are by now; else a new one.
     *
     * @param stored what is stored, or null
     * @param time of the event that would trigger an offer
     */
    public Enrollment enroll(String shopperId, Enrollment stored, long time) {
        if (stored != null && stored.experiment().equals(salt)) {
            return stored;
        }
        return new Enrollment(salt, assign(shopperId).name(), version, time);
    }

    /** The arm of that name, or null: a stored arm may be gone from a later version. */
    public Arm arm(String name) {
        for (int i = 0; i < arms.size(); i++) {
            if (name != null && name.equals(arms.get(i).name())) {
                return arms.get(i);
            }
        }
        return null;
    }

    /** Whether an event is outside the experiment: on another placement, or of a shopper not in who may not enter. */
    public boolean leavesOut(Enrollment stored, Set<String> segments, String placement) {
        boolean enrolled = stored != null && stored.experiment().equals(salt);
        return !eligibility.covers(placement) || (!enrolled && !eligibility.admits(segments));
    }

    /** Where offers outside the experiment are accounted for. */
    public Assignment outside() {
        return new Assignment(salt + OUTSIDE, NOT_ENROLLED.name(), version);
    }

    /** The same plan for visitors without a user id: an experiment of its own. */
    public StrategyPlan ofVisitors() {
        return new StrategyPlan(version, salt + VISITORS, arms, startsAt, endsAt, eligibility, options);
    }

    /** Whether the plan runs at a time. */
    public boolean runningAt(long time) {
        return time >= startsAt && time < endsAt;
    }
}
