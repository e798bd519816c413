package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
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
import dev.kombo.serde.StrategyMapper;
import dev.kombo.tracking.uplift.ShareMove;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(
                stateDir, Map.of(KomboConfig.OFFER_TRIGGERS, "VIEW", KomboConfig.LEARNING_SWEEP_USERS, "0"));
        engine.item("a", 1000);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldMoveSharesOfNewEntrantsOnceAndTellOfIt() {
        publish(STRATEGY);
        String early = shopperOf("plain");
        observeUsers();

        List<KeyValue<String, Strategy>> moves = strategies();
        assertThat(moves).singleElement().satisfies(move -> {
            assertThat(move.key).isEqualTo("default");
            assertThat(move.value.getVersion()).isEqualTo(6);
            assertThat(move.value.getSalt()).isEqualTo("tuned");
            assertThat(move.value.getAllocation()).isEqualTo(STRATEGY.getAllocation());
            assertThat(move.value.getArms())
                    .extracting(StrategyArm::getShare)
                    .as("the holdout keeps its share, the step is bounded")
                    .containsExactly(0.3, 0.25, 0.45);
        });
        assertThat(engine.models.strategy().plan().version()).isEqualTo(6);
        assertThat(engine.counters.get("strategy.shares.moved")).isEqualTo(1);
        assertThat(total().getLastMove()).satisfies(move -> {
            assertThat(move.getVersion()).isEqualTo(6);
            assertThat(move.getTime()).isPositive();
            assertThat(move.getArms()).extracting(MovedArm::getArm).containsExactly("plain", "better");
            assertThat(move.getArms()).extracting(MovedArm::getShare).containsExactly(0.25, 0.45);
            assertThat(move.getArms().get(1).getProbabilityBest()).isGreaterThan(0.99);
        });

        engine.outcomes();
        view("again", early, Duration.ofDays(9));
        assertThat(engine.profile("u:" + early).getEnrollment().getArm()).isEqualTo("plain");
        view("late", "newcomer", Duration.ofDays(9));
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .singleElement()
                .extracting(OfferOutcome::getStrategyVersion)
                .isEqualTo(6L);
        engine.advance(Duration.ofSeconds(5));
        assertThat(strategies())
                .as("nobody was observed under the new shares yet")
                .isEmpty();
        assertThat(engine.rejections()).isEmpty();
        assertNoSecondMoveBeforeTheFirstIsInForce();
    }

    private void assertNoSecondMoveBeforeTheFirstIsInForce() {
        Map<String, Map<Object, Object>> stored = engine.stored();
        engine.close();
        open();
        engine.restore(stored);
        // This instance has not read the move yet.
        publish(STRATEGY);
        view("later", "another", Duration.ofDays(9));
        engine.advance(Duration.ofSeconds(5));
        assertThat(strategies()).isEmpty();
        assertThat(total().getLastMove().getVersion()).isEqualTo(6);
    }

    @Test
    void shouldNeverTakeThePlaceOfWhatAnOperatorPublished() {
        Strategy move = StrategyMapper.moved(
                STRATEGY,
                new ShareMove(
                        6,
                        0,
                        List.of(new ShareMove.MovedArm("plain", 0.25, 0), new ShareMove.MovedArm("better", 0.45, 1))));
        // It is on its way, while the operator's version is in force already.
        Strategy operators =
                Strategy.newBuilder(STRATEGY).setVersion(6).setAllocation(null).build();
        publish(STRATEGY);
        publish(operators);
        publish(move);
        assertThat(engine.models.strategy().plan().options().allocation()).isNull();
        engine.advance(Duration.ofSeconds(1));
        assertThat(engine.rejections()).singleElement().satisfies(told -> assertThat(told.getDetail())
                .isEqualTo("version 6 is not above 6, that of the running strategy"));
        assertThat(strategies()).containsExactly(KeyValue.pair("default", operators));

        // Or while the operator has removed the strategy.
        engine.input(engine.topics.strategy(), Strategy.class).pipeInput("default", (Strategy) null);
        publish(Strategy.newBuilder(move).setVersion(7).build());
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("kombo-default");
        engine.advance(Duration.ofSeconds(1));
        assertThat(engine.rejections()).singleElement().satisfies(told -> assertThat(told.getDetail())
                .isEqualTo("salt tuned is used up: its experiment was followed by another"));
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
        engine.input(engine.topics.strategy(), Strategy.class).pipeInput("default", strategy);
    }

    /** Strategies that the engine published itself; notes of experiments are left out. */
    private List<KeyValue<String, Strategy>> strategies() {
        return engine.output(engine.topics.strategy(), Strategy.class).stream()
                .filter(record -> record.value == null || record.value.getExperimentNumber() == null)
                .toList();
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
        return engine.values(engine.topics.conversionReport(), ConversionReport.class).stream()
                // A window that is past its age is removed from the topic.
                .filter(report -> report != null
                        && report.getWindow() == ReportWindow.TOTAL
                        && report.getExperiment().equals("tuned"))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }
}
