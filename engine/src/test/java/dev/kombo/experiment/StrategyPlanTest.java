package dev.kombo.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.experiment.StrategyPlan.Options;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrategyPlanTest {
    private static final int SHOPPERS = 20_000;
    /** Critical values of chi-square at p = 0.0001 for 2, 4 and 9 degrees of freedom. */
    private static final double CRITICAL_2 = 18.42;

    private static final double CRITICAL_4 = 23.51;
    private static final double CRITICAL_9 = 33.72;

    @Test
    void shouldHoldOutATenthWhenStandard() {
        StrategyPlan plan = StrategyPlan.standard();
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.salt()).isEqualTo("kombo-default");
        assertThat(plan.arms())
                .extracting(Arm::kind)
                .containsExactly(Arm.Kind.HOLDOUT, Arm.Kind.BASELINE, Arm.Kind.TREATMENT);
        assertThat(plan.arms()).extracting(Arm::share).containsExactly(0.10, 0.10, 0.80);
        assertThat(plan.runningAt(0)).isTrue();
    }

    @Test
    void shouldNameEachProblemWhenInvalid() {
        assertThat(plan(" ", arm("a", 1)).problems()).containsExactly("salt is blank");
        assertThat(plan(null, arm("a", 1)).problems()).containsExactly("salt is blank");
        assertThat(plan("s").problems()).containsExactly("there is no arm");
        assertThat(new StrategyPlan(1, "s", null, 0, 1).problems()).containsExactly("there is no arm");
        assertThat(new StrategyPlan(1, "s", List.of(arm("a", 1)), 5, 5).problems())
                .containsExactly("endsAt 5 is not after startsAt 5");
        assertThat(plan("s", arm("a", 0.5), arm("a", 0.5)).problems()).containsExactly("arm a is there twice");
        assertThat(plan("s", arm("", 1)).problems()).containsExactly("name of an arm is blank");
        assertThat(plan("s", new Arm("a", null, 1)).problems()).containsExactly("arm a has no kind");
        assertThat(plan("s", arm("a", 0.5), arm("b", 0.4)).problems())
                .containsExactly("shares sum to 0.9 instead of 1");
        assertThat(plan("s", arm("a", 1.5), arm("b", -0.5)).problems())
                .containsExactly(
                        "share 1.5 of arm a is not within 0 and 1", "share -0.5 of arm b is not within 0 and 1");
        assertThat(plan("s", arm("a", Double.NaN)).problems())
                .containsExactly("share NaN of arm a is not within 0 and 1", "shares sum to NaN instead of 1");
    }

    @Test
    void shouldRefuseNamesThatAreTaken() {
        assertThat(plan("s/visitors", arm("a", 1)).problems())
                .containsExactly("salt s/visitors ends like the name of an account of its own");
        assertThat(new StrategyPlan(
                                1,
                                "s",
                                List.of(arm("a", 1)),
                                0,
                                1,
                                new Eligibility(Set.of(" "), Set.of("home", "")),
                                Options.NONE)
                        .problems())
                .containsExactly("a segment is blank", "a placement is blank");
    }

    @Test
    void shouldRefuseAPolicyThatCannotBeFollowed() {
        OfferPolicy impossible = new OfferPolicy(
                OfferPolicy.Objective.REVENUE, ArmRanker.LEARNED, Double.NaN, List.of(9_500, -1), 0, true);
        assertThat(plan("s", new Arm("a", Arm.Kind.TREATMENT, 1, impossible)).problems())
                .containsExactly(
                        "stockPressure NaN of arm a is not within 0 and 1",
                        "mmrLambda 0.0 of arm a is not within 0.01 and 1",
                        "discount -1 of arm a is not within 0 and 9000",
                        "discount 9500 of arm a is not within 0 and 9000");
        OfferPolicy unknown = new OfferPolicy(null, null, 0, List.of(), Double.NaN, true);
        assertThat(plan("s", new Arm("a", Arm.Kind.TREATMENT, 1, unknown)).problems())
                .containsExactly("arm a has no objective", "arm a has no ranker");
        OfferPolicy pressed =
                new OfferPolicy(OfferPolicy.Objective.RELEVANCE, ArmRanker.LEARNED, 0.1, List.of(), Double.NaN, true);
        assertThat(plan("s", new Arm("a", Arm.Kind.BASELINE, 1, pressed)).problems())
                .containsExactly(
                        "arm a has a policy of its own but is not a treatment",
                        "stockPressure and discountsBasisPoints of arm a need another objective than RELEVANCE");
    }

    @Test
    void shouldRefuseAnAllocationThatTheSharesDoNotMeet() {
        assertThat(allocated(new Allocation(0.3, 0.2, 0), arm("a", 0.5), arm("b", 0.5))
                        .problems())
                .containsExactly(
                        "allocation asks for shares from 0.3 to 0.2; expected: above 0, ascending, at most 1",
                        "allocation asks for 0 users; expected: at least 1",
                        "share 0.5 of arm a is outside of what allocation allows, 0.3 to 0.2",
                        "share 0.5 of arm b is outside of what allocation allows, 0.3 to 0.2");
        assertThat(allocated(new Allocation(0.1, 1, 10), arm("a", 1)).problems())
                .containsExactly("allocation needs two treatments or more");
        assertThat(allocated(new Allocation(0.1, 0.9, 10), arm("a", 0.5), arm("b", 0.5))
                        .problems())
                .isEmpty();
    }

    private static StrategyPlan allocated(Allocation allocation, Arm... arms) {
        return new StrategyPlan(
                1,
                "s",
                List.of(arms),
                0,
                1,
                Eligibility.EVERYWHERE,
                new Options(allocation, DecisionRule.STANDARD, null, null, null, List.of()));
    }

    @Test
    void shouldRefuseToFollowWhenTheVersionDoesNotGrow() {
        StrategyPlan running = version(5, "s", arm("a", 1));
        assertThat(version(6, "s", arm("b", 1)).problemsAfter(running, Set.of()))
                .isEmpty();
        assertThat(version(6, "t", arm("a", 1)).problemsAfter(running, Set.of()))
                .isEmpty();
        assertThat(version(5, "t", arm("a", 1)).problemsAfter(running, Set.of()))
                .containsExactly("version 5 is not above 5, that of the running strategy");
        assertThat(version(4, "s", arm("a", 0.5)).problemsAfter(running, Set.of()))
                .containsExactly(
                        "shares sum to 0.5 instead of 1", "version 4 is not above 5, that of the running strategy");
    }

    @Test
    void shouldRefuseMoreArmsOrALargerVersionThanLastYetKeepAPlanThatHasThem() {
        Arm[] fifty =
                IntStream.range(0, 50).mapToObj(i -> arm("a" + i, 1.0 / 50)).toArray(Arm[]::new);
        Arm[] more =
                IntStream.range(0, 64).mapToObj(i -> arm("a" + i, 1.0 / 64)).toArray(Arm[]::new);

        assertThat(version(1, "s", fifty).problemsAfter(StrategyPlan.standard(), Set.of()))
                .isEmpty();
        assertThat(version(1, "s", more).problemsAfter(StrategyPlan.standard(), Set.of()))
                .containsExactly("arms has 64 entries, more than 50");
        assertThat(version(1, "s", more).problems()).isEmpty();

        assertThat(version(1_795_000_000_000_000L, "s", arm("a", 1)).problemsAfter(StrategyPlan.standard(), Set.of()))
                .isEmpty();
        assertThat(version(Long.MAX_VALUE, "s", arm("a", 1)).problemsAfter(StrategyPlan.standard(), Set.of()))
                .containsExactly("version 9223372036854775807 is above 10000000000000000");
    }

    @Test
    void shouldFollowTheStandardPlanWithAnyVersionUnlessItIsTheSameExperiment() {
        assertThat(version(0, "s", arm("a", 1)).problemsAfter(StrategyPlan.standard(), Set.of()))
                .isEmpty();
        assertThat(version(0, "kombo-default", arm("a", 1)).problemsAfter(StrategyPlan.standard(), Set.of()))
                .containsExactly("version 0 is not above 0, that of the running strategy");
    }

    @Test
    void shouldRefuseMoreSegmentsAndPlacementsThanAPlanMayHaveYetKeepAPlanThatHasThem() {
        StrategyPlan most = covering(1, names(1_000, 100), names(1_000, 100));
        StrategyPlan running = version(0, "s", arm("a", 1));
        assertThat(most.problemsAfter(running, Set.of())).isEmpty();
        StrategyPlan more = covering(1, names(1_001, 9), Set.of("p".repeat(101)));
        assertThat(more.problemsAfter(running, Set.of()))
                .containsExactly(
                        "segments has 1001 entries, more than 1000",
                        "placements has an entry of 101 characters, more than 100");
        assertThat(more.problems()).as("an active one").isEmpty();
        assertThat(covering(2, names(1_001, 9), Set.of("p".repeat(101))).problemsAfter(more, Set.of()))
                .isEmpty();
        assertThat(covering(2, names(1_002, 9), Set.of("p")).problemsAfter(more, Set.of()))
                .containsExactly("segments has 1002 entries, more than 1000");
        assertThat(most.eligibility().repetitions(Collections.nCopies(60_000, "s"), List.of("p")))
                .containsExactly("segments has 60000 entries, more than 1000");
    }

    private static StrategyPlan covering(long version, Set<String> segments, Set<String> placements) {
        StrategyPlan plan = version(version, "s", arm("a", 1));
        return new StrategyPlan(
                version,
                "s",
                plan.arms(),
                plan.startsAt(),
                plan.endsAt(),
                new Eligibility(segments, placements),
                plan.options());
    }

    private static Set<String> names(int count, int length) {
        return IntStream.range(0, count)
                .mapToObj(i -> ("%0" + length + "d").formatted(i))
                .collect(Collectors.toSet());
    }

    @Test
    void shouldRefuseToFollowWhenAnArmChangesItsKindUnderTheSameSalt() {
        StrategyPlan running = version(1, "s", new Arm("a", Arm.Kind.HOLDOUT, 1));
        assertThat(version(2, "s", arm("a", 1)).problemsAfter(running, Set.of()))
                .containsExactly(
                        "arm a was HOLDOUT and would be TREATMENT: another experiment needs another salt than s");
        assertThat(version(2, "t", arm("a", 1)).problemsAfter(running, Set.of()))
                .isEmpty();
    }

    @Test
    void shouldNotReturnToAnExperimentThatAnotherFollowed() {
        StrategyPlan running = version(2, "b", arm("a", 1));
        Set<String> used = Set.of("a", "kombo-default");
        assertThat(version(3, "a", arm("a", 1)).problemsAfter(running, used))
                .containsExactly("salt a is used up: its experiment was followed by another");
        assertThat(version(3, "b", arm("a", 1)).problemsAfter(running, used)).isEmpty();
        assertThat(version(3, "c", arm("a", 1)).problemsAfter(running, used)).isEmpty();
        assertThat(version(3, null, arm("a", 1)).problemsAfter(running, used)).containsExactly("salt is blank");
        assertThat(version(1, "kombo-default", arm("a", 1)).problemsAfter(StrategyPlan.standard(), used))
                .isEmpty();
    }

    @Test
    void shouldRefuseNamesThatWouldTurnALineAround() {
        assertThat(version(1, "s\u0000\n", arm("a\u202e", 1)).problemsAfter(StrategyPlan.standard(), Set.of()))
                .containsExactly(
                        "salt has control characters or marks of direction",
                        "name of an arm has control characters or marks of direction");
    }

    @Test
    void shouldLeaveOutOtherPlacementsAndWhoMayNotEnter() {
        StrategyPlan plan = new StrategyPlan(
                1,
                "s",
                List.of(arm("a", 1)),
                0,
                9,
                new Eligibility(Set.of("gold", "new"), Set.of("home")),
                Options.NONE);
        Enrollment in = new Enrollment("s", "a", 1, 3);
        Enrollment elsewhere = new Enrollment("other", "a", 1, 3);
        assertThat(plan.leavesOut(null, Set.of("new", "x"), "home")).isFalse();
        assertThat(plan.leavesOut(null, Set.of("x"), "home")).isTrue();
        assertThat(plan.leavesOut(null, Set.of(), "home")).isTrue();
        assertThat(plan.leavesOut(elsewhere, Set.of("x"), "home")).isTrue();
        assertThat(plan.leavesOut(in, Set.of("x"), "home"))
                .as("who is in stays in")
                .isFalse();
        assertThat(plan.leavesOut(in, Set.of("new"), "cart")).isTrue();
        assertThat(StrategyPlan.standard().leavesOut(null, Set.of(), "any")).isFalse();
        assertThat(plan.ofVisitors().eligibility()).isEqualTo(plan.eligibility());
        assertThat(plan.outside()).isEqualTo(new Assignment("s/not-enrolled", "not-enrolled", 1));
    }

    @Test
    void shouldAcceptSharesWhenTheirSumIsOneButForRounding() {
        Arm[] arms = new Arm[10];
        for (int i = 0; i < arms.length; i++) {
            arms[i] = arm("a" + i, 0.1);
        }
        assertThat(plan("s", arms).problems()).isEmpty();
    }

    @Test
    void shouldRunFromStartToBeforeEnd() {
        StrategyPlan plan = new StrategyPlan(1, "s", List.of(arm("a", 1)), 10, 20);
        assertThat(plan.runningAt(9)).isFalse();
        assertThat(plan.runningAt(10)).isTrue();
        assertThat(plan.runningAt(19)).isTrue();
        assertThat(plan.runningAt(20)).isFalse();
    }

    @Test
    void shouldFindArmByName() {
        StrategyPlan plan = StrategyPlan.standard();
        assertThat(plan.arm("popularity")).isSameAs(plan.arms().get(1));
        assertThat(plan.arm("gone")).isNull();
    }

    @Test
    void shouldNeverAssignToAnArmWithoutShare() {
        StrategyPlan plan = plan("s", arm("none", 0), arm("all", 1), arm("nobody", 0));
        for (int i = 0; i < 1000; i++) {
            assertThat(plan.assign("u:" + i).name()).isEqualTo("all");
        }
    }

    @Test
    void shouldAssignTheSameArmWhenAskedAgain() {
        assertThat(StrategyPlan.standard().assign("u:1").name()).isEqualTo("treatment");
        for (int i = 0; i < 1000; i++) {
            assertThat(StrategyPlan.standard().assign("u:" + i))
                    .isEqualTo(StrategyPlan.standard().assign("u:" + i));
        }
    }

    @Test
    void shouldAssignByShareUnderAnySalt() {
        for (String salt : List.of("kombo-default", "summer", "winter", "a", "b")) {
            long[] counts = new long[3];
            StrategyPlan plan = standardUnder(salt);
            for (int i = 0; i < SHOPPERS; i++) {
                counts[plan.arms().indexOf(plan.assign("u:" + i))]++;
            }
            double statistic = 0;
            for (int a = 0; a < 3; a++) {
                double expected = SHOPPERS * plan.arms().get(a).share();
                statistic += (counts[a] - expected) * (counts[a] - expected) / expected;
            }
            assertThat(statistic).as(salt).isLessThan(CRITICAL_2);
        }
    }

    @Test
    void shouldSpreadUniformlyOverEqualArms() {
        Arm[] arms = new Arm[10];
        for (int i = 0; i < arms.length; i++) {
            arms[i] = arm(Integer.toString(i), 0.1);
        }
        long[] counts = new long[10];
        for (int i = 0; i < SHOPPERS; i++) {
            counts[Integer.parseInt(plan("s", arms).assign("s:" + i * 31).name())]++;
        }
        double expected = SHOPPERS / 10.0;
        double statistic = 0;
        for (long count : counts) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        assertThat(statistic).isLessThan(CRITICAL_9);
    }

    @Test
    void shouldAssignIndependentlyUnderDifferentSalts() {
        List<String> salts = List.of("kombo-default", "kombo-default2", "exp-1", "exp-2");
        for (int a = 0; a < salts.size(); a++) {
            for (int b = a + 1; b < salts.size(); b++) {
                assertThat(dependence(thirds(salts.get(a)), thirds(salts.get(b))))
                        .as(salts.get(a) + " against " + salts.get(b))
                        .isLessThan(CRITICAL_4);
            }
        }
    }

    @Test
    void shouldMoveOnlyNewEntrantsWhenSharesChange() {
        StrategyPlan before = standardUnder("s");
        StrategyPlan after = new StrategyPlan(
                2,
                "s",
                List.of(arm("holdout", 0.5), arm("popularity", 0.1), arm("treatment", 0.4)),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
        int moved = 0;
        for (int i = 0; i < SHOPPERS; i++) {
            String shopper = "u:" + i;
            Enrollment stored = before.enroll(shopper, null, 100);
            assertThat(after.enroll(shopper, stored, 200)).isSameAs(stored);
            Enrollment fresh = after.enroll(shopper, null, 200);
            assertThat(fresh.strategyVersion()).isEqualTo(2);
            assertThat(fresh.enteredAt()).isEqualTo(200);
            moved += fresh.arm().equals(stored.arm()) ? 0 : 1;
        }
        // From treatment to holdout: 0.2 to 0.5; from popularity to holdout: 0.1 to 0.2; from treatment to popularity.
        assertThat(moved / (double) SHOPPERS).isBetween(0.48, 0.52);
    }

    @Test
    void shouldEnrollAnewWhenTheExperimentIsAnother() {
        Enrollment stored = standardUnder("old").enroll("u:1", null, 100);
        assertThat(standardUnder("new").enroll("u:1", stored, 200).experiment()).isEqualTo("new");
    }

    private static double dependence(StrategyPlan first, StrategyPlan second) {
        double[][] cells = new double[3][3];
        double[] rows = new double[3];
        double[] columns = new double[3];
        for (int i = 0; i < SHOPPERS; i++) {
            int row = first.arms().indexOf(first.assign("u:" + i));
            int column = second.arms().indexOf(second.assign("u:" + i));
            cells[row][column]++;
            rows[row]++;
            columns[column]++;
        }
        double statistic = 0;
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                double expected = rows[r] * columns[c] / SHOPPERS;
                statistic += (cells[r][c] - expected) * (cells[r][c] - expected) / expected;
            }
        }
        return statistic;
    }

    private static StrategyPlan thirds(String salt) {
        return plan(salt, arm("a", 0.3), arm("b", 0.3), arm("c", 0.4));
    }

    private static StrategyPlan standardUnder(String salt) {
        return new StrategyPlan(1, salt, StrategyPlan.standard().arms(), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static StrategyPlan version(long version, String salt, Arm... arms) {
        return new StrategyPlan(version, salt, List.of(arms), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static StrategyPlan plan(String salt, Arm... arms) {
        return new StrategyPlan(1, salt, List.of(arms), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Arm arm(String name, double share) {
        return new Arm(name, Arm.Kind.TREATMENT, share);
    }

    @Test
    void shouldRejectAMeasureThatDecidesWhenItIsUnknownOrTheExperimentRuns() {
        StrategyPlan running = ruled(1, "s", "revenue28d");
        assertThat(ruled(2, "s", "tomorrow").problems())
                .singleElement()
                .asString()
                .startsWith("primaryMeasure tomorrow is not one of revenue1d, ");
        assertThat(ruled(2, "s", "revenue7d").problemsAfter(running, Set.of()))
                .containsExactly(
                        "primaryMeasure was revenue28d and would be revenue7d: another experiment needs another"
                                + " salt than s");
        assertThat(ruled(2, "s", "revenue28d").problemsAfter(running, Set.of())).isEmpty();
        assertThat(ruled(2, "t", "revenue7d").problemsAfter(running, Set.of())).isEmpty();
    }

    @Test
    void shouldRejectAPlannedEndThatIsTooSoonOrChangesWhileTheExperimentRuns() {
        StrategyPlan running = ruled(1, "s", "revenue28d", 5_000);
        assertThat(running.problems()).isEmpty();
        assertThat(ruled(1, "s", "revenue28d", 499).problems())
                .containsExactly("plannedUsers 499 is neither 0 nor within 500 and 1000000000");
        assertThat(ruled(2, "s", "revenue28d", 6_000).problemsAfter(running, Set.of()))
                .containsExactly(
                        "plannedUsers was 5000 and would be 6000: another experiment needs another salt than s");
        assertThat(ruled(2, "t", "revenue28d", 6_000).problemsAfter(running, Set.of()))
                .isEmpty();
    }

    @Test
    void shouldRejectAPlannedEndThatCannotDecide() {
        assertThat(planned(2, 0.1, null, null, null).problemsAfter(StrategyPlan.standard(), Set.of()))
                .containsExactly("plannedUsers 2900 cannot decide on t: its smaller arm has 290 users by then;"
                        + " expected: at least 300");
        assertThat(planned(2, 0.2, null, null, null).problemsAfter(StrategyPlan.standard(), Set.of()))
                .isEmpty();
        assertThat(planned(3, 0.1, null, null, null).problemsAfter(planned(2, 0.2, null, null, null), Set.of()))
                .as("the experiment may have decided by an earlier version")
                .isEmpty();
    }

    @Test
    void shouldRejectSharesThatMoveByAMeasureWithAPlannedEnd() {
        Ramp ramp = new Ramp(List.of(0.2, 0.5), 250);
        assertThat(planned(2, 0.2, null, ramp, null).problemsAfter(StrategyPlan.standard(), Set.of()))
                .singleElement()
                .asString()
                .startsWith("ramp would wait forever for a guardrail on revenue28d");
        List<Guardrail> other = List.of(new Guardrail("revenue1d", 0, Guardrail.Action.STOP));
        assertThat(planned(2, 0.2, other, ramp, null).problemsAfter(StrategyPlan.standard(), Set.of()))
                .isEmpty();
        assertThat(planned(3, 0.5, null, ramp, "a step").problemsAfter(planned(2, 0.2, null, ramp, null), Set.of()))
                .as("Kombo's own step of a strategy that was active before this was checked")
                .isEmpty();
        Options moving = new Options(new Allocation(0.1, 0.8, 1000), RULED, null, null, null, List.of());
        assertThat(twoTreatments(2, moving).problemsAfter(StrategyPlan.standard(), Set.of()))
                .singleElement()
                .asString()
                .startsWith("allocation moves shares by what is observed");
    }

    @Test
    void shouldRejectANewArmOfAnExperimentWithAPlannedEnd() {
        StrategyPlan running = planned(2, 0.2, null, null, null);
        StrategyPlan more = twoTreatments(3, running.options());

        assertThat(more.problemsAfter(running, Set.of()))
                .containsExactly(
                        "arms has u, which had no share before: with plannedUsers, another arm needs another salt than"
                                + " s");
    }

    private static final DecisionRule RULED = new DecisionRule("revenue28d", 2_900);

    private static StrategyPlan twoTreatments(long version, Options options) {
        return new StrategyPlan(
                version,
                "s",
                List.of(
                        new Arm("h", Arm.Kind.HOLDOUT, 0.4),
                        new Arm("t", Arm.Kind.TREATMENT, 0.3),
                        new Arm("u", Arm.Kind.TREATMENT, 0.3)),
                0,
                1,
                Eligibility.EVERYWHERE,
                options);
    }

    private static StrategyPlan planned(
            long version, double treated, List<Guardrail> guardrails, Ramp ramp, String reason) {
        return new StrategyPlan(
                version,
                "s",
                List.of(new Arm("h", Arm.Kind.HOLDOUT, 1 - treated), new Arm("t", Arm.Kind.TREATMENT, treated)),
                0,
                1,
                Eligibility.EVERYWHERE,
                new Options(null, RULED, guardrails, ramp, reason, List.of()));
    }

    private static StrategyPlan ruled(long version, String salt, String measure) {
        return ruled(version, salt, measure, 0);
    }

    private static StrategyPlan ruled(long version, String salt, String measure, long plannedUsers) {
        DecisionRule rule = new DecisionRule(measure, plannedUsers);
        Options options = new Options(null, rule, null, null, null, List.of());
        return new StrategyPlan(version, salt, List.of(arm("a", 1)), 0, 1, Eligibility.EVERYWHERE, options);
    }
}
