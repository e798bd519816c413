package dev.kombo.experiment.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftSettings;
import java.util.List;
import java.util.Set;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

/** When shares move, and in which direction. */
class ShareAllocatorTest {
    private static final int BURN_IN = UpliftSettings.standard().burnIn();
    private static final long TIME = 5_000;
    private static final List<Arm> ARMS = List.of(
            new Arm("holdout", Arm.Kind.HOLDOUT, 0.1),
            new Arm("popularity", Arm.Kind.BASELINE, 0.1),
            new Arm("plain", Arm.Kind.TREATMENT, 0.4),
            new Arm("bold", Arm.Kind.TREATMENT, 0.4, OfferPolicy.of(OfferPolicy.Objective.MARGIN)));
    private static final StrategyPlan PLAN = plan(3, ARMS, new Allocation(0.05, 0.7, 1000));

    private final ExperimentUplift uplift = new ExperimentUplift();

    private static StrategyPlan plan(long version, List<Arm> arms, Allocation allocation) {
        return new StrategyPlan(
                version,
                "s",
                arms,
                0,
                10_000,
                Eligibility.EVERYWHERE,
                new StrategyPlan.Options(allocation, DecisionRule.STANDARD, null, null, null, List.of()));
    }

    /** A stratum with shoppers assigned by share, of whom so many are observed, and a deviation of 100. */
    private static StratumAccount stratum(long version, int[] users, double... means) {
        StratumAccount stratum = new StratumAccount(version);
        for (int k = 0; k < ARMS.size(); k++) {
            Arm arm = ARMS.get(k);
            ArmMoments moments = new ArmMoments(users[k], means[k], 0, 1e4 * Math.max(0, users[k] - 1), 0, 0);
            long entered = Math.round(20_000 * arm.share());
            stratum.restore(new StratumArm(arm.name(), arm.kind(), arm.share(), entered, moments));
        }
        return stratum;
    }

    private static int[] users(int holdout, int popularity, int plain, int bold) {
        return new int[] {holdout, popularity, plain, bold};
    }

    private void observe(String currency, StratumAccount... strata) {
        UpliftAccount account = new UpliftAccount();
        for (StratumAccount stratum : strata) {
            account.restore(stratum);
        }
        uplift.restore(new ExperimentUplift.Key(ShareAllocator.MEASURE, currency), account);
    }

    private ShareMove next() {
        return ShareAllocator.next(PLAN, uplift, TIME);
    }

    @Test
    void shouldMoveTowardsTheBetterTreatmentByABoundedStep() {
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60));
        ShareMove move = next();
        // Difference 10, variances 1e4 / 1600 each: 10 / 3.54 standard errors.
        double best = NormalDistribution.of(0, 1).cumulativeProbability(10 / Math.sqrt(2 * 1e4 / 1600));
        assertThat(best).isGreaterThan(0.99);
        assertThat(move.version()).isEqualTo(4);
        assertThat(move.time()).isEqualTo(TIME);
        assertThat(move.arms()).extracting(ShareMove.MovedArm::name).containsExactly("plain", "bold");
        assertThat(move.arms().get(1).probabilityBest()).isCloseTo(best, within(1e-6));
        assertThat(move.arms()).extracting(ShareMove.MovedArm::share).containsExactly(0.2, 0.6);

        StrategyPlan moved = move.applyTo(PLAN);
        assertThat(moved.problemsAfter(PLAN, Set.of())).isEmpty();
        assertThat(moved.arms().subList(0, 2)).as("holdout and baseline").isEqualTo(ARMS.subList(0, 2));
        assertThat(moved.arm("bold").policy().objective()).isEqualTo(OfferPolicy.Objective.MARGIN);
        assertThat(moved.options()).isEqualTo(PLAN.options());
    }

    @Test
    void shouldDivideByTheProbabilityOfBeingTheBest() {
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 51));
        ShareMove move = next();
        double best = NormalDistribution.of(0, 1).cumulativeProbability(1 / Math.sqrt(2 * 1e4 / 1600));
        // Rounded towards the previous share.
        assertThat(move.arms().get(1).share()).isEqualTo(Math.floor(0.8 * best * 1000) / 1000);
        assertThat(move.arms().get(0).share() + move.arms().get(1).share()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void shouldNotSpendAStratumOnASmallChange() {
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 50.2));
        assertThat(next()).isNull();
    }

    @Test
    void shouldWaitUntilTheVersionInForceIsAStratumThatCounts() {
        observe("GBP", stratum(3, users(400, 400, 1600, 999), 50, 50, 50, 70));
        assertThat(next()).as("a treatment has too few users").isNull();
        observe("GBP", stratum(3, users(BURN_IN - 1, 400, 1600, 1600), 50, 50, 50, 70));
        assertThat(next()).as("the holdout is not past its burn-in").isNull();
        observe("GBP", stratum(3, users(400, BURN_IN - 1, 1600, 1600), 50, 50, 50, 70));
        assertThat(next()).as("nor is the baseline").isNull();
        observe("GBP", stratum(2, users(400, 400, 1600, 1600), 50, 50, 50, 70));
        assertThat(next()).as("nobody entered under this version").isNull();
        observe("GBP", stratum(3, users(BURN_IN, BURN_IN, 1000, 1000), 50, 50, 50, 70));
        assertThat(next()).isNotNull();
    }

    @Test
    void shouldNotAskForFewerUsersThanTheBurnIn() {
        StrategyPlan hasty = plan(3, ARMS, new Allocation(0.05, 0.7, 1));
        observe("GBP", stratum(3, users(400, 400, BURN_IN, BURN_IN - 1), 50, 50, 50, 90));
        assertThat(ShareAllocator.next(hasty, uplift, TIME)).isNull();
        observe("GBP", stratum(3, users(400, 400, BURN_IN, BURN_IN), 50, 50, 50, 90));
        assertThat(ShareAllocator.next(hasty, uplift, TIME)).isNotNull();
    }

    @Test
    void shouldMoveLessOftenTheMoreIsKnown() {
        StratumAccount early = stratum(1, users(2000, 2000, 8000, 8000), 50, 50, 50, 60);
        observe("GBP", early, stratum(3, users(400, 400, 2000, 2000), 50, 50, 50, 60));
        assertThat(next()).as("4,800 are less than a quarter of 20,000").isNull();
        observe("GBP", early, stratum(3, users(500, 500, 2000, 2000), 50, 50, 50, 60));
        assertThat(next()).isNotNull();
    }

    @Test
    void shouldKnowWhatAllStrataSay() {
        // The early one says plain, the late one bold, with weights 4000 and 12,000.
        observe(
                "GBP",
                stratum(1, users(400, 400, 1600, 1600), 50, 50, 60, 50),
                stratum(3, users(1200, 1200, 4800, 4800), 50, 50, 50, 60));
        double difference = (4000 * -10.0 + 12_000 * 10.0) / 16_000;
        double variance = (16e6 * 2 / 1600 + 144e6 * 2 / 4800) * 1e4 / (16_000.0 * 16_000);
        assertThat(next().arms().get(1).probabilityBest())
                .isCloseTo(
                        NormalDistribution.of(0, 1).cumulativeProbability(difference / Math.sqrt(variance)),
                        within(1e-6));
    }

    @Test
    void shouldAdjustByRevenueBeforeEntry() {
        StratumAccount stratum = new StratumAccount(3);
        for (Arm arm : ARMS) {
            // Users of bold already paid 10 more before assignment, and later payments follow one to one.
            double before = arm.name().equals("bold") ? 30 : 20;
            ArmMoments moments = new ArmMoments(1600, before + 40, before, 1600e4, 1500e4, 1500e4);
            stratum.restore(new StratumArm(arm.name(), arm.kind(), arm.share(), (long) (4000 * arm.share()), moments));
        }
        observe("GBP", stratum);
        assertThat(next()).as("no difference is left").isNull();
    }

    @Test
    void shouldNotFollowAMoveThatIsNotInForceYet() {
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60));
        uplift.moved(next());
        assertThat(next()).isNull();
        StrategyPlan operators = plan(4, ARMS, PLAN.options().allocation());
        assertThat(ShareAllocator.next(operators, uplift, TIME))
                .as("nobody entered under the version that came instead")
                .isNull();
        observe(
                "GBP",
                stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60),
                stratum(4, users(400, 400, 1600, 1600), 50, 50, 50, 60));
        assertThat(ShareAllocator.next(operators, uplift, TIME).version()).isEqualTo(5);
    }

    @Test
    void shouldStayWhenNotAskedForOrOver() {
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60));
        assertThat(ShareAllocator.next(plan(3, ARMS, null), uplift, TIME)).isNull();
        assertThat(ShareAllocator.next(PLAN, uplift, 10_000)).as("ended").isNull();
        assertThat(ShareAllocator.next(PLAN, new ExperimentUplift(), TIME)).isNull();
    }

    @Test
    void shouldStayWhenUsersDidNotEnterInThePlannedShares() {
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60));
        StratumAccount broken = stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60);
        broken.restore(new StratumArm(
                "bold", Arm.Kind.TREATMENT, 0.4, 9000, broken.arm("bold").moments()));
        assertThat(next()).isNotNull();
        observe("GBP", broken);
        assertThat(next()).isNull();
    }

    @Test
    void shouldGoByTheCurrencyThatMostPayIn() {
        observe("JPY", stratum(3, users(400, 400, 1600, 1600), 2, 2, 12, 2));
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 50, 50, 50, 60));
        assertThat(next().arms().get(1).share()).isEqualTo(0.6);
        observe("GBP", stratum(3, users(400, 400, 1600, 1600), 1, 1, 1, 11));
        assertThat(next().arms().get(0).share()).isEqualTo(0.6);
        // Nobody paid in any currency: the account without one is not a currency.
        ExperimentUplift free = new ExperimentUplift();
        UpliftAccount none = new UpliftAccount();
        none.restore(stratum(3, users(400, 400, 1600, 1600), 0, 0, 0, 0));
        free.restore(new ExperimentUplift.Key(ShareAllocator.MEASURE, null), none);
        assertThat(ShareAllocator.next(PLAN, free, TIME)).isNull();
    }
}
