package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.Strategy;
import dev.kombo.settings.Millis;
import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A visitor without a user id is known by the session, apart from users of the same name. */
class VisitorTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    private void open(Map<String, String> settings) {
        engine = shop.open(settings);
        engine.item("c", 500);
        engine.bundle("bc", 2250, "b", "c");
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class).pipeInput("default", everyoneTreated());
    }

    private static Strategy everyoneTreated() {
        return Strategy.newBuilder()
                .setVersion(1)
                .setSalt("everyone")
                .setArms(List.of(StrategyArms.of("treatment", ArmKind.TREATMENT, 1.0)))
                .build();
    }

    @Test
    void shouldOfferByTheSessionsOwnSignals() {
        open(Map.of());
        engine.send(EngineDriver.visit("e1", "visit", EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("c"));
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getUserId()).isNull();
        assertThat(offer.getSessionId()).isEqualTo("visit");
        assertThat(offer.getBundles().get(0).getBundleId()).isEqualTo("bc");
        assertThat(engine.shopper("s:visit").behavior().cart().lines()).hasSize(1);
    }

    @Test
    void shouldKeepVisitorsInAnExperimentOfTheirOwn() {
        open(Map.of());
        engine.send(EngineDriver.visit("e1", "visit", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.event("e1", "visit", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(OfferOutcome::getExperiment)
                .containsExactly("everyone/visitors", "everyone");
    }

    @Test
    void shouldNotMixAUserAndASessionOfTheSameName() {
        open(Map.of());
        engine.send(EngineDriver.event("e1", "x", EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.visit("e1", "x", EventType.ADD_TO_CART, Duration.ofSeconds(2))
                .setItemId("c"));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isZero();
        assertThat(engine.shopper("u:x").behavior().cart().lines())
                .extracting(line -> line.itemId())
                .containsExactly("a");
        assertThat(engine.shopper("s:x").behavior().cart().lines())
                .extracting(line -> line.itemId())
                .containsExactly("c");
    }

    @Test
    void shouldForgetAVisitorButNoUserWhenTheSessionExpires() {
        open(Map.of());
        engine.send(EngineDriver.visit("e1", "visit", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.event("e2", "user", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(engine.shopper("s:visit")).isNotNull();
        engine.advance(Duration.ofSeconds(2));
        assertThat(engine.shopper("s:visit")).isNull();
        assertThat(engine.shopper("u:user")).isNotNull();
        assertThat(engine.counters.get(KomboMetric.SESSIONS_EXPIRED)).isEqualTo(1);
        // What was offered to the visitor ends with the session.
        assertThat(engine.outcomes(OutcomeKind.EXPIRED))
                .extracting(OfferOutcome::getSessionId)
                .containsExactly("visit");
    }

    @Test
    void shouldForgetAUserWhoDidNotComeForLong() {
        open(Map.of());
        for (int i = 0; i < 120; i++) {
            engine.send(EngineDriver.event("old" + i, "old-" + i, EventType.VIEW, Duration.ofSeconds(1))
                    .setItemId("a"));
        }
        engine.send(EngineDriver.event("e2", "young", EventType.VIEW, Duration.ofDays(10))
                .setItemId("a"));
        walkFourDays(380);
        assertThat(engine.contents(StoreNames.USER_PROFILE))
                .as("13 months less a day")
                .hasSize(121);
        walkFourDays(2);
        assertThat(engine.contents(StoreNames.USER_PROFILE)).containsOnlyKeys("u:young");
        assertThat(engine.contents(StoreNames.USER_OFFER)).isEmpty();
        assertThat(engine.counters.get(KomboMetric.USERS_EXPIRED)).isEqualTo(120);
    }

    @Test
    void shouldKeepAUserOfWhomSomethingIsToBeTold() {
        open(Map.of(ShopperSettings.USER_EXPIRY.name(), Long.toString(30 * Millis.DAY)));
        engine.send(EngineDriver.event("e1", "user", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        walkFourDays(35);
        assertThat(engine.shopper("u:user")).isNotNull();
        walkFourDays(22);
        engine.advance(Duration.ofHours(12));
        assertThat(engine.outcomes(OutcomeKind.MATURED))
                .extracting(OfferOutcome::getMeasure)
                .contains("repeatPurchase30d");
        walkFourDays(1);
        assertThat(engine.shopper("u:user")).isNull();
        assertThat(engine.counters.get(KomboMetric.USERS_EXPIRED)).isEqualTo(1);
    }

    @Test
    void shouldNotForgetWhatAUserHolds() {
        open(Map.of(ProfileLimits.HOLDINGS.name(), "true"));
        for (String user : List.of("holder", "returner")) {
            engine.send(EngineDriver.purchase("buy-" + user, user, "a", 100, Duration.ofSeconds(1)));
        }
        engine.send(EngineDriver.purchase("return", "returner", "a", 100, Duration.ofSeconds(2))
                .setType(EventType.RETURN));
        walkFourDays(800);
        assertThat(engine.contents(StoreNames.USER_PROFILE)).containsOnlyKeys("u:holder");
    }

    /** After some days, four in which walks over all shoppers begin and end. */
    private void walkFourDays(int after) {
        engine.advance(Duration.ofDays(after));
        for (int slice = 0; slice < 8; slice++) {
            engine.advance(Duration.ofHours(12));
        }
    }

    @Test
    void shouldLookAfterOthersWhenTheProfileOfOneIsBroken() {
        open(Map.of());
        for (String session : List.of("first", "second")) {
            engine.send(EngineDriver.visit("e1", session, EventType.VIEW, Duration.ofSeconds(1))
                    .setItemId("a"));
        }
        byte[] profile = engine.<byte[]>store(StoreNames.USER_PROFILE).get("s:first");
        engine.<byte[]>store(StoreNames.USER_PROFILE).put("s:first", new byte[] {profile[0], -1});
        engine.advance(Duration.ofHours(24).plusSeconds(2));
        assertThat(engine.contents(StoreNames.USER_PROFILE)).containsOnlyKeys("s:first");
        assertThat(engine.counters.get(KomboMetric.CARE_FAILED, "shopper")).isEqualTo(1);
        engine.advance(Duration.ofMinutes(9));
        assertThat(engine.counters.get(KomboMetric.CARE_FAILED, "shopper"))
                .as("put off")
                .isEqualTo(1);
        engine.<byte[]>store(StoreNames.USER_PROFILE).put("s:first", profile);
        engine.advance(Duration.ofMinutes(2));
        assertThat(engine.contents(StoreNames.USER_PROFILE)).isEmpty();
        assertThat(engine.counters.get(KomboMetric.SESSIONS_EXPIRED)).isEqualTo(2);
    }

    @Test
    void shouldKeepAVisitorWhoComesBackInTime() {
        open(Map.of());
        engine.send(EngineDriver.visit("e1", "visit", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.visit("e2", "visit", EventType.VIEW, Duration.ofHours(20))
                .setItemId("a"));
        engine.advance(Duration.ofHours(5));
        assertThat(engine.shopper("s:visit")).isNotNull();
        engine.advance(Duration.ofHours(20));
        assertThat(engine.shopper("s:visit")).isNull();
    }

    @Test
    void shouldCloseTheOpenOrderWhenTheSessionExpiresFirst() {
        open(Map.of(ShopperSettings.SESSION_EXPIRY.name(), "60000", ShopperSettings.ORDER_CLOSE.name(), "3600000"));
        for (String item : List.of("a", "c")) {
            engine.send(EngineDriver.visit("buy-" + item, "visit", EventType.PURCHASE, Duration.ofSeconds(1))
                    .setItemId(item)
                    .setOrderId("o1"));
        }
        engine.updates();
        engine.advance(Duration.ofMinutes(2));
        assertThat(engine.shopper("s:visit")).isNull();
        assertThat(engine.updates())
                .filteredOn(record -> !record.value.getPartners().isEmpty())
                .extracting(record -> record.key)
                .containsExactlyInAnyOrder("i:a", "i:c");
    }
}
