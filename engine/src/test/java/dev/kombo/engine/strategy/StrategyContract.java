package dev.kombo.engine.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.strategy.StrategyOutput.Activated;
import dev.kombo.engine.strategy.StrategyOutput.Rejected;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Guardrail;
import dev.kombo.experiment.Ramp;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.ShareMove.MoveKind;
import dev.kombo.experiment.ShareMove.MovedArm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.experiment.StrategyPlan.Options;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the strategy task does, over whichever table: a subclass says where it is. */
public abstract class StrategyContract {
    private static final long NOW = 1_767_600_000_000L;
    private static final String KEY = "default";
    private static final String REASON = "revenue per user fell";
    private static final int USERS = 250;

    private final EngineSettings settings = new EngineSettings(SettingValues.defaults());
    private final LiveModels models = new LiveModels(settings, 1);
    private final StrategyPlan standard = settings.standardPlan(false);
    private final Counters counters = new Counters();
    private final List<StrategyOutput> outputs = new ArrayList<>();
    private boolean refuses;
    private Table<String, StrategyState> table;
    private StrategyTask task;

    /** An empty table. */
    protected abstract Table<String, StrategyState> table();

    @BeforeEach
    void open() {
        table = table();
        startAgain();
    }

    private void startAgain() {
        task = new StrategyTask(table, this::emit, () -> standard, models.catalog(), counters);
    }

    private void emit(StrategyOutput output) {
        if (refuses) {
            throw new IllegalStateException("refused");
        }
        outputs.add(output);
    }

    @Test
    void shouldActivateAValidSuccessor() {
        StrategyPlan first = plan(5, "s", 0.2, 0.8);
        StrategyPlan second = plan(6, "s", 0.5, 0.5);
        StrategyPlan other = plan(7, "t", 0.5, 0.5);
        publish(first);
        assertThat(stored()).isEqualTo(new StrategyState(KEY, first, List.of("kombo-default"), null));
        publish(second);
        assertThat(stored()).isEqualTo(new StrategyState(KEY, second, List.of("kombo-default"), first));
        publish(other);
        assertThat(stored())
                .as("there is no way back to another experiment")
                .isEqualTo(new StrategyState(KEY, other, List.of("kombo-default", "s"), null));
        assertThat(outputs)
                .containsExactly(new Activated(first, NOW), new Activated(second, NOW), new Activated(other, NOW));
    }

    @Test
    void shouldRejectAnInvalidStrategyWithAllReasonsAndKeepTheActiveOne() {
        StrategyPlan active = plan(5, "s", 0.2, 0.8);
        publish(active);
        StrategyState before = stored();
        StrategyPlan invalid = plan(5, "s", 0.2, 0.7);
        publish(invalid);
        assertThat(outputs.subList(1, outputs.size()))
                .containsExactly(new Rejected(
                        KEY,
                        invalid.toString(),
                        List.of(
                                "shares sum to 0.8999999999999999 instead of 1",
                                "version 5 is not above 5, that of the running strategy"),
                        NOW));
        assertThat(counters.get(KomboMetric.STRATEGY_REFUSED)).isEqualTo(1);
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldRejectAMeasureThatTheShopCannotTake() {
        Guardrail returns = new Guardrail("returnRate28d", 0.1, Guardrail.Action.STOP);
        publish(withOptions(
                plan(5, "s", 0.2, 0.8),
                new Options(null, DecisionRule.STANDARD, List.of(returns), null, null, List.of())));
        assertThat(outputs)
                .singleElement()
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .endsWith("no return was ever reported"));
        assertThat(stored()).isNull();
    }

    @Test
    void shouldRejectASaltThatWasUsed() {
        publish(plan(5, "s", 0.2, 0.8));
        publish(plan(6, "t", 0.2, 0.8));
        StrategyState before = stored();
        publish(plan(7, "s", 0.2, 0.8));
        assertThat(outputs.get(2))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly("salt s is used up: its experiment was followed by another"));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldGoBackToTheStandardStrategyOnlyWhenTheActiveOneIsRemoved() {
        remove(KEY);
        assertThat(stored()).isNull();
        publish(plan(5, "s", 0.2, 0.8));
        outputs.clear();
        StrategyState before = stored();
        remove("another");
        remove(null);
        assertThat(outputs).isEmpty();
        assertThat(stored()).isEqualTo(before);

        remove(KEY);
        assertThat(outputs).containsExactly(new Activated(standard, NOW));
        assertThat(stored()).isEqualTo(new StrategyState(null, standard, List.of("s"), null));
        remove(KEY);
        assertThat(outputs).as("it is removed once").hasSize(1);
    }

    @Test
    void shouldAnnounceTheActiveStrategyAgainWhenItIsPublishedAgain() {
        StrategyPlan active = plan(5, "s", 0.2, 0.8);
        publish(active);
        publish(active);
        assertThat(outputs).containsExactly(new Activated(active, NOW), new Activated(active, NOW));
        assertThat(stored().active()).isEqualTo(active);
    }

    @Test
    void shouldMoveSharesAndKeepWhereAGuardrailGoesBackTo() {
        StrategyPlan earlier = plan(4, "s", 0.3, 0.35, 0.35);
        StrategyPlan allocated =
                withOptions(plan(5, "s", 0.3, 0.35, 0.35), options(new Allocation(0.1, 0.6, USERS), null));
        publish(earlier);
        publish(allocated);
        outputs.clear();
        move(new ShareMove(6, NOW, moved(0.25, 0.45), MoveKind.ALLOCATION, null, null));
        StrategyPlan next = withOptions(plan(6, "s", 0.3, 0.25, 0.45), allocated.options());
        assertThat(outputs).containsExactly(new Activated(next, NOW));
        assertThat(stored())
                .as("a move is not what an operator published")
                .isEqualTo(new StrategyState(KEY, next, List.of("kombo-default"), earlier));
        assertThat(counters.get(KomboMetric.SHARES_MOVED)).isEqualTo(1);
    }

    @Test
    void shouldTakeTheNextStepOfARamp() {
        Options ramped = options(null, new Ramp(List.of(0.1, 0.5), USERS));
        publish(withOptions(plan(5, "s", 0.9, 0.1), ramped));
        move(new ShareMove(
                6,
                NOW,
                List.of(new MovedArm("a", 0.5, 0), new MovedArm("control", 0.5, 0)),
                MoveKind.RAMP,
                null,
                REASON));
        assertThat(stored().active().arms()).isEqualTo(plan(6, "s", 0.5, 0.5).arms());
        assertThat(stored().active().options().ramp()).isEqualTo(ramped.ramp());
        assertThat(stored().active().options().reason()).isEqualTo(REASON);
        assertThat(counters.get(KomboMetric.SHARES_MOVED)).isEqualTo(1);
    }

    @Test
    void shouldHoldSharesWhereTheyAre() {
        StrategyPlan allocated =
                withOptions(plan(5, "s", 0.3, 0.35, 0.35), options(new Allocation(0.1, 0.6, USERS), null));
        publish(allocated);
        move(new ShareMove(6, NOW, List.of(), MoveKind.HOLD, "a", REASON));
        assertThat(stored().active().arms()).isEqualTo(allocated.arms());
        assertThat(stored().active().options())
                .isEqualTo(new Options(null, DecisionRule.STANDARD, null, null, REASON, List.of()));
        assertThat(counters.get(KomboMetric.SHARES_MOVED)).isZero();
    }

    @Test
    void shouldStopATreatmentForGood() {
        StrategyPlan active = plan(5, "s", 0.25, 0.25, 0.5);
        publish(active);
        move(ShareMove.ending(active, "a", MoveKind.STOP, NOW, REASON));
        assertThat(stored().active().version()).isEqualTo(6);
        assertThat(stored().active().arms())
                .containsExactly(
                        new Arm("control", Arm.Kind.HOLDOUT, 0.5),
                        new Arm("a", Arm.Kind.TREATMENT, 0).ended(),
                        new Arm("b", Arm.Kind.TREATMENT, 0.5));
        StrategyState before = stored();
        publish(plan(7, "s", 0.25, 0.25, 0.5));
        assertThat(outputs.get(2))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .containsExactly("arms has a, which a guardrail stopped: it can run again with another"
                                        + " salt than s"));
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldGoBackToTheEarlierVersionOnce() {
        StrategyPlan earlier = plan(4, "s", 0.8, 0.1, 0.1);
        publish(earlier);
        publish(plan(5, "s", 0.3, 0.35, 0.35));
        move(ShareMove.ending(stored().active(), "a", MoveKind.ROLL_BACK, NOW, REASON));
        assertThat(stored().active().version()).isEqualTo(6);
        assertThat(stored().active().arms()).isEqualTo(earlier.arms());
        assertThat(stored().active().options().reason()).isEqualTo(REASON);
        assertThat(stored().previous()).isNull();
        assertThat(outputs).last().isEqualTo(new Activated(stored().active(), NOW));

        // There is nothing left to go back to: the treatment ends instead.
        move(ShareMove.ending(stored().active(), "b", MoveKind.ROLL_BACK, NOW, REASON));
        assertThat(stored().active().version()).isEqualTo(7);
        assertThat(stored().active().arm("b")).isEqualTo(new Arm("b", Arm.Kind.TREATMENT, 0).ended());
        assertThat(stored().active().control()).isEqualTo(new Arm("control", Arm.Kind.HOLDOUT, 0.9));
    }

    @Test
    void shouldKeepAnArmStoppedThatRanInTheEarlierVersion() {
        publish(plan(4, "s", 0.8, 0.1, 0.1));
        publish(plan(5, "s", 0.3, 0.35, 0.35));
        move(ShareMove.ending(stored().active(), "a", MoveKind.STOP, NOW, REASON));
        move(ShareMove.ending(stored().active(), "b", MoveKind.ROLL_BACK, NOW, REASON));
        assertThat(stored().active().version()).isEqualTo(7);
        assertThat(stored().active().arms())
                .containsExactly(
                        new Arm("control", Arm.Kind.HOLDOUT, 0.9),
                        new Arm("a", Arm.Kind.TREATMENT, 0).ended(),
                        new Arm("b", Arm.Kind.TREATMENT, 0.1));
    }

    @Test
    void shouldDropAMoveOfWhatIsNotActive() {
        Options tuned = options(new Allocation(0.1, 0.6, USERS), null);
        publish(withOptions(plan(6, "s", 0.3, 0.35, 0.35), tuned));
        StrategyState before = stored();
        outputs.clear();
        ShareMove older = new ShareMove(6, NOW, moved(0.25, 0.45), MoveKind.ALLOCATION, null, null);
        move(older);
        move("t", new ShareMove(7, NOW, moved(0.25, 0.45), MoveKind.ALLOCATION, null, null));
        assertThat(stored()).isEqualTo(before);
        assertThat(outputs).isEmpty();

        // An operator has taken the allocation out meanwhile.
        publish(plan(7, "s", 0.3, 0.35, 0.35));
        outputs.clear();
        before = stored();
        move(new ShareMove(8, NOW, moved(0.25, 0.45), MoveKind.ALLOCATION, null, null));
        assertThat(stored()).isEqualTo(before);
        assertThat(outputs).isEmpty();
        assertThat(counters.get(KomboMetric.SHARES_MOVED)).isZero();
    }

    @Test
    void shouldRejectAMoveThatLeadsToAnInvalidStrategy() {
        publish(plan(5, "s", 0.3, 0.35, 0.35));
        StrategyState before = stored();
        move(new ShareMove(6, NOW, moved(0.9, 0.9), MoveKind.STOP, "a", REASON));
        assertThat(outputs.get(1)).isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.key()).isEqualTo(KEY);
            assertThat(rejected.problems()).isNotEmpty();
        });
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    void shouldChangeNothingWhereAnOutputIsRefused() {
        StrategyPlan active = plan(5, "s", 0.3, 0.35, 0.35);
        ShareMove stop = ShareMove.ending(active, "a", MoveKind.STOP, NOW, REASON);
        List<Runnable> inputs = List.of(
                () -> publish(active),
                () -> publish(plan(5, "s", 0.3, 0.3, 0.3)),
                () -> move(stop),
                () -> move(new ShareMove(7, NOW, moved(0.9, 0.9), MoveKind.HOLD, null, REASON)),
                () -> remove(KEY));
        for (Runnable input : inputs) {
            StrategyState before = table.get(StrategyTask.ACTIVE);
            int emitted = outputs.size();
            refuses = true;
            assertThatIllegalStateException().isThrownBy(input::run);
            assertThat(table.get(StrategyTask.ACTIVE)).isEqualTo(before);
            refuses = false;
            input.run();
            assertThat(outputs).hasSize(emitted + 1);
        }
        assertThat(stored()).isEqualTo(new StrategyState(null, standard, List.of("s"), null));
    }

    @Test
    void shouldGoOnWhereItLeftOffWhenItStartsAgain() {
        StrategyPlan first = plan(5, "s", 0.3, 0.35, 0.35);
        publish(first);
        startAgain();
        publish(plan(5, "t", 0.2, 0.8));
        assertThat(outputs.get(1)).isInstanceOf(Rejected.class);
        publish(plan(6, "s", 0.8, 0.1, 0.1));
        startAgain();
        move(ShareMove.ending(stored().active(), "a", MoveKind.ROLL_BACK, NOW, REASON));
        assertThat(stored().active().version()).isEqualTo(7);
        assertThat(stored().active().arms()).isEqualTo(first.arms());
        startAgain();
        remove(KEY);
        assertThat(outputs).last().isEqualTo(new Activated(standard, NOW));
    }

    private StrategyState stored() {
        return table.get(StrategyTask.ACTIVE);
    }

    private void publish(StrategyPlan plan) {
        task.accept(new StrategyInput.Published(KEY, plan, plan.toString(), NOW), NOW);
    }

    private void remove(@Nullable String key) {
        task.accept(new StrategyInput.Published(key, null, "null", NOW), NOW);
    }

    private void move(ShareMove move) {
        move("s", move);
    }

    private void move(String experiment, ShareMove move) {
        task.accept(new StrategyInput.Moved(experiment, move, NOW), NOW);
    }

    private static List<MovedArm> moved(double a, double b) {
        return List.of(new MovedArm("a", a, 0), new MovedArm("b", b, 1));
    }

    /** A plan with a control and the treatments a, b and so on. */
    private static StrategyPlan plan(long version, String salt, double control, double... treatments) {
        List<Arm> arms = new ArrayList<>(List.of(new Arm("control", Arm.Kind.HOLDOUT, control)));
        char name = 'a';
        for (double share : treatments) {
            arms.add(new Arm(String.valueOf(name++), Arm.Kind.TREATMENT, share));
        }
        return new StrategyPlan(version, salt, arms, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static Options options(@Nullable Allocation allocation, @Nullable Ramp ramp) {
        return new Options(allocation, DecisionRule.STANDARD, null, ramp, null, List.of());
    }

    private static StrategyPlan withOptions(StrategyPlan plan, Options options) {
        return new StrategyPlan(
                plan.version(),
                plan.salt(),
                plan.arms(),
                plan.startsAt(),
                plan.endsAt(),
                Eligibility.EVERYWHERE,
                options);
    }
}
