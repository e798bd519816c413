package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.event.OfferMaker;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.report.Report;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.ReportWindow;
import dev.kombo.serde.ReportMapper;
import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What offers are credited with, late events, and erasure, through the topology. */
class AttributionFlowTest {
    private static final Duration WINDOW = Duration.ofHours(1);

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(
                OfferSettings.TRIGGERS.name(),
                "VIEW",
                AttributionSettings.WINDOW.name(),
                Long.toString(WINDOW.toMillis())));
        user = engine.userOf("treatment");
    }

    private BundleOffer offerSeen() {
        engine.send(EngineDriver.event("view", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        BundleOffer offer = engine.offers().get(0);
        engine.send(EngineDriver.event("seen", user, EventType.OFFER_IMPRESSION, Duration.ofSeconds(2))
                .setOfferId(offer.getOfferId()));
        engine.outcomes();
        return offer;
    }

    @Test
    void shouldConvertWhenAllMembersAreBoughtOneByOneAndTakeBackWhatIsReturned() {
        BundleOffer offer = offerSeen();
        engine.send(EngineDriver.purchase("buy-a", user, "a", 900, Duration.ofSeconds(10)));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION)).isEmpty();
        engine.send(EngineDriver.purchase("buy-b", user, "b", 1800, Duration.ofMinutes(30)));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION)).singleElement().satisfies(conversion -> {
            assertThat(conversion.getOfferId()).isEqualTo(offer.getOfferId());
            assertThat(conversion.getBundleId()).isEqualTo("ab");
            assertThat(conversion.getRevenueMinor()).isEqualTo(2700);
            assertThat(conversion.getViewThrough()).isTrue();
        });

        engine.send(EngineDriver.event("return", user, EventType.RETURN, Duration.ofHours(5))
                .setItemId("b")
                .setUnitPriceMinor(1800L)
                .setCurrency("GBP"));
        List<OfferOutcome> outcomes = engine.outcomes();
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.RETURN)
                .singleElement()
                .satisfies(back -> assertThat(back.getRevenueMinor()).isEqualTo(-1800));
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.PURCHASED)
                .singleElement()
                .satisfies(all -> assertThat(all.getRevenueMinor()).isEqualTo(-1800));
    }

    @Test
    void shouldNotConvertWhatIsBoughtAfterTheWindow() {
        offerSeen();
        engine.send(EngineDriver.purchase("buy-a", user, "a", 1000, WINDOW.plusSeconds(2)));
        engine.send(EngineDriver.purchase("buy-b", user, "b", 2000, WINDOW.plusSeconds(3)));
        assertThat(engine.outcomes())
                .extracting(OfferOutcome::getKind)
                .contains(OutcomeKind.EXPIRED)
                .doesNotContain(OutcomeKind.CONVERSION, OutcomeKind.PARTIAL_CONVERSION);
    }

    @Test
    void shouldRejectAnAnswerToAnUnknownOfferAfterTheWindowNotBefore() {
        engine.send(EngineDriver.event("click", user, EventType.OFFER_CLICK, Duration.ofSeconds(1))
                .setOfferId("never-made")
                .setBundleId("ab"));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(1);
        engine.advance(WINDOW.minusSeconds(1));
        assertThat(engine.rejections()).isEmpty();
        engine.advance(Duration.ofSeconds(2));
        assertThat(engine.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.getReason()).isEqualTo("unknown-offer");
            assertThat(rejection.getField()).isEqualTo("offerId");
            assertThat(rejection.getEventId()).isEqualTo("click");
            assertThat(rejection.getDetail()).contains("never-made");
        });
        assertThat(engine.counters.get(KomboMetric.FEEDBACK_UNMATCHED, "unknown-offer"))
                .isEqualTo(1);
        engine.advance(WINDOW.multipliedBy(3));
        assertThat(engine.rejections()).isEmpty();
    }

    @Test
    void shouldRejectAnswersAndCountNoOutcomeWhenTheOfferIsAnothersShoppers() {
        BundleOffer foreign = offerSeen();
        byte[] owner = engine.stored("u:" + user);
        String stranger = engine.userOf("treatment", 1);
        engine.send(EngineDriver.event("view-2", stranger, EventType.VIEW, Duration.ofSeconds(3))
                .setItemId("a"));
        engine.outcomes();
        for (EventType answer : List.of(EventType.OFFER_IMPRESSION, EventType.OFFER_CLICK, EventType.OFFER_DISMISSAL)) {
            engine.send(EngineDriver.event(answer.name(), stranger, answer, Duration.ofSeconds(4))
                    .setOfferId(foreign.getOfferId())
                    .setBundleId("ab"));
        }
        engine.send(EngineDriver.event("buy", stranger, EventType.PURCHASE, Duration.ofSeconds(5))
                .setOfferId(foreign.getOfferId())
                .setBundleId("ab")
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes())
                .as("the purchase itself counts, and is credited to nobody")
                .extracting(OfferOutcome::getKind)
                .containsExactly(OutcomeKind.PURCHASED);
        assertThat(engine.stored("u:" + user)).isEqualTo(owner);
        assertThat(engine.rejections()).isEmpty();

        engine.advance(WINDOW.plusSeconds(10));
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getEventId, RejectedEvent::getReason)
                .containsExactlyInAnyOrder(
                        tuple("OFFER_IMPRESSION", "unknown-offer"),
                        tuple("OFFER_CLICK", "unknown-offer"),
                        tuple("OFFER_DISMISSAL", "unknown-offer"),
                        tuple("buy", "unknown-offer"));
        assertThat(engine.counters.get(KomboMetric.FEEDBACK_UNMATCHED, "unknown-offer"))
                .isEqualTo(4);
        assertThat(engine.outcomes()).extracting(OfferOutcome::getKind).containsOnly(OutcomeKind.EXPIRED);
    }

    @Test
    void shouldCountAnotherBundleThatSharesAnItemAsCrossConversion() {
        BundleOffer offer = offerSeen();
        engine.item("c", 500);
        engine.bundle("bc", 2250, "b", "c");
        engine.send(EngineDriver.event("buy", user, EventType.PURCHASE, Duration.ofSeconds(5))
                .setBundleId("bc")
                .setUnitPriceMinor(2250L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CROSS_CONVERSION))
                .singleElement()
                .satisfies(crossed -> {
                    assertThat(crossed.getOfferId()).isEqualTo(offer.getOfferId());
                    assertThat(crossed.getBundleId()).isEqualTo("ab");
                    assertThat(crossed.getBundleIds()).containsExactly("bc");
                    assertThat(crossed.getRevenueMinor()).isZero();
                });
        engine.advance(Duration.ofSeconds(10));
        ConversionReport total = engine.<ExperimentAccount>contents(StoreNames.EXPERIMENT_ACCOUNT).values().stream()
                .map(account -> ReportMapper.toAvro(Report.of(account)))
                .filter(report -> report.getWindow() == ReportWindow.TOTAL)
                .findFirst()
                .orElseThrow();
        assertThat(total.getArms()).singleElement().satisfies(arm -> {
            assertThat(arm.getCrossConversions()).isEqualTo(1);
            assertThat(arm.getConversions()).isZero();
            assertThat(arm.getPlacements()).singleElement().satisfies(placement -> {
                assertThat(placement.getPlacement()).isEqualTo("default");
                assertThat(placement.getImpressions()).isEqualTo(1);
            });
            assertThat(arm.getAmounts()).singleElement().satisfies(pounds -> {
                assertThat(pounds.getRevenueMinor()).isEqualTo(2250);
                assertThat(pounds.getAttributedMinor()).isZero();
                assertThat(pounds.getRevenuePerUser()).isEqualTo(2250.0);
            });
        });
    }

    @Test
    void shouldApplyAnImpressionThatCameBeforeItsOffer() {
        String offerId = OfferMaker.offerId("u:" + user, "view", "default");
        engine.send(EngineDriver.event("seen", user, EventType.OFFER_IMPRESSION, Duration.ofSeconds(2))
                .setOfferId(offerId));
        engine.send(EngineDriver.event("view", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        assertThat(engine.outcomes(OutcomeKind.IMPRESSION))
                .extracting(OfferOutcome::getOfferId)
                .containsExactly(offerId);
    }

    @Test
    void shouldLearnFromALateEventWithoutRewindingTheShopper() {
        engine.send(EngineDriver.event("now", user, EventType.VIEW, Duration.ofHours(2))
                .setItemId("a"));
        engine.updates();
        engine.send(EngineDriver.event("late", user, EventType.ADD_TO_CART, Duration.ofHours(1))
                .setItemId("b"));
        ShopperState profile = engine.shopper("u:" + user);
        assertThat(profile.behavior().lastSeen())
                .isEqualTo(EngineDriver.START.plus(Duration.ofHours(2)).toEpochMilli());
        assertThat(profile.behavior().firstSeen())
                .isEqualTo(EngineDriver.START.plus(Duration.ofHours(1)).toEpochMilli());
        assertThat(engine.updates()).extracting(update -> update.key).contains("i:b");
        assertThat(profile.behavior().cart().lines()).hasSize(1);
    }

    @Test
    void shouldForgetAUserOnRequestAndStartAnewWithTheNextEvent() {
        offerSeen();
        engine.send(EngineDriver.purchase("buy-a", user, "a", 1000, Duration.ofSeconds(9))
                .setOrderId("o1"));
        assertThat(engine.contents(StoreNames.USER_HISTORY)).isNotEmpty();
        assertThat(engine.contents(StoreNames.USER_OFFER)).isNotEmpty();
        erase(user, Duration.ofSeconds(10));
        assertThat(engine.shopper("u:" + user)).isNull();
        assertThat(engine.contents(StoreNames.USER_HISTORY)).isEmpty();
        assertThat(engine.contents(StoreNames.USER_OFFER)).isEmpty();
        assertThat(engine.counters.get(KomboMetric.USERS_ERASED)).isEqualTo(1);
        engine.outcomes();
        engine.advance(WINDOW.multipliedBy(2));
        assertThat(engine.outcomes()).isEmpty();

        engine.send(EngineDriver.event("view", user, EventType.VIEW, Duration.ofHours(3))
                .setItemId("a"));
        assertThat(events()).isEqualTo(1);
        assertThat(engine.outcomes(OutcomeKind.ENTERED)).hasSize(1);
        engine.advance(WINDOW.plusSeconds(2));
        assertThat(engine.outcomes(OutcomeKind.EXPIRED)).hasSize(1);
    }

    @Test
    void shouldForgetAUserWhoseProfileCannotBeRead() {
        offerSeen();
        engine.send(EngineDriver.purchase("buy-a", user, "a", 1000, Duration.ofSeconds(9)));
        engine.<byte[]>store(StoreNames.USER_PROFILE).put("u:" + user, new byte[] {3, -1});
        erase(user, Duration.ofSeconds(10));
        for (String store : List.of(StoreNames.USER_PROFILE, StoreNames.USER_HISTORY, StoreNames.USER_OFFER)) {
            assertThat(engine.contents(store)).as(store).isEmpty();
        }
        assertThat(engine.counters.get(KomboMetric.USERS_ERASED)).isEqualTo(1);
        assertThat(engine.deadLetters()).isEmpty();
        engine.send(view("under-way", Duration.ofSeconds(9)));
        assertThat(engine.shopper("u:" + user)).isNull();
        engine.advance(WINDOW.plusDays(1));
        assertThat(engine.driver
                        .<Bytes, byte[]>getKeyValueStore(StoreNames.USER_TIMER)
                        .all())
                .toIterable()
                .as("timer and visits, of whom only the erasure's is left, with how far the visits are")
                .hasSize(2);
    }

    @Test
    void shouldLeaveOutEventsOfBeforeAnErasureThatComeAfterIt() {
        erase(user, Duration.ofHours(1));
        erase(user, Duration.ofMinutes(5));
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(
                        user,
                        new ErasureRequest(user, EngineDriver.START.getEpochSecond(), null),
                        EngineDriver.START.toEpochMilli());
        engine.send(view("under-way", Duration.ofHours(1)));
        assertThat(engine.shopper("u:" + user)).isNull();
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.outcomes()).isEmpty();

        engine.send(view("back", Duration.ofMinutes(61)));
        engine.send(view("later still", Duration.ofMinutes(30)));
        engine.send(view("late", Duration.ofMinutes(60).plusMillis(1)));
        assertThat(events()).isEqualTo(2);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "erased", "view")).isEqualTo(2);
        assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted", "view")).isEqualTo(2);
    }

    @Test
    void shouldForgetWhatCameAfterAnErasureThatIsReadLater() {
        engine.send(view("after", Duration.ofHours(2)));
        erase(user, Duration.ofHours(1));
        assertThat(engine.shopper("u:" + user)).isNull();
        engine.send(view("before", Duration.ofMinutes(59)));
        assertThat(engine.shopper("u:" + user)).isNull();
        engine.send(view("again", Duration.ofHours(3)));
        assertThat(events()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheTimeOfAnErasureAsLongAsEventsAreKept() {
        Duration kept = Duration.ofMillis(Topics.EVENTS_KEPT_MILLIS);
        erase(user, Duration.ofHours(1));
        erase(user, Duration.ofHours(2));
        engine.send(EngineDriver.event("clock", "another", EventType.VIEW, kept.plusHours(1))
                .setItemId("a"));
        engine.advance(Duration.ofSeconds(1));
        engine.send(view("before the later", Duration.ofMinutes(90)));
        assertThat(engine.shopper("u:" + user)).isNull();
        engine.send(EngineDriver.event("clock on", "another", EventType.VIEW, kept.plusHours(2))
                .setItemId("a"));
        engine.advance(Duration.ofSeconds(1));
        assertThat(engine.contents(StoreNames.USER_ERASED)).isEmpty();
        engine.send(view("older than any that is kept", Duration.ofMinutes(90)));
        assertThat(events()).isEqualTo(1);
    }

    private BehaviorEvent view(String eventId, Duration afterStart) {
        return EngineDriver.event(eventId, user, EventType.VIEW, afterStart)
                .setItemId("a")
                .build();
    }

    private int events() {
        return EngineDriver.events(engine.shopper("u:" + user));
    }

    @Test
    void shouldRejectAnErasureThatNamesNobody() {
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput("key", new ErasureRequest(" ", EngineDriver.START.toEpochMilli(), null));
        assertThat(engine.rejections())
                .singleElement()
                .satisfies(rejection -> assertThat(
                                List.of(rejection.getSource(), rejection.getField(), rejection.getReason()))
                        .isEqualTo(List.of("erasure-request", "userId", "no-shopper")));
        assertThat(engine.rejections()).extracting(RejectedEvent::getReason).isEmpty();
    }

    private void erase(String userId, Duration afterStart) {
        long time = EngineDriver.START.plus(afterStart).toEpochMilli();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput(userId, new ErasureRequest(userId, time + 1, null), time);
    }
}
