package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.UserProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An event id seen among the latest, or within the time, changes nothing. */
class DuplicateEventTest {
    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(stateDir, Map.of(KomboConfig.ROBOT_RATE, "100000"));
        engine.item("a", 1000);
        engine.item("b", 2000);
        engine.bundle("ab", 2700, "a", "b");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldWriteAndSendNothingWhenAPurchaseComesTwice() {
        BehaviorEvent purchase = EngineDriver.purchase(
                        "e1", engine.userOf("treatment"), "a", 1000, Duration.ofSeconds(1))
                .setOrderId("o1")
                .build();
        engine.send(purchase);
        UserProfile before = engine.profile("u:" + purchase.getUserId());
        drain();

        engine.send(BehaviorEvent.newBuilder(purchase).setQuantity(7).build());

        assertThat(engine.profile("u:" + purchase.getUserId())).isEqualTo(before);
        assertNothingSent();
        assertThat(engine.counters.get("event.duplicate")).isEqualTo(1);
        assertThat(engine.counters.get("event.accepted")).isEqualTo(1);
    }

    @Test
    void shouldKnowExactlyTheLatest256Ids() {
        String user = engine.userOf("treatment");
        for (int i = 0; i < 257; i++) {
            engine.send(view("e" + i, user, Duration.ofSeconds(i + 1L)));
        }
        engine.send(view("e1", user, Duration.ofSeconds(301)));
        assertThat(engine.counters.get("event.duplicate")).isEqualTo(1);
        engine.send(view("e0", user, Duration.ofSeconds(302)));
        assertThat(engine.counters.get("event.duplicate")).isEqualTo(1);
        assertThat(engine.counters.get("event.accepted")).isEqualTo(258);
    }

    @Test
    void shouldForgetAnIdAfter24HoursOfTheShoppersTime() {
        String user = engine.userOf("treatment");
        engine.send(view("old", user, Duration.ZERO));
        engine.send(view("edge", user, Duration.ofHours(24)));
        engine.send(view("old", user, Duration.ofHours(24)));
        assertThat(engine.counters.get("event.duplicate")).isEqualTo(1);

        engine.send(view("later", user, Duration.ofHours(24).plusMillis(1)));
        engine.send(view("old", user, Duration.ofHours(24).plusMillis(2)));
        assertThat(engine.counters.get("event.duplicate")).isEqualTo(1);
        assertThat(engine.counters.get("event.accepted")).isEqualTo(4);
    }

    @Test
    void shouldTakeTheSameIdOfTwoShoppersForTwoEvents() {
        engine.send(view("e1", "one", Duration.ofSeconds(1)));
        engine.send(view("e1", "two", Duration.ofSeconds(2)));
        assertThat(engine.counters.get("event.accepted")).isEqualTo(2);
    }

    private static BehaviorEvent.Builder view(String id, String user, Duration time) {
        return EngineDriver.event(id, user, EventType.VIEW, time).setItemId("a");
    }

    private void drain() {
        engine.offers();
        engine.outcomes();
        engine.updates();
    }

    private void assertNothingSent() {
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.outcomes()).isEmpty();
        assertThat(engine.updates()).isEmpty();
        assertThat(engine.rejections()).isEmpty();
    }
}
