package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A salt is used once: also after a restart, and for an instance that reads the compacted active-strategy. */
class UsedSaltTest {
    private static final String USED_UP = "salt first is used up: its experiment was followed by another";
    private static final Strategy FIRST = strategy(1, "first");
    private static final Strategy SECOND = strategy(3, "second");
    private static final Strategy FIRST_AGAIN = strategy(4, "first");

    @RegisterExtension
    final Shop shop = new Shop();

    /** A restart leaves the registry as it is. */
    private final String registry = "mock://" + UUID.randomUUID();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.INTERVAL.name(), "0", ServiceSettings.REGISTRY_URL.name(), registry));
    }

    @Test
    void shouldRefuseASaltThatWasUsedBeforeAndSayWhy() {
        engine.publish(FIRST);
        engine.publish(SECOND);
        engine.publish(FIRST_AGAIN);
        assertThat(salt()).isEqualTo("second");
        assertThat(engine.rejections()).extracting(RejectedEvent::getDetail).containsExactly(USED_UP);
        engine.publish(strategy(4, "second"));
        assertThat(engine.models.strategy().plan().version()).isEqualTo(4);
        engine.publish(strategy(5, "third"));
        assertThat(salt()).isEqualTo("third");
    }

    @Test
    void shouldStillKnowAfterARestart() {
        engine.publish(FIRST);
        engine.publish(SECOND);
        engine.publish(strategy(4, "second"));
        restart();
        assertThat(engine.models.strategy().plan().version()).isEqualTo(4);
        assertThat(engine.models.strategy().usedExperiments()).containsExactlyInAnyOrder("first", "kombo-default");
        engine.publish(FIRST_AGAIN);
        engine.publish(strategy(4, "second"));
        engine.publish(strategy(5, "second"));
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getDetail)
                .singleElement()
                .asString()
                .contains(USED_UP);
        assertThat(engine.models.strategy().plan().version()).isEqualTo(5);
    }

    @Test
    void shouldUseUpASaltThatWasRemoved() {
        engine.publish(FIRST);
        engine.publish(null);
        assertThat(salt()).isEqualTo("kombo-default");
        engine.publish(FIRST_AGAIN);
        assertThat(salt()).isEqualTo("kombo-default");
        assertThat(engine.rejections()).extracting(RejectedEvent::getDetail).containsExactly(USED_UP);

        restart();
        assertThat(salt()).isEqualTo("kombo-default");
        assertThat(engine.models.strategy().usedExperiments()).containsExactly("first");
        engine.publish(strategy(1, "another"));
        assertThat(salt()).isEqualTo("another");
        engine.publish(strategy(2, "kombo-default"));
        assertThat(salt()).isEqualTo("another");
    }

    @Test
    void shouldEnterNobodyTwiceIntoAnExperiment() {
        engine.publish(FIRST);
        view("user");
        engine.publish(SECOND);
        view("user");
        engine.publish(FIRST_AGAIN);
        view("user");
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(OfferOutcome::getExperiment)
                .containsExactly("first", "second");
    }

    private String salt() {
        return engine.models.strategy().plan().salt();
    }

    private void view(String user) {
        engine.send(EngineDriver.event(
                        "e" + engine.counters.get(KomboMetric.EVENTS, "accepted"),
                        user,
                        EventType.VIEW,
                        Duration.ofHours(1))
                .setItemId("a"));
    }

    /** Another instance takes over: it restores the stores, and reads active-strategy as compaction leaves it. */
    private void restart() {
        Map<String, Strategy> latest = new LinkedHashMap<>();
        for (KeyValue<String, Strategy> record : engine.activated()) {
            latest.remove(record.key);
            latest.put(record.key, record.value);
        }
        Map<String, Map<Object, Object>> stored = engine.stored();
        open();
        engine.restore(stored);
        latest.forEach((experiment, strategy) -> engine.input(engine.topics.name(Topic.ACTIVE_STRATEGY), Strategy.class)
                .pipeInput(experiment, strategy));
    }

    private static Strategy strategy(long version, String salt) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt(salt)
                .setArms(List.of(StrategyArms.of("offers", ArmKind.TREATMENT, 1.0)))
                .build();
    }
}
