package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.RobotDetector;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Noise removal: shoppers faster than a person are flagged, counted, and kept from learning and offers. */
class RobotTest {
    private static final int LIMIT = 5;

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        engine = shop.open(
                Map.of(ShopperSettings.ROBOT_RATE.name(), Integer.toString(LIMIT), OfferSettings.INTERVAL.name(), "0"));
        user = engine.userOf("treatment");
    }

    @Test
    void shouldFlagCountAndNeitherLearnNorOfferWhenTheRateIsExceeded() {
        for (int i = 0; i < LIMIT; i++) {
            engine.send(view("e" + i, Duration.ofMillis(i)));
        }
        assertThat(engine.offers()).hasSize(LIMIT);
        engine.updates();
        assertThat(engine.shopper("u:" + user).behavior().recent().size()).isEqualTo(LIMIT);

        engine.send(view("fast-1", Duration.ofMillis(50)));
        engine.send(view("fast-2", Duration.ofMillis(60)));

        assertThat(engine.counters.get(KomboMetric.ROBOTS_FLAGGED)).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.ROBOT_EVENTS)).isEqualTo(2);
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.updates()).isEmpty();
        assertThat(engine.shopper("u:" + user).behavior().recent().size()).isEqualTo(LIMIT);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(LIMIT + 2);
    }

    @Test
    void shouldNotEvenAnswerARequestOfARobot() {
        for (int i = 0; i <= LIMIT; i++) {
            engine.send(view("e" + i, Duration.ofMillis(i)));
        }
        engine.offers();
        engine.send(EngineDriver.event("request", user, EventType.OFFER_REQUEST, Duration.ofMillis(90)));
        assertThat(engine.offers()).isEmpty();
    }

    @Test
    void shouldOfferAndLearnAgainWhenTheFlagEnds() {
        for (int i = 0; i <= LIMIT; i++) {
            engine.send(view("e" + i, Duration.ofMillis(i)));
        }
        engine.offers();
        engine.updates();
        engine.send(view("during", Duration.ofMillis(RobotDetector.FLAG_MILLIS)));
        assertThat(engine.offers()).isEmpty();
        engine.send(view("after", Duration.ofMillis(RobotDetector.FLAG_MILLIS + LIMIT)));
        assertThat(engine.offers()).hasSize(1);
        assertThat(engine.updates()).isNotEmpty();
    }

    @Test
    void shouldTakeTheLinesOfALargeOrderForOneAction() {
        for (int i = 0; i < 40; i++) {
            engine.send(EngineDriver.purchase("line" + i, user, "item" + i, 100, Duration.ofMillis(i))
                    .setOrderId("large"));
        }
        assertThat(engine.counters.get(KomboMetric.ROBOTS_FLAGGED)).isZero();
        assertThat(engine.counters.get(KomboMetric.ROBOT_EVENTS)).isZero();
    }

    @Test
    void shouldFlagPurchasesThatNameNoOrder() {
        for (int i = 0; i <= LIMIT; i++) {
            engine.send(EngineDriver.purchase("line" + i, user, "item" + i, 100, Duration.ofMillis(i)));
        }
        assertThat(engine.counters.get(KomboMetric.ROBOTS_FLAGGED)).isEqualTo(1);
    }

    private BehaviorEvent.Builder view(String id, Duration time) {
        return EngineDriver.event(id, user, EventType.VIEW, time).setItemId("a");
    }
}
