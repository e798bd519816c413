package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event id seen among the latest, or within the time, changes nothing. */
class DuplicateEventTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(ShopperSettings.ROBOT_RATE.name(), "100000"));
    }

    @Test
    void shouldWriteAndSendNothingWhenAPurchaseComesTwice() {
        BehaviorEvent purchase = EngineDriver.purchase(
                        "e1", engine.userOf("treatment"), "a", 1000, Duration.ofSeconds(1))
                .setOrderId("o1")
                .build();
        engine.send(purchase);
        byte[] before = engine.stored("u:" + purchase.getUserId());
        drain();

        engine.send(BehaviorEvent.newBuilder(purchase).setQuantity(7).build());

        assertThat(engine.stored("u:" + purchase.getUserId())).isEqualTo(before);
        assertNothingSent();
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(1);
    }

    @Test
    void shouldCountAPurchaseThatHasTheIdOfAnEventOfAPage() {
        String user = engine.userOf("treatment");
        engine.send(view("order-1-line-1", user, Duration.ofSeconds(1)));
        BehaviorEvent purchase = EngineDriver.purchase("order-1-line-1", user, "a", 1000, Duration.ofSeconds(2))
                .setOrderId("o1")
                .build();

        engine.send(purchase);
        engine.send(purchase);
        engine.send(view("order-1-line-1", user, Duration.ofSeconds(3)));

        assertThat(engine.outcomes(OutcomeKind.PURCHASED))
                .extracting(OfferOutcome::getRevenueMinor)
                .containsExactly(1000L);
        assertThat(engine.counters.get(KomboMetric.EVENT_ID_CLASHES, "purchase"))
                .isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(2);
    }

    @Test
    void shouldGiveEachOfferAnIdOfItsOwnWhenAPurchaseTakesTheIdOfATrigger() {
        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW,PURCHASE", OfferSettings.INTERVAL.name(), "0"));
        String user = engine.userOf("treatment");

        engine.send(view("same", user, Duration.ofSeconds(1)));
        engine.send(EngineDriver.purchase("same", user, "b", 1, Duration.ofSeconds(2)));

        assertThat(engine.offers()).extracting(BundleOffer::getOfferId).doesNotHaveDuplicates();
    }

    @Test
    void shouldKnowExactlyTheLatest256Ids() {
        String user = engine.userOf("treatment");
        for (int i = 0; i < 257; i++) {
            engine.send(view("e" + i, user, Duration.ofSeconds(i + 1L)));
        }
        engine.send(view("e1", user, Duration.ofSeconds(301)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        engine.send(view("e0", user, Duration.ofSeconds(302)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(258);
    }

    @Test
    void shouldForgetAnIdAfter24HoursOfTheShoppersTime() {
        String user = engine.userOf("treatment");
        engine.send(view("old", user, Duration.ZERO));
        engine.send(view("edge", user, Duration.ofHours(24)));
        engine.send(view("old", user, Duration.ofHours(24)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);

        engine.send(view("later", user, Duration.ofHours(24).plusMillis(1)));
        engine.send(view("old", user, Duration.ofHours(24).plusMillis(2)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(4);
    }

    @Test
    void shouldKnowAPurchaseAndAReturnForAsLongAsTheAttributionWindow() {
        String user = engine.userOf("treatment");
        engine.send(view("view", user, Duration.ZERO));
        BehaviorEvent purchase = EngineDriver.purchase("buy", user, "a", 1000, Duration.ofHours(1))
                .build();
        BehaviorEvent back = EngineDriver.event("back", user, EventType.RETURN, Duration.ofHours(2))
                .setItemId("a")
                .setUnitPriceMinor(1000L)
                .setCurrency("GBP")
                .build();
        engine.send(purchase);
        engine.send(back);
        for (int i = 0; i < 300; i++) {
            engine.send(view("v" + i, user, Duration.ofHours(3).plusSeconds(i)));
        }
        engine.outcomes();
        Duration week = Duration.ofDays(7);
        engine.send(view("edge", user, week.plusHours(1)));
        engine.send(purchase);
        engine.send(back);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(2);
        assertThat(engine.outcomes(OutcomeKind.PURCHASED)).isEmpty();

        // Past the window they are new events: the bound. Ids are forgotten when the next purchase comes.
        engine.send(
                EngineDriver.purchase("next", user, "b", 1, week.plusHours(1).plusMillis(1)));
        engine.send(purchase);
        engine.send(back);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(3);
        assertThat(engine.outcomes(OutcomeKind.PURCHASED))
                .extracting(OfferOutcome::getRevenueMinor)
                .containsExactly(1L, 1000L);
    }

    @Test
    void shouldKnowAPurchaseThoughManyOthersFollow() {
        String user = engine.userOf("treatment");
        for (int i = 0; i < 513; i++) {
            engine.send(EngineDriver.purchase("e" + i, user, "a", 1000, Duration.ofSeconds(i + 1L)));
        }
        engine.send(EngineDriver.purchase("e1", user, "a", 1000, Duration.ofSeconds(601)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        engine.send(EngineDriver.purchase("e0", user, "a", 1000, Duration.ofSeconds(602)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate"))
                .as("512 are known")
                .isEqualTo(1);
    }

    @Test
    void shouldTakeTheSameIdOfTwoShoppersForTwoEvents() {
        engine.send(view("e1", "one", Duration.ofSeconds(1)));
        engine.send(view("e1", "two", Duration.ofSeconds(2)));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(2);
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
