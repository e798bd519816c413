package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.experiment.Arm;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.Allocation;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Guardrail;
import dev.kombo.schema.GuardrailAction;
import dev.kombo.schema.GuardrailCrossing;
import dev.kombo.schema.Ramp;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.schema.UpliftMove;
import dev.kombo.schema.UpliftMoveKind;
import dev.kombo.schema.UpliftMovedArm;
import dev.kombo.serde.StrategyMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What guardrails and ramps do to the active strategy, in the production topology. */
class GuardrailFlowTest {
    private static final int USERS = 700;
    private static final long END = Long.MAX_VALUE - 1;

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int observed;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.item("a", 1000);
    }

    @Test
    void shouldStopATreatmentThatLosesAndTellOfIt() {
        engine.publish(strategy(GuardrailAction.STOP).build());
        observe(-500);

        assertThat(engine.activated()).hasSize(2).last().satisfies(stop -> {
            assertThat(stop.value.getVersion()).isEqualTo(6);
            assertThat(stop.value.getReason()).startsWith("revenue1d of treatment against control: -");
            assertThat(stop.value.getArms()).extracting(StrategyArm::getShare).containsExactly(1.0, 0.0);
            assertThat(stop.value.getArms()).extracting(StrategyArm::getStopped).containsExactly(false, true);
        });
        assertThat(engine.models.strategy().plan().served("treatment").kind()).isEqualTo(Arm.Kind.HOLDOUT);
        assertThat(engine.counters.get(KomboMetric.GUARDRAILS_CROSSED, "stop")).isEqualTo(1);
        assertThat(total()).satisfies(total -> {
            assertThat(total.getLastMove().getKind()).isEqualTo("STOP");
            assertThat(total.getCrossings()).singleElement().satisfies(crossing -> {
                assertThat(crossing.getArm()).isEqualTo("treatment");
                assertThat(crossing.getVersion()).isEqualTo(6);
            });
        });
        assertNothingIsRepeatedAfterARestart();
    }

    private void assertNothingIsRepeatedAfterARestart() {
        Map<String, Map<Object, Object>> stored = engine.stored();
        Strategy before = strategy(GuardrailAction.STOP).build();
        open();
        engine.restore(stored);
        // This instance has not read the new version yet, and the request to stop comes a second time.
        engine.input(engine.topics.name(Topic.ACTIVE_STRATEGY), Strategy.class).pipeInput("s", before);
        stop(6, "treatment", "control");
        view("later", "another");
        engine.advance(Duration.ofSeconds(5));

        assertThat(engine.activated()).isEmpty();
        assertThat(engine.counters.get(KomboMetric.GUARDRAILS_CROSSED, "stop")).isZero();
        assertThat(total().getCrossings())
                .extracting(GuardrailCrossing::getAction)
                .containsExactly("STOP");
    }

    @Test
    void shouldOnlyReportWhenTheActionIsAlert() {
        engine.publish(strategy(GuardrailAction.ALERT).build());
        observe(-500);
        observe(-500);

        assertThat(engine.activated()).hasSize(1);
        assertThat(engine.counters.get(KomboMetric.GUARDRAILS_CROSSED, "alert")).isEqualTo(1);
        assertThat(total().getGuardrails()).singleElement().satisfies(guardrail -> {
            assertThat(guardrail.getCrossed()).isTrue();
            assertThat(guardrail.getChange()).isLessThan(guardrail.getBound());
            assertThat(guardrail.getBound()).isNegative();
        });
    }

    @Test
    void shouldNotActWhenTheLossIsWithinTheMarginOrThereIsNoGuardrail() {
        engine.publish(strategy(GuardrailAction.STOP)
                .setGuardrails(List.of(new Guardrail("revenue1d", 0.8, GuardrailAction.STOP)))
                .build());
        observe(-500);
        engine.publish(strategy(GuardrailAction.STOP)
                .setVersion(6)
                .setGuardrails(List.of())
                .build());
        engine.advance(Duration.ofSeconds(5));

        assertThat(engine.activated()).hasSize(2);
        assertThat(total().getCrossings()).isEmpty();
    }

    @Test
    void shouldGoBackToTheVersionPublishedBefore() {
        engine.publish(strategy(GuardrailAction.ROLL_BACK).setEndsAt(END).build());
        engine.publish(strategy(GuardrailAction.ROLL_BACK).setVersion(6).build());
        observe(-500);
        observe(-500);

        assertThat(engine.activated()).hasSize(4);
        Strategy last = StrategyMapper.PLANS.toAvro(engine.models.strategy().plan());
        assertThat(last.getVersion())
                .as("the loss goes on, and there is no version before")
                .isEqualTo(8);
        assertThat(last.getEndsAt()).isEqualTo(END);
        assertThat(last.getArms()).extracting(StrategyArm::getStopped).containsExactly(false, true);
    }

    @Test
    void shouldHoldSharesWhereTheyAre() {
        List<StrategyArm> arms = List.of(
                StrategyArms.of("control", ArmKind.HOLDOUT, 0.4),
                StrategyArms.of("treatment", ArmKind.TREATMENT, 0.4),
                StrategyArms.of("second", ArmKind.TREATMENT, 0.2));
        engine.publish(strategy(GuardrailAction.HOLD)
                .setArms(arms)
                .setAllocation(new Allocation(0.1, 0.6, 250))
                .build());
        observe(-500);

        Strategy held = StrategyMapper.PLANS.toAvro(engine.models.strategy().plan());
        assertThat(held.getVersion()).isEqualTo(6);
        assertThat(held.getAllocation()).isNull();
        assertThat(held.getArms()).isEqualTo(arms);
    }

    @Test
    void shouldTakeTheStepsOfTheRampWhileNothingIsCrossed() {
        engine.publish(strategy(GuardrailAction.STOP)
                .setRamp(new Ramp(List.of(0.5, 0.6, 0.8), 250))
                .build());
        observe(100);
        assertThat(StrategyMapper.PLANS.toAvro(engine.models.strategy().plan())).satisfies(step -> {
            assertThat(step.getVersion()).isEqualTo(6);
            assertThat(step.getArms()).extracting(StrategyArm::getShare).containsExactly(0.4, 0.6);
        });
        engine.advance(Duration.ofSeconds(5));
        assertThat(StrategyMapper.PLANS.toAvro(engine.models.strategy().plan()).getVersion())
                .as("nobody was observed under the new shares yet")
                .isEqualTo(6);
        observe(100);
        assertThat(engine.models.strategy().plan().arm("treatment").share()).isEqualTo(0.8);
    }

    @Test
    void shouldStopTheTreatmentOfTheBuiltInStrategyToo() {
        stop(1, "treatment", "holdout");

        assertThat(engine.rejections()).isEmpty();
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("kombo-default");
        assertThat(engine.models.strategy().plan().arm("treatment").stopped()).isTrue();
        engine.publish(strategy(GuardrailAction.STOP).setVersion(1).build());
        assertThat(engine.models.strategy().plan().salt())
                .as("any version may follow")
                .isEqualTo("s");
    }

    private static Strategy.Builder strategy(GuardrailAction action) {
        return Strategy.newBuilder()
                .setVersion(5)
                .setSalt("s")
                .setArms(List.of(
                        StrategyArms.of("control", ArmKind.HOLDOUT, 0.5),
                        StrategyArms.of("treatment", ArmKind.TREATMENT, 0.5)))
                .setGuardrails(List.of(new Guardrail("revenue1d", 0.0, action)));
    }

    private void stop(long version, String arm, String control) {
        String salt = engine.models.strategy().plan().salt();
        engine.input(engine.topics.name(Topic.SHARE_MOVE), UpliftMove.class)
                .pipeInput(
                        salt,
                        new UpliftMove(
                                version,
                                0L,
                                List.of(
                                        new UpliftMovedArm(arm, 0.0, 0.0),
                                        new UpliftMovedArm(
                                                control,
                                                engine.models
                                                                .strategy()
                                                                .plan()
                                                                .arm(arm)
                                                                .share()
                                                        + engine.models
                                                                .strategy()
                                                                .plan()
                                                                .arm(control)
                                                                .share(),
                                                0.0)),
                                UpliftMoveKind.STOP,
                                arm,
                                "test"));
    }

    /** More users enter, buy for as much as their arm brings, and are observed for a day. */
    private void observe(long effect) {
        Duration day = Duration.ofDays(3L * observed);
        observed++;
        for (int i = 0; i < USERS; i++) {
            String user = "shopper-" + observed + "-" + i;
            String arm = engine.models.strategy().plan().assign(user).name();
            engine.send(EngineDriver.event("enter-" + user, user, EventType.VIEW, day.plusHours(1))
                    .setItemId("a"));
            long paid = 1_000 + 10L * (i % 50) + (arm.equals("treatment") ? effect : 0);
            engine.send(EngineDriver.purchase("buy-" + user, user, "a", paid, day.plusHours(2))
                    .setOrderId("order-" + user));
        }
        engine.advance(Duration.ofDays(2));
        engine.advance(Duration.ofSeconds(2));
    }

    private void view(String eventId, String user) {
        engine.send(EngineDriver.event(eventId, user, EventType.VIEW, Duration.ofDays(3))
                .setItemId("a"));
    }

    private ConversionReport total() {
        return engine.values(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class).stream()
                .filter(report -> report != null
                        && report.getWindow() == ReportWindow.TOTAL
                        && report.getExperiment().equals("s"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
