package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.Cart;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.SessionMerge;
import dev.kombo.schema.Strategy;
import dev.kombo.topology.task.StoreNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A visitor logs in: what the session holds becomes the user's, through the topology. */
class LoginFlowTest {
    private static final String SESSION = "visit";
    private static final String USER = "ann";

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class)
                .pipeInput(
                        "default",
                        Strategy.newBuilder()
                                .setVersion(1)
                                .setSalt("everyone")
                                .setArms(List.of(StrategyArms.of("treatment", ArmKind.TREATMENT, 1.0)))
                                .build());
    }

    private static BehaviorEvent.Builder visit(String id, EventType type, long second) {
        return EngineDriver.visit(id, SESSION, type, Duration.ofSeconds(second));
    }

    /** An event that names both. */
    private static BehaviorEvent.Builder both(String id, EventType type, long second) {
        return EngineDriver.event(id, USER, type, Duration.ofSeconds(second)).setSessionId(SESSION);
    }

    private BundleOffer offerSeenByTheVisitor() {
        engine.send(visit("view", EventType.VIEW, 1).setItemId("a"));
        BundleOffer offer = engine.offers().get(0);
        engine.send(visit("seen", EventType.OFFER_IMPRESSION, 2).setOfferId(offer.getOfferId()));
        engine.outcomes();
        return offer;
    }

    private List<KeyValue<String, SessionMerge>> merges() {
        return engine.output(engine.topics.name(Topic.SESSION_MERGE), SessionMerge.class);
    }

    @Test
    void shouldMoveWhatTheSessionHoldsAndLeaveNothing() {
        offerSeenByTheVisitor();
        engine.send(visit("cart", EventType.ADD_TO_CART, 3).setItemId("b"));
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));

        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.contents(StoreNames.USER_HISTORY).keySet()).noneMatch(key -> key.startsWith("s:"));
        assertThat(engine.contents(StoreNames.USER_OFFER).keySet()).hasSize(1).allMatch(key -> key.startsWith("u:"));
        ShopperState user = engine.shopper("u:" + USER);
        assertThat(user.behavior().cart().lines()).extracting(Cart.Line::itemId).containsExactly("b");
        assertThat(user.ledger().offers()).hasSize(1);
        assertThat(EngineDriver.events(user)).isEqualTo(4);
        assertThat(user.behavior().firstSeen())
                .isEqualTo(EngineDriver.START.plusSeconds(1).toEpochMilli());
        assertThat(user.behavior().lastOfferAt()).hasSize(1);
        assertThat(user.behavior().exposures().size()).isPositive();
        assertThat(engine.driver
                        .<Bytes, byte[]>getKeyValueStore(StoreNames.USER_TIMER)
                        .approximateNumEntries())
                .as("the user's visit, and the end of the mark that the session was merged")
                .isEqualTo(2);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "moved")).isEqualTo(1);
        engine.advance(Duration.ofHours(30));
        assertThat(engine.counters.get(KomboMetric.SESSIONS_EXPIRED)).isZero();
    }

    @Test
    void shouldCountTheQuestionAsEmptyWhenTheSessionHeldNothing() {
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));

        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "asked")).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "empty")).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "moved")).isZero();
    }

    @Test
    void shouldSendTheQuestionToTheSessionAndTheAnswerToTheUser() {
        offerSeenByTheVisitor();
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        List<KeyValue<String, SessionMerge>> sent = merges();
        assertThat(sent).extracting(record -> record.key).containsExactly(SESSION, USER);
        assertThat(sent.get(0).value.getShopper()).isNull();
        assertThat(sent.get(1).value.getShopper()).isNotNull();
        assertThat(sent).allSatisfy(record -> {
            assertThat(record.value.getUserId()).isEqualTo(USER);
            assertThat(record.value.getSessionId()).isEqualTo(SESSION);
            assertThat(record.value.getEventId()).isEqualTo("login");
        });
    }

    @Test
    void shouldCountLaterOutcomesForTheVisitorsArmAndPurchasesForTheUsers() {
        BundleOffer offer = offerSeenByTheVisitor();
        engine.send(both("login", EventType.VIEW, 5).setItemId("b"));
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(OfferOutcome::getExperiment)
                .containsExactly("everyone");
        engine.send(both("buy", EventType.PURCHASE, 6)
                .setBundleId("ab")
                .setOfferId(offer.getOfferId())
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP"));
        List<OfferOutcome> outcomes = engine.outcomes();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.CONVERSION)
                .singleElement()
                .satisfies(conversion -> {
                    assertThat(conversion.getOfferId()).isEqualTo(offer.getOfferId());
                    assertThat(conversion.getExperiment()).isEqualTo("everyone/visitors");
                    assertThat(conversion.getUserId()).isEqualTo(USER);
                    assertThat(conversion.getSessionId()).isNull();
                    assertThat(conversion.getRevenueMinor()).isEqualTo(2700);
                });
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.PURCHASED)
                .extracting(OfferOutcome::getExperiment)
                .containsExactly("everyone");
        assertThat(engine.shopper("u:" + USER).enrollment().experiment()).isEqualTo("everyone");
    }

    @Test
    void shouldCreditTheOfferWhenThePurchaseIsTheLogin() {
        BundleOffer offer = offerSeenByTheVisitor();
        engine.send(both("buy-a", EventType.PURCHASE, 5)
                .setItemId("a")
                .setUnitPriceMinor(900L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION)).isEmpty();
        engine.send(both("buy-b", EventType.PURCHASE, 6)
                .setItemId("b")
                .setUnitPriceMinor(1800L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION)).singleElement().satisfies(conversion -> {
            assertThat(conversion.getOfferId()).isEqualTo(offer.getOfferId());
            assertThat(conversion.getRevenueMinor()).isEqualTo(2700);
        });
    }

    @Test
    void shouldCreditTheOfferWhenTheLoginBuysTheBundleAsAWhole() {
        BundleOffer offer = offerSeenByTheVisitor();
        engine.send(both("buy", EventType.PURCHASE, 5)
                .setBundleId("ab")
                .setOfferId(offer.getOfferId())
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION)).singleElement().satisfies(conversion -> {
            assertThat(conversion.getOfferId()).isEqualTo(offer.getOfferId());
            assertThat(conversion.getEventId()).isEqualTo("buy");
            assertThat(conversion.getRevenueMinor()).isEqualTo(2700);
        });
        engine.advance(Duration.ofDays(10));
        assertThat(engine.rejections()).isEmpty();
    }

    @Test
    void shouldAskOnceAndMoveNothingTwice() {
        offerSeenByTheVisitor();
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        merges();
        engine.send(both("more", EventType.FAVOURITE, 6).setItemId("b"));
        assertThat(merges()).as("asked a second ago").isEmpty();
        byte[] before = engine.stored("u:" + USER);
        SessionMerge again = new SessionMerge(USER, SESSION, "login", 5L, null, List.of());
        engine.input(engine.topics.name(Topic.SESSION_MERGE), SessionMerge.class)
                .pipeInput(SESSION, again);
        assertThat(merges()).as("no answer").isEmpty();
        assertThat(engine.stored("u:" + USER)).isEqualTo(before);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "moved")).isEqualTo(1);
    }

    @Test
    void shouldMoveNothingWhenTheSessionDidNothing() {
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        assertThat(merges()).hasSize(1);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "asked")).isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "moved")).isZero();
    }

    @Test
    void shouldStartANewSessionAfterwardsThatTheNextLoginMovesAgain() {
        offerSeenByTheVisitor();
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        engine.send(visit("later", EventType.ADD_TO_CART, 6).setItemId("a"));
        assertThat(engine.shopper("s:" + SESSION).behavior().cart().lines()).hasSize(1);
        assertThat(engine.shopper("s:" + SESSION).ledger().offers()).isEmpty();
        engine.send(both("soon", EventType.FAVOURITE, 7).setItemId("b"));
        assertThat(engine.shopper("s:" + SESSION)).isNotNull();
        engine.send(both("next", EventType.FAVOURITE, 70).setItemId("b"));
        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.shopper("u:" + USER).behavior().cart().lines()).hasSize(1);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "moved")).isEqualTo(2);
    }

    @Test
    void shouldGiveTheUserWhatTheSessionDidBeforeTheLoginButItsTaskReadsAfterIt() {
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        engine.send(visit("read late", EventType.ADD_TO_CART, 4).setItemId("a"));
        engine.send(visit("read late, too", EventType.VIEW, 5).setItemId("b"));
        engine.send(visit("read late", EventType.ADD_TO_CART, 4).setItemId("a"));

        assertThat(engine.shopper("s:" + SESSION)).isNull();
        ShopperState user = engine.shopper("u:" + USER);
        assertThat(user.behavior().cart().lines()).extracting(Cart.Line::itemId).containsExactly("a");
        assertThat(EngineDriver.events(user)).isEqualTo(3);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(3);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(OfferOutcome::getExperiment)
                .as("the user, and no visitor")
                .containsExactly("everyone");
    }

    @Test
    void shouldRememberOnceInWhichUserASessionWasMergedThatTheUserGoesOnWith() {
        for (int minute = 0; minute < 10; minute++) {
            engine.send(
                    both("view-" + minute, EventType.FAVOURITE, 90L * minute).setItemId("a"));
        }
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "empty")).isEqualTo(10);
        engine.send(
                visit("between two requests, read late", EventType.VIEW, 800).setItemId("a"));
        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.driver
                        .<Bytes, byte[]>getKeyValueStore(StoreNames.USER_TIMER)
                        .approximateNumEntries())
                .as("the user's visit and the end of one mark")
                .isEqualTo(2);
    }

    @Test
    void shouldForgetAfterADayInWhichUserASessionWasMerged() {
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        assertThat(engine.contents(StoreNames.USER_ERASED)).hasSize(1);
        engine.send(EngineDriver.event("clock", "another", EventType.VIEW, Duration.ofHours(25))
                .setItemId("a"));
        engine.advance(Duration.ofSeconds(1));
        assertThat(engine.contents(StoreNames.USER_ERASED)).isEmpty();
    }

    @Test
    void shouldForgetInWhichUserASessionWasMergedWhenTheUserIsErased() {
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        long asked = EngineDriver.START.plusSeconds(7).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(USER, new ErasureRequest(USER, asked, null), asked);
        assertThat(engine.contents(StoreNames.USER_ERASED).keySet()).noneMatch(key -> key.startsWith("merged:"));
        engine.send(visit("read late", EventType.VIEW, 4).setItemId("a"));
        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.counters.get(KomboMetric.EVENTS, "erased")).isEqualTo(1);
    }

    @Test
    void shouldKnowTheSessionsEventsWhenTheyAreSentAgainInTheUsersName() {
        BehaviorEvent bought = visit("buy", EventType.PURCHASE, 2)
                .setItemId("a")
                .setUnitPriceMinor(900L)
                .setCurrency("GBP")
                .build();
        offerSeenByTheVisitor();
        engine.send(bought);
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        engine.outcomes();
        engine.send(BehaviorEvent.newBuilder(bought).setUserId(USER).build());
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
        assertThat(engine.outcomes()).isEmpty();
    }

    @Test
    void shouldCloseTheOlderOfTwoOpenOrdersAndGoOnWithTheOther() {
        for (String item : List.of("a", "b")) {
            engine.send(visit("guest-" + item, EventType.PURCHASE, 2)
                    .setItemId(item)
                    .setOrderId("guest"));
        }
        engine.updates();
        engine.send(both("buy", EventType.PURCHASE, 5).setItemId("a").setOrderId("own"));
        List<KeyValue<String, ItemUpdate>> closed = engine.updates().stream()
                .filter(record -> !record.value.getPartners().isEmpty())
                .toList();
        assertThat(closed).extracting(record -> record.key).containsExactlyInAnyOrder("i:a", "i:b");
        assertThat(engine.shopper("u:" + USER).behavior().order().orderId()).isEqualTo("own");
        assertThat(engine.shopper("u:" + USER).behavior().order().items()).containsExactly("a");
    }

    @Test
    void shouldForgetWhatTheSessionHeldWhenTheUserWasErasedMeanwhile() {
        offerSeenByTheVisitor();
        byte[] held = engine.stored("s:" + SESSION);
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(USER, new ErasureRequest(USER, EngineDriver.START.toEpochMilli(), null));
        engine.input(engine.topics.name(Topic.SESSION_MERGE), SessionMerge.class)
                .pipeInput(USER, new SessionMerge(USER, SESSION, "login", 5L, ByteBuffer.wrap(held), List.of()));
        assertThat(engine.shopper("u:" + USER)).isNull();
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "erased")).isEqualTo(1);
    }

    @Test
    void shouldForgetWhatTheSessionHeldWhenTheUserWasErasedAndCameBackMeanwhile() {
        offerSeenByTheVisitor();
        byte[] held = engine.stored("s:" + SESSION);
        long login = EngineDriver.START.plusSeconds(5).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(USER, new ErasureRequest(USER, login + 1, null), login + 1);
        engine.send(EngineDriver.event("back", USER, EventType.VIEW, Duration.ofSeconds(6))
                .setItemId("a"));
        byte[] back = engine.stored("u:" + USER);
        engine.input(engine.topics.name(Topic.SESSION_MERGE), SessionMerge.class)
                .pipeInput(USER, new SessionMerge(USER, SESSION, "login", login, ByteBuffer.wrap(held), List.of()));
        assertThat(engine.stored("u:" + USER)).isEqualTo(back);
        assertThat(engine.counters.get(KomboMetric.SESSIONS_LINKED, "erased")).isEqualTo(1);
    }

    @Test
    void shouldForgetSessionsOfAnErasedUserThatWentOnWithoutTheUser() {
        engine.send(both("login", EventType.FAVOURITE, 5).setItemId("a"));
        engine.send(visit("logged out", EventType.VIEW, 6).setItemId("a"));
        engine.send(EngineDriver.visit("other", "other-session", EventType.VIEW, Duration.ofSeconds(6))
                .setItemId("a"));
        assertThat(engine.shopper("s:" + SESSION)).isNotNull();
        long asked = EngineDriver.START.plusSeconds(7).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(USER, new ErasureRequest(USER, asked, null), asked);

        assertThat(engine.shopper("u:" + USER)).isNull();
        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.shopper("s:other-session")).isNotNull();
        engine.send(visit("under way", EventType.VIEW, 6).setItemId("b"));
        assertThat(engine.shopper("s:" + SESSION)).isNull();
    }

    @Test
    void shouldForgetASessionOfWhichAnErasureDidNotKnowYet() {
        engine.send(visit("view", EventType.VIEW, 1).setItemId("a"));
        engine.send(EngineDriver.visit("new", "a-later-session", EventType.VIEW, Duration.ofSeconds(8))
                .setItemId("a"));
        long asked = EngineDriver.START.plusSeconds(7).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(USER, new ErasureRequest(USER, asked, null), asked);
        engine.send(both("read after the erasure", EventType.FAVOURITE, 5).setItemId("a"));
        engine.send(both("so was this", EventType.FAVOURITE, 5)
                .setSessionId("a-later-session")
                .setItemId("a"));
        engine.send(both("without a session", EventType.FAVOURITE, 5)
                .setSessionId(" ")
                .setItemId("a"));

        assertThat(engine.shopper("u:" + USER)).isNull();
        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.shopper("s:a-later-session")).as("began later").isNotNull();
    }

    @Test
    void shouldForgetAVisitorWhenAskedTo() {
        offerSeenByTheVisitor();
        long asked = EngineDriver.START.plusSeconds(7).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(SESSION, new ErasureRequest("", asked, SESSION), asked);

        assertThat(engine.shopper("s:" + SESSION)).isNull();
        assertThat(engine.contents(StoreNames.USER_OFFER)).isEmpty();
        assertThat(engine.counters.get(KomboMetric.USERS_ERASED)).isEqualTo(1);
        engine.send(visit("back", EventType.VIEW, 8).setItemId("a"));
        assertThat(engine.shopper("s:" + SESSION)).isNotNull();
    }

    @Test
    void shouldTakeASessionOfTheUsersOwnNameForASession() {
        engine.send(EngineDriver.visit("view", USER, EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.event("login", USER, EventType.FAVOURITE, Duration.ofSeconds(2))
                .setSessionId(USER)
                .setItemId("b"));
        assertThat(engine.shopper("s:" + USER)).isNull();
        assertThat(engine.shopper("u:" + USER).behavior().cart().lines()).hasSize(1);
    }
}
