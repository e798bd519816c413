package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.account.OutcomeBlock;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.shopper.ScheduleKey;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.PlannedArm;
import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event whose processing fails half way has changed nothing, and the stream goes on. */
class ProcessingFailureTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(ServiceSettings.SERIALIZER_CLASS.name(), PoisonedSerializer.class.getName()));
        user = engine.userOf("treatment");
    }

    @ParameterizedTest
    @ValueSource(strings = {PoisonedSerializer.POISON, PoisonedSerializer.LARGE})
    void shouldLeaveNothingOfANewShopperWhenAResultCannotBeWritten(String event) {
        buy(event, 1);
        assertThat(engine.contents(StoreNames.USER_PROFILE)).isEmpty();
        assertThat(engine.contents(StoreNames.USER_HISTORY)).isEmpty();
        assertThat(engine.contents(StoreNames.USER_OFFER)).isEmpty();
        assertThat(timers()).isEmpty();
        assertFailedWithoutTrace(0);
    }

    @Test
    void shouldLeaveAKnownShopperAsBeforeAndGoOn() {
        addToCart("e1", "a", 1);
        byte[] before = engine.stored("u:" + user);
        List<ScheduleKey> timersBefore = timers();
        engine.offers();
        engine.outcomes();
        engine.updates();

        buy(PoisonedSerializer.POISON, 9);
        assertThat(engine.stored("u:" + user)).isEqualTo(before);
        assertThat(timers()).isEqualTo(timersBefore);
        assertFailedWithoutTrace(1);

        addToCart("e3", "b", 20);
        assertThat(engine.shopper("u:" + user).behavior().cart().lines()).hasSize(2);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(2);
    }

    @Test
    void shouldCountTheOthersOfARecordOfOutcomesOfWhichOneIsBroken() {
        OfferOutcome.Builder outcome = OfferOutcome.newBuilder()
                .setOutcomeId("1")
                .setKind(OutcomeKind.ENTERED)
                .setUserId(user)
                .setExperiment("summer")
                .setArm("treatment")
                .setStrategyVersion(1)
                .setEventId("e1")
                .setEventTime(EngineDriver.START.toEpochMilli());
        OfferOutcome good = outcome.build();
        OfferOutcome broken = outcome.setPlannedArms(List.of(new PlannedArm("treatment", "NO_KIND", 1.0)))
                .build();
        for (List<OfferOutcome> told : List.of(List.of(good, broken, good), List.of(broken), List.of(good))) {
            engine.input(engine.topics.name(Topic.OFFER_OUTCOME), OfferOutcomes.class)
                    .pipeInput("summer", new OfferOutcomes(told));
        }
        assertThat(engine.deadLetters())
                .hasSize(2)
                .allSatisfy(dead -> assertThat(engine.value(OfferOutcomes.class)
                                .deserializer()
                                .deserialize(engine.topics.name(Topic.OFFER_OUTCOME), dead.value())
                                .getOutcomes())
                        .containsExactly(broken));
        assertThat(engine.<byte[]>contents(StoreNames.REPORT_PENDING).values())
                .extracting(row -> OutcomeBlock.outcomes(row).size())
                .containsExactlyInAnyOrder(2, 1);
    }

    private void assertFailedWithoutTrace(long accepted) {
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.outcomes()).isEmpty();
        assertThat(engine.updates()).isEmpty();
        assertThat(engine.rejections()).isEmpty();
        assertThat(engine.deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.key()).isEqualTo(user));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(accepted);
    }

    private void addToCart(String id, String item, long afterSeconds) {
        engine.send(EngineDriver.event(id, user, EventType.ADD_TO_CART, Duration.ofSeconds(afterSeconds))
                .setItemId(item));
    }

    private void buy(String id, long afterSeconds) {
        engine.send(EngineDriver.purchase(id, user, "b", 2000, Duration.ofSeconds(afterSeconds)));
    }

    private List<ScheduleKey> timers() {
        KeyValueStore<ScheduleKey, byte[]> store = engine.driver.getKeyValueStore(StoreNames.USER_TIMER);
        List<ScheduleKey> timers = new ArrayList<>();
        try (KeyValueIterator<ScheduleKey, byte[]> all = store.all()) {
            all.forEachRemaining(timer -> timers.add(timer.key));
        }
        return timers;
    }
}
