package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.experiment.Measure;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a shop's past teach like any other, but no experiment counts them. */
class PastOrdersTest {
    private static final Duration PAST = Duration.ofHours(1);
    private static final Duration NOW = Duration.ofDays(10);

    @TempDir
    Path stateDir;

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        start();
        engine.publish(Strategy.newBuilder()
                .setVersion(2)
                .setSalt("test")
                .setArms(List.of(
                        StrategyArms.of("control", ArmKind.HOLDOUT, 0.5),
                        StrategyArms.of("offers", ArmKind.TREATMENT, 0.5)))
                .build());
        user = engine.userOf("offers");
    }

    private void start() {
        engine = new EngineDriver(
                stateDir,
                Map.of(OfferSettings.TRIGGERS.name(), "VIEW,PURCHASE", CustomerLevels.NAMES.name(), "region"));
        engine.item("a", 1000);
        engine.item("b", 2000);
        engine.bundle("ab", 2700, "a", "b");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldLearnEverythingAndOfferNothingFromThePast() {
        past(EngineDriver.event("p1", user, EventType.VIEW, PAST).setItemId("a"));
        past(bought("p2", "a", PAST.plusMinutes(1)));
        past(bought("p3", "b", PAST.plusMinutes(1)));
        past(EngineDriver.event("p4", user, EventType.OFFER_REQUEST, PAST.plusMinutes(2)));
        past(bought("p5", "a", PAST.plusDays(1)).setOrderId("next"));

        assertThat(engine.offers()).isEmpty();
        assertThat(engine.outcomes()).isEmpty();
        assertThat(engine.shopper("u:" + user).enrollment()).isNull();
        assertThat(engine.shopper("u:" + user).behavior().purchases().count(StableHash.of("i:a")))
                .isEqualTo(2);
        assertThat(engine.updates())
                .as("what was bought together is learned")
                .anySatisfy(update -> assertThat(update.value.getPartners()).contains("b"));
    }

    @Test
    void shouldEnterAtTheFirstEventThatIsNotOfThePast() {
        past(bought("p1", "a", PAST));
        Map<String, Map<Object, Object>> stored = engine.stored();
        engine.close();
        start();
        engine.restore(stored);

        view("now", NOW);
        past(bought("p2", "b", NOW.plusMinutes(1)));

        assertThat(engine.offers()).extracting(BundleOffer::getTriggerEventId).containsExactly("now");
        List<OfferOutcome> outcomes = engine.outcomes();
        assertThat(outcomes)
                .extracting(OfferOutcome::getKind)
                .containsExactlyInAnyOrder(OutcomeKind.ENTERED, OutcomeKind.OFFERED, OutcomeKind.ACTIVE);
        assertThat(engine.shopper("u:" + user).enrollment().enteredAt())
                .isEqualTo(EngineDriver.START.plus(NOW).toEpochMilli());
        assertThat(engine.shopper("u:" + user).observations().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.revenues().get("GBP").priorMinor())
                        .as("what was paid in the past tells shoppers apart")
                        .isEqualTo(1000));
    }

    @Test
    void shouldCountNoReturnOfWhatWasBoughtInThePast() {
        past(bought("p1", "a", PAST));
        view("now", NOW);
        send(back("r1", "a", NOW.plusHours(1)));
        past(back("r2", "b", NOW.plusHours(2)));
        engine.outcomes();

        assertThat(outcomesTo(NOW.plusDays(2), OutcomeKind.PURCHASED)).isEmpty();
        assertThat(engine.shopper("u:" + user).observations().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.revenues().get("GBP").revenueMinor(Measure.REVENUE_7D))
                        .isZero());
    }

    @Test
    void shouldCountAllThatIsBoughtFromThePurchaseOnThatAssigns() {
        send(bought("now", "a", NOW));
        send(bought("more", "b", NOW.plusMinutes(1)));
        send(bought("late", "a", NOW.minusDays(1)));
        send(back("back", "b", NOW.plusHours(1)));

        assertThat(outcomesTo(NOW.plusHours(2), OutcomeKind.PURCHASED))
                .extracting(OfferOutcome::getEventId, OfferOutcome::getRevenueMinor)
                .as("all lines of the order, and nothing from before")
                .containsExactly(tuple("now", 1000L), tuple("more", 2000L), tuple("back", -2000L));
    }

    private List<OfferOutcome> outcomesTo(Duration time, OutcomeKind kind) {
        view("end", time);
        return engine.outcomes(kind);
    }

    private void view(String id, Duration time) {
        send(EngineDriver.event(id, user, EventType.VIEW, time).setItemId("a"));
    }

    private BehaviorEvent.Builder bought(String id, String item, Duration time) {
        return EngineDriver.purchase(id, user, item, item.equals("a") ? 1000 : 2000, time)
                .setOrderId("order");
    }

    private BehaviorEvent.Builder back(String id, String item, Duration time) {
        return bought(id, item, time).setType(EventType.RETURN);
    }

    private void past(BehaviorEvent.Builder event) {
        send(event.setHistory(true));
    }

    private void send(BehaviorEvent.Builder event) {
        engine.send(event);
    }

    private Behavior behavior() {
        return engine.shopper("u:" + user).behavior();
    }

    @Test
    void shouldLeaveTheCartWhereItsItemWasBoughtLongBefore() {
        engine.send(EngineDriver.event("now", user, EventType.ADD_TO_CART, NOW)
                .setItemId("a")
                .setQuantity(1));
        past(bought("p", "a", PAST));

        assertThat(behavior().cart().lines())
                .extracting(Cart.Line::itemId)
                .as("in the cart since today")
                .contains("a");
    }

    @Test
    void shouldKeepTheOrderThatIsOpenNow() {
        engine.send(EngineDriver.purchase("l1", user, "a", 1000, NOW).setOrderId("now"));
        past(bought("p", "b", PAST).setOrderId("past"));
        engine.send(
                EngineDriver.purchase("l2", user, "b", 2000, NOW.plusSeconds(1)).setOrderId("now"));

        assertThat(behavior().order().items()).containsExactly("a", "b");
    }

    @Test
    void shouldKeepTheLatestAttributes() {
        engine.send(EngineDriver.event("now", user, EventType.VIEW, NOW)
                .setItemId("a")
                .setAttributes(Map.of("segments", "adult", "region", "north")));
        past(bought("p", "b", PAST).setAttributes(Map.of("segments", "minor", "region", "south")));

        assertThat(behavior().segments()).containsExactly("adult");
        assertThat(behavior().levels().names()).containsExactly("region=north");
    }
}
