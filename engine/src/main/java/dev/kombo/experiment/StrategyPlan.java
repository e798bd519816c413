package dev.kombo.experiment;

import dev.kombo.entity.Names;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.math.StableHash;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The strategy: the configuration of an experiment, which assigns shoppers to arms. A plan may hold anything that was
 * published; {@link #problems()} says whether it is valid.
 *
 * @param version grows with each change
 * @param salt id of the experiment; its hash with the shopper's id decides the arm
 * @param arms the arms
 * @param startsAt first moment at which it runs, epoch milliseconds; {@link Long#MIN_VALUE}: at once
 * @param endsAt moment from which it no longer runs, epoch milliseconds; {@link Long#MAX_VALUE}: never ends
 * @param eligibility the shoppers and placements it covers
 * @param options further options
 */
public record StrategyPlan(
        long version,
        String salt,
        List<Arm> arms,
        long startsAt,
        long endsAt,
        Eligibility eligibility,
        Options options) {
    /** Suffix of the experiment id for visitors without a user id. */
    public static final String VISITORS = "/visitors";

    /** Suffix of the experiment id under which offers outside the experiment are counted. */
    public static final String OUTSIDE = "/not-enrolled";

    private static final String STANDARD_SALT = "kombo-default";

    private static final double HOLDOUT_SHARE = 0.10;
    private static final double BASELINE_SHARE = 0.10;
    private static final double TREATMENT_SHARE = 0.80;

    /** The policy outside the experiment: ranks by relevance. */
    public static final Arm NOT_ENROLLED = new Arm("not-enrolled", Arm.Kind.TREATMENT, 0);

    /** Most arms of a plan that becomes active: each arm has accounts, series of metrics and lines of a report. */
    private static final int MOST_ARMS = 50;

    /** Most guardrails of a plan: they share an error, so many of them find little. */
    private static final int MOST_GUARDRAILS = 20;

    /** Largest version of a plan that becomes active: microseconds fit, and none is so large that no other follows. */
    private static final long LARGEST_VERSION = 10_000_000_000_000_000L;

    /** Largest deviation of the shares' sum from 1. */
    private static final double SHARE_TOLERANCE = 1e-9;

    /** Copies the arms; no list means no arms. */
    public StrategyPlan {
        arms = arms == null ? List.of() : List.copyOf(arms);
    }

    /** Creates a plan for everybody, everywhere. */
    public StrategyPlan(long version, String salt, List<Arm> arms, long startsAt, long endsAt) {
        this(version, salt, arms, startsAt, endsAt, Eligibility.EVERYWHERE, Options.NONE);
    }

    /**
     * The default plan, active until one is published: a tenth of the shoppers in the holdout, a tenth in the baseline,
     * the rest offered by expected additional revenue.
     */
    public static StrategyPlan standard() {
        return standard(OfferPolicy.Objective.REVENUE);
    }

    /** The default plan with another objective; for margin, it chooses among discounts of 0, 5 and 10 %. */
    public static StrategyPlan standard(OfferPolicy.@Nullable Objective objective) {
        return new StrategyPlan(
                0,
                STANDARD_SALT,
                List.of(
                        new Arm("holdout", Arm.Kind.HOLDOUT, HOLDOUT_SHARE),
                        new Arm("popularity", Arm.Kind.BASELINE, BASELINE_SHARE),
                        new Arm("treatment", Arm.Kind.TREATMENT, TREATMENT_SHARE, OfferPolicy.standard(objective))),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
    }

    /** Why this plan cannot be used, in sentences for an operator; empty if it is valid. */
    public List<String> problems() {
        return ownProblems().sentences();
    }

    private Problems ownProblems() {
        Problems problems = new Problems();
        if (salt == null || salt.isBlank()) {
            problems.add("salt is blank");
        } else if (salt.endsWith(VISITORS) || salt.endsWith(OUTSIDE)) {
            problems.add("salt " + salt + " ends like the name of an account of its own");
        }
        eligibility.addProblems(problems);
        problems.addIf(endsAt <= startsAt, "endsAt " + endsAt + " is not after startsAt " + startsAt);
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
        problems.addIf(!(Math.abs(sum - 1) <= SHARE_TOLERANCE), "shares sum to " + sum + " instead of 1");
        options.addProblems(arms, problems);
        return problems;
    }

    /**
     * Why this plan cannot follow another one, its own problems first.
     *
     * @param running the active plan; after {@link #standard}, which nobody published, any version may follow
     * @param used ids of earlier experiments: their shoppers were assigned in another one since, and would be assigned
     *     again, to the same arms, and observed twice
     */
    public List<String> problemsAfter(StrategyPlan running, Set<String> used) {
        Problems problems = ownProblems();
        if (problems.sentences().isEmpty()) {
            // Not among its own problems, so that a plan that is already active stays active.
            problems.addIf(arms.size() > MOST_ARMS, "arms has " + arms.size() + " entries, more than " + MOST_ARMS);
            problems.addIf(version > LARGEST_VERSION, "version " + version + " is above " + LARGEST_VERSION);
            // Kombo's own changes of a plan with more names must not fail.
            if (!running.salt.equals(salt) || !running.eligibility.equals(eligibility)) {
                eligibility.addProblemsOfSize(problems);
            }
            addNameProblem("salt", salt, problems);
            arms.forEach(arm -> addNameProblem("name of an arm", arm.name(), problems));
        }
        boolean sameExperiment = running.salt.equals(salt);
        problems.addIf(
                salt != null && !sameExperiment && used.contains(salt),
                "salt " + salt + " is used up: its experiment was followed by another");
        problems.addIf(
                (sameExperiment || !running.salt.equals(STANDARD_SALT)) && version <= running.version,
                "version " + version + " is not above " + running.version + ", that of the running strategy");
        if (sameExperiment) {
            options.rule().addProblemsAfter(running.options.rule(), salt, problems);
        }
        // Kombo's own changes of a strategy that is already active must not fail.
        if (options.reason() == null) {
            options.rule().addProblemsOfEnd(this, sameExperiment ? running : null, problems);
        }
        for (Arm arm : sameExperiment ? arms : List.<Arm>of()) {
            Arm before = running.arm(arm.name());
            if (before != null) {
                problems.addIf(
                        before.stopped() && !arm.stopped(),
                        "arms has " + arm.name()
                                + ", which a guardrail stopped: it can run again with another salt than " + salt);
                problems.addIf(
                        arm.kind() != null && before.kind() != arm.kind(),
                        "arm " + arm.name() + " was " + before.kind() + " and would be " + arm.kind()
                                + ": another experiment needs another salt than " + salt);
            }
        }
        return problems.sentences();
    }

    /**
     * Why a measure that this plan names can say nothing in this shop. What the running experiment names already is no
     * problem: Kombo's own changes of it must not fail.
     *
     * @param costs whether the costs of nearly all items are known
     * @param returns whether any return was ever reported
     */
    public List<String> unmeasurable(StrategyPlan running, boolean costs, boolean returns) {
        Set<String> named = running.salt.equals(salt) ? running.options.measures() : Set.of();
        List<String> problems = new ArrayList<>();
        options.measures().forEach(name -> {
            Measure measure = named.contains(name) ? null : Measure.of(name);
            String field = name.equals(options.rule().primaryMeasure()) ? "primaryMeasure" : "guardrails";
            if (measure == Measure.MARGIN_28D && !costs) {
                problems.add(field + " has the measure " + name
                        + ", but items need costs for it: nine tenths of those with a price");
            } else if (measure == Measure.RETURN_RATE_28D && !returns) {
                problems.add(field + " has the measure " + name + ", but no return was ever reported");
            }
        });
        return problems;
    }

    private static void addNameProblem(String field, String name, Problems problems) {
        String problem = Names.problem(field, name);
        if (problem != null) {
            problems.add(problem);
        }
    }

    private static void addProblems(Arm arm, Set<String> names, Problems problems) {
        String name = arm.name();
        if (name == null || name.isBlank()) {
            problems.add("name of an arm is blank");
        } else if (!names.add(name)) {
            problems.add("arm " + name + " is there twice");
        }
        problems.addIf(arm.kind() == null, "arm " + name + " has no kind");
        problems.addIf(
                !(arm.share() >= 0 && arm.share() <= 1),
                "share " + arm.share() + " of arm " + name + " is not within 0 and 1");
        problems.addIf(
                arm.stopped() && (arm.share() > 0 || arm.kind() != Arm.Kind.TREATMENT),
                "arms has " + name + ", which is stopped but has a share or is no treatment");
        arm.policy().addProblems(name, arm.kind(), problems);
    }

    /**
     * Assigns a shopper to an arm: the hash of the id, salted with the experiment id, is mapped to [0, 1) and cut by
     * the cumulative shares. Assignments of different experiments are independent.
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
        // The sum of the shares was rounded to just below 1.
        return last;
    }

    /**
     * A shopper's assignment: the stored one while its experiment runs, whatever the current shares; else a new one.
     *
     * @param stored the stored assignment; null: none
     * @param time of the triggering event
     */
    public Enrollment enroll(String shopperId, @Nullable Enrollment stored, long time) {
        if (stored != null && stored.experiment().equals(salt)) {
            return stored;
        }
        return new Enrollment(salt, assign(shopperId).name(), version, time);
    }

    /** The first arm of a kind; null where there is none. */
    public @Nullable Arm first(Arm.Kind kind) {
        return arms.stream().filter(arm -> arm.kind() == kind).findFirst().orElse(null);
    }

    /** The arm with the name; null: the arm of a stored assignment may be gone from a later version. */
    public @Nullable Arm arm(@Nullable String name) {
        for (int i = 0; i < arms.size(); i++) {
            if (name != null && name.equals(arms.get(i).name())) {
                return arms.get(i);
            }
        }
        return null;
    }

    /**
     * The arm whose offers the shoppers of an arm get: its own, or the control's where a guardrail stopped it. Null
     * where there is none.
     */
    public @Nullable Arm served(@Nullable String name) {
        Arm arm = arm(name);
        return arm != null && arm.stopped() ? control() : arm;
    }

    /** What a guardrail compares treatments with; null: nothing. */
    public @Nullable Arm control(Measure measure) {
        return measure.ofOffers() ? first(Arm.Kind.BASELINE) : control();
    }

    /** Whose offers the shoppers of a stopped arm get: the first holdout, or else the first baseline; null: neither. */
    public @Nullable Arm control() {
        Arm holdout = first(Arm.Kind.HOLDOUT);
        return holdout == null ? first(Arm.Kind.BASELINE) : holdout;
    }

    /**
     * Whether an event is outside the experiment: its placement is not covered, or its shopper is not assigned and not
     * eligible.
     */
    public boolean leavesOut(@Nullable Enrollment stored, Set<String> segments, String placement) {
        boolean enrolled = stored != null && stored.experiment().equals(salt);
        return !eligibility.covers(placement) || (!enrolled && !eligibility.admits(segments));
    }

    /** The assignment under which offers outside the experiment are accounted for. */
    public Assignment outside() {
        return new Assignment(salt + OUTSIDE, NOT_ENROLLED.name(), version);
    }

    /** The same plan for visitors without a user id, who form an experiment of their own. */
    public StrategyPlan ofVisitors() {
        return new StrategyPlan(version, salt + VISITORS, arms, startsAt, endsAt, eligibility, options);
    }

    /** The same plan as another version of it, which Kombo made for a reason; null: none is stated. */
    StrategyPlan madeBy(long next, @Nullable String reason) {
        return new StrategyPlan(next, salt, arms, startsAt, endsAt, eligibility, options.madeFor(reason));
    }

    /** The experiment as its strategy names it: users, visitors and shoppers outside it have accounts of their own. */
    public static String named(String experiment) {
        String suffix = experiment.endsWith(VISITORS) ? VISITORS : experiment.endsWith(OUTSIDE) ? OUTSIDE : "";
        String rest = experiment.substring(0, experiment.length() - suffix.length());
        return suffix.isEmpty() ? rest : named(rest);
    }

    /** Whether the plan is active at a time. */
    public boolean runningAt(long time) {
        return time >= startsAt && time < endsAt;
    }

    /**
     * Options of a strategy beside its arms.
     *
     * @param allocation bounds within which shares may move; null: they are fixed
     * @param rule by which the experiment is decided
     * @param guardrails what treatments must not do; null: {@link Guardrail#STANDARD}
     * @param ramp steps by which the share of a treatment grows; null: none
     * @param reason why Kombo made this version; null: an operator published it
     * @param budgets what discounts may cost
     */
    public record Options(
            @Nullable Allocation allocation,
            DecisionRule rule,
            @Nullable List<Guardrail> guardrails,
            @Nullable Ramp ramp,
            @Nullable String reason,
            List<DiscountBudget> budgets) {
        /** Fixed shares, the standard rule. */
        public static final Options NONE = new Options(null, DecisionRule.STANDARD, null, null, null, List.of());

        private Options madeFor(@Nullable String because) {
            return new Options(allocation, rule, guardrails, ramp, because, budgets);
        }

        /** The names of the measures that decide or stop something. */
        Set<String> measures() {
            Set<String> names = new TreeSet<>(Set.of(rule.primaryMeasure()));
            guardrailsOrStandard().forEach(guardrail -> names.add(guardrail.measure()));
            return names;
        }

        /** The guardrails, where the strategy names none the standard one. */
        public List<Guardrail> guardrailsOrStandard() {
            return guardrails == null ? List.of(Guardrail.STANDARD) : guardrails;
        }

        void addProblems(List<Arm> arms, Problems problems) {
            if (allocation != null) {
                allocation.addProblems(arms, problems);
            }
            rule.addProblems(problems);
            for (Guardrail guardrail : guardrails == null ? List.<Guardrail>of() : guardrails) {
                guardrail.addProblems(arms, problems);
            }
            problems.addIf(
                    guardrailsOrStandard().size() > MOST_GUARDRAILS,
                    "guardrails has " + guardrailsOrStandard().size() + " entries, more than " + MOST_GUARDRAILS);
            if (ramp != null) {
                ramp.addProblems(arms, guardrailsOrStandard(), problems);
            }
            DiscountBudget.addProblems(budgets, arms, problems);
        }
    }

    /**
     * The shoppers and placements that an experiment covers. Checked before the arm is known, so alike in all arms.
     *
     * @param segments shoppers in one of these are eligible; empty: everybody
     * @param placements where it runs; empty: everywhere
     */
    public record Eligibility(Set<String> segments, Set<String> placements) {
        /** Everybody, everywhere. */
        public static final Eligibility EVERYWHERE = new Eligibility(Set.of(), Set.of());

        /** Most segments, and most placements, of a plan that becomes active: all instances keep them. */
        private static final int MOST_NAMES = 1_000;

        private static final int LONGEST_NAME = 100;

        /** Copies the sets. */
        public Eligibility {
            segments = Set.copyOf(segments);
            placements = Set.copyOf(placements);
        }

        /** Whether the experiment runs on a placement. */
        public boolean covers(String placement) {
            return placements.isEmpty() || placements.contains(placement);
        }

        /** Whether a shopper of these segments is eligible. */
        public boolean admits(Set<String> shopperSegments) {
            if (segments.isEmpty()) {
                return true;
            }
            for (String segment : shopperSegments) {
                if (segments.contains(segment)) {
                    return true;
                }
            }
            return false;
        }

        void addProblems(Problems problems) {
            problems.addIf(segments.stream().anyMatch(String::isBlank), "a segment is blank");
            problems.addIf(placements.stream().anyMatch(String::isBlank), "a placement is blank");
        }

        void addProblemsOfSize(Problems problems) {
            addProblemsOfSize("segments", segments, problems);
            addProblemsOfSize("placements", placements, problems);
        }

        private static void addProblemsOfSize(String field, Set<String> names, Problems problems) {
            addProblemOfCount(field, names.size(), problems);
            int longest = names.stream().mapToInt(String::length).max().orElse(0);
            problems.addIf(
                    longest > LONGEST_NAME,
                    field + " has an entry of " + longest + " characters, more than " + LONGEST_NAME);
        }

        private static void addProblemOfCount(String field, int count, Problems problems) {
            problems.addIf(count > MOST_NAMES, field + " has " + count + " entries, more than " + MOST_NAMES);
        }

        /**
         * Why lists of a record are too long although a plan, which has each name once, is not; in sentences for an
         * operator.
         */
        public List<String> repetitions(List<String> allSegments, List<String> allPlacements) {
            Problems problems = new Problems();
            if (segments.size() <= MOST_NAMES) {
                addProblemOfCount("segments", allSegments.size(), problems);
            }
            if (placements.size() <= MOST_NAMES) {
                addProblemOfCount("placements", allPlacements.size(), problems);
            }
            return problems.sentences();
        }
    }
}
