package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.Allocation;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.MovedArm;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.schema.UpliftMove;
import dev.kombo.schema.UpliftMoveKind;
import dev.kombo.schema.UpliftMovedArm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Shares of new entrants that move by themselves, and what they must not get in the way of. */
class ShareMoveTest {
    private static final int USERS = 900;
    private static final Strategy STRATEGY = Strategy.newBuilder()
            .setVersion(5)
            .setSalt("tuned")
            .setArms(List.of(
                    StrategyArms.of("control", ArmKind.HOLDOUT, 0.3),
                    StrategyArms.of("plain", ArmKind.TREATMENT, 0.35),
                    StrategyArms.of("better", ArmKind.TREATMENT, 0.35)))
            .setAllocation(new Allocation(0.1, 0.6, 250))
            .build();

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.item("a", 1000);
    }

    @Test
    void shouldMoveSharesOfNewEntrantsOnceAndTellOfIt() {
        publish(STRATEGY);
        String early = shopperOf("plain");
        observeUsers();

        assertThat(engine.activated()).hasSize(2).last().satisfies(move -> {
            assertThat(move.key).isEqualTo("tuned");
            assertThat(move.value.getVersion()).isEqualTo(6);
            assertThat(move.value.getSalt()).isEqualTo("tuned");
            assertThat(move.value.getAllocation()).isEqualTo(STRATEGY.getAllocation());
            assertThat(move.value.getArms())
                    .extracting(StrategyArm::getShare)
                    .as("the holdout keeps its share, the step is bounded")
                    .containsExactly(0.3, 0.15, 0.55);
        });
        assertThat(engine.models.strategy().plan().version()).isEqualTo(6);
        assertThat(engine.counters.get(KomboMetric.SHARES_MOVED)).isEqualTo(1);
        assertThat(total().getLastMove()).satisfies(move -> {
            assertThat(move.getVersion()).isEqualTo(6);
            assertThat(move.getTime()).isPositive();
            assertThat(move.getArms()).extracting(MovedArm::getArm).containsExactly("plain", "better");
            assertThat(move.getArms()).extracting(MovedArm::getShare).containsExactly(0.15, 0.55);
            assertThat(move.getArms().get(1).getProbabilityBest()).isGreaterThan(0.99);
        });

        engine.outcomes();
        view("again", early, Duration.ofDays(9));
        assertThat(engine.shopper("u:" + early).enrollment().arm()).isEqualTo("plain");
        view("late", "newcomer", Duration.ofDays(9));
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .singleElement()
                .extracting(OfferOutcome::getStrategyVersion)
                .isEqualTo(6L);
        engine.advance(Duration.ofSeconds(5));
        assertThat(engine.activated())
                .as("nobody was observed under the new shares yet")
                .isEmpty();
        assertThat(engine.rejections()).isEmpty();
        assertNoSecondMoveBeforeTheFirstIsInForce();
    }

    private void assertNoSecondMoveBeforeTheFirstIsInForce() {
        Map<String, Map<Object, Object>> stored = engine.stored();
        open();
        engine.restore(stored);
        // This instance has not read the move yet.
        engine.input(engine.topics.name(Topic.ACTIVE_STRATEGY), Strategy.class).pipeInput("tuned", STRATEGY);
        view("later", "another", Duration.ofDays(9));
        engine.advance(Duration.ofSeconds(5));
        assertThat(engine.activated()).isEmpty();
        assertThat(total().getLastMove().getVersion()).isEqualTo(6);
    }

    @Test
    void shouldNeverTakeThePlaceOfWhatAnOperatorPublished() {
        // The move is on its way, while the operator's version is active already.
        Strategy operators =
                Strategy.newBuilder(STRATEGY).setVersion(6).setAllocation(null).build();
        publish(STRATEGY);
        publish(operators);
        move(6);
        move(7);
        assertThat(engine.models.strategy().plan().options().allocation()).isNull();
        Strategy tuned = Strategy.newBuilder(STRATEGY).setVersion(8).build();
        publish(tuned);
        move(8);
        assertThat(engine.activated()).extracting(record -> record.value).containsExactly(STRATEGY, operators, tuned);

        // Or the operator has removed the strategy.
        publish(null);
        move(9);
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("kombo-default");
        assertThat(engine.activated()).extracting(record -> record.key).containsExactly("kombo-default");
        assertThat(engine.counters.get(KomboMetric.SHARES_MOVED)).isZero();
        assertThat(engine.rejections()).isEmpty();
    }

    /** An instance that cannot read the active strategy goes on with the one before. */
    @Test
    void shouldKeepTheStrategyBeforeWhereANewerOneCannotBeUsed() {
        publish(STRATEGY);
        Strategy unknown = Strategy.newBuilder(STRATEGY)
                .setVersion(6)
                .setArms(List.of(StrategyArms.of("all", ArmKind.UNKNOWN, 1)))
                .build();
        engine.input(engine.topics.name(Topic.ACTIVE_STRATEGY), Strategy.class).pipeInput("tuned", unknown);
        assertThat(engine.models.strategy().plan().version()).isEqualTo(5);
        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "active-strategy", "invalid"))
                .isEqualTo(1);
    }

    private void move(long version) {
        engine.input(engine.topics.name(Topic.SHARE_MOVE), UpliftMove.class)
                .pipeInput(
                        "tuned",
                        new UpliftMove(
                                version,
                                0L,
                                List.of(
                                        new UpliftMovedArm("plain", 0.25, 0.0),
                                        new UpliftMovedArm("better", 0.45, 1.0)),
                                UpliftMoveKind.ALLOCATION,
                                null,
                                null));
    }

    /** Users enter, buy for as much as their arm brings, and are observed for 7 days. */
    private void observeUsers() {
        for (int i = 0; i < USERS; i++) {
            String user = "shopper-" + i;
            String arm = engine.models.strategy().plan().assign(user).name();
            view("enter-" + i, user, Duration.ofHours(1));
            long paid = 1_000 + 10L * (i % 50) + (arm.equals("better") ? 500 : 0);
            engine.send(EngineDriver.purchase("buy-" + i, user, "a", paid, Duration.ofHours(2))
                    .setOrderId("order-" + i));
        }
        engine.advance(Duration.ofDays(8));
        engine.advance(Duration.ofSeconds(2));
    }

    private void view(String eventId, String user, Duration at) {
        engine.send(EngineDriver.event(eventId, user, EventType.VIEW, at).setItemId("a"));
    }

    private void publish(Strategy strategy) {
        engine.publish(strategy);
    }

    private String shopperOf(String arm) {
        int number = 0;
        while (!engine.models
                .strategy()
                .plan()
                .assign("shopper-" + number)
                .name()
                .equals(arm)) {
            number++;
        }
        return "shopper-" + number;
    }

    private ConversionReport total() {
        return engine.values(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class).stream()
                // A window that is past its age is removed from the topic.
                .filter(report -> report != null
                        && report.getWindow() == ReportWindow.TOTAL
                        && report.getExperiment().equals("tuned"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
