package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OutcomeKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Which events are answered with an offer, how often, and with what. */
class OfferTriggerTest {
    @RegisterExtension
    final Shop shop = new Shop();

    @TempDir
    Path stateDir;

    private EngineDriver engine;
    private String user;

    private void open(Map<String, String> settings) {
        engine = shop.open(settings);
        user = engine.userOf("treatment");
    }

    @Test
    void shouldOfferOnTheConfiguredTypesOnly() {
        open(Map.of(OfferSettings.TRIGGERS.name(), "CLICK"));
        engine.send(event("view", EventType.VIEW, 1));
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.shopper("u:" + user).enrollment()).isNull();
        engine.send(event("click", EventType.CLICK, 2));
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getTriggerType()).isEqualTo("CLICK");
        assertThat(offer.getTriggerEventId()).isEqualTo("click");
    }

    @Test
    void shouldWaitForTheIntervalOfEachPlacement() {
        open(Map.of(OfferSettings.INTERVAL.name(), "10000"));
        engine.send(event("e1", EventType.VIEW, 1));
        engine.send(event("e2", EventType.VIEW, 10));
        assertThat(engine.offers()).extracting(BundleOffer::getTriggerEventId).containsExactly("e1");
        engine.send(event("e3", EventType.VIEW, 10).setPlacement("cart"));
        assertThat(engine.offers()).extracting(BundleOffer::getPlacement).containsExactly("cart");
        engine.send(event("e4", EventType.VIEW, 11));
        assertThat(engine.offers()).extracting(BundleOffer::getTriggerEventId).containsExactly("e4");
    }

    @Test
    void shouldAnswerEachRequestHoweverFreshTheLastOfferIs() {
        open(Map.of(OfferSettings.INTERVAL.name(), "3600000"));
        engine.send(event("e1", EventType.VIEW, 1));
        for (int i = 0; i < 3; i++) {
            engine.send(EngineDriver.event("request" + i, user, EventType.OFFER_REQUEST, Duration.ofSeconds(2)));
        }
        assertThat(engine.offers())
                .extracting(BundleOffer::getTriggerEventId)
                .containsExactly("e1", "request0", "request1", "request2");
    }

    @Test
    void shouldRememberNoMorePlacementsThanTheThrottleNeeds() {
        open(Map.of(OfferSettings.INTERVAL.name(), "1000", RuleSettings.FREQUENCY_CAP.name(), "1000"));
        for (int i = 0; i < 200; i++) {
            engine.send(event("e" + i, EventType.VIEW, 2L * i).setPlacement("placement-" + i));
        }
        assertThat(engine.offers()).hasSize(200);
        assertThat(engine.shopper("u:" + user).behavior().lastOfferAt()).hasSizeLessThan(40);
    }

    @Test
    void shouldGiveTheSameOfferIdForTheSameEventAndPlacementInAnotherEngine() {
        open(Map.of());
        engine.send(event("e1", EventType.VIEW, 1));
        engine.send(event("e2", EventType.VIEW, 1).setPlacement("cart"));
        List<BundleOffer> first = engine.offers();
        try (EngineDriver other = new EngineDriver(stateDir.resolve("other"), Map.of())) {
            other.item("a", 1000);
            other.item("b", 2000);
            other.bundle("ab", 2700, "a", "b");
            other.send(event("e1", EventType.VIEW, 1));
            other.send(event("e2", EventType.VIEW, 1).setPlacement("cart"));
            assertThat(other.offers()).isEqualTo(first);
        }
        assertThat(first).extracting(BundleOffer::getOfferId).doesNotHaveDuplicates();
    }

    @Test
    void shouldPriceOfferAndNameItsReasonsArmAndExpiry() {
        open(Map.of(OfferSettings.VALIDITY.name(), "60000"));
        engine.send(event("e1", EventType.VIEW, 1));
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getArm()).isEqualTo("treatment");
        assertThat(offer.getExperiment()).isEqualTo("kombo-default");
        assertThat(offer.getExpiresAt()).isEqualTo(offer.getOfferedAt() + 60_000);
        assertThat(offer.getModelVersion()).isZero();
        OfferedBundle bundle = offer.getBundles().get(0);
        assertThat(bundle.getRank()).isEqualTo(1);
        assertThat(bundle.getPropensity()).isEqualTo(1);
        assertThat(bundle.getListPriceMinor()).isEqualTo(3000);
        assertThat(bundle.getSavingMinor()).isEqualTo(300);
        assertThat(bundle.getReasons()).hasSizeBetween(1, 3);
        assertThat(bundle.getMembers()).hasSize(2);
    }

    @Test
    void shouldOfferABundleToItsSegmentsOnlyAsTheEventsAttributeSays() {
        open(Map.of());
        engine.item("c", 1000);
        engine.item("d", 2000);
        engine.bundle(Bundle.newBuilder(EngineDriver.bundleOf("vip", 2000, "c", "d"))
                .setSegments(List.of("gold"))
                .build());
        engine.send(event("e1", EventType.VIEW, 1));
        assertThat(offered()).containsExactly("ab");
        engine.send(event("e2", EventType.VIEW, 10).setAttributes(Map.of("segments", "silver, gold")));
        assertThat(offered()).containsExactlyInAnyOrder("ab", "vip");
        engine.send(event("e3", EventType.VIEW, 20));
        assertThat(offered()).as("an event that names no segments changes none").contains("vip");
        engine.send(event("e4", EventType.VIEW, 30).setAttributes(Map.of("segments", "")));
        assertThat(offered()).containsExactly("ab");
    }

    @Test
    void shouldOfferABundleAsOftenAsTheCapSaysInEachWindow() {
        open(Map.of(RuleSettings.FREQUENCY_CAP.name(), "2", RuleSettings.FREQUENCY_WINDOW.name(), "60000"));
        for (int window = 0; window < 3; window++) {
            for (int i = 0; i < 4; i++) {
                engine.send(event("e" + window + "-" + i, EventType.VIEW, window * 120L + 2L * i));
            }
            assertThat(engine.offers()).as("window " + window).hasSize(2);
        }
        assertThat(engine.counters.get(KomboMetric.OFFERS_EMPTY, "offered-too-often"))
                .isEqualTo(6);
    }

    @Test
    void shouldLearnFromAnItemThatTheCatalogueDoesNotHaveAndOfferNothingUnpriced() {
        open(Map.of());
        engine.bundle("unknown-pair", 100, "nobody", "nothing");
        engine.send(EngineDriver.event("e1", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("nobody"));
        assertThat(engine.updates()).extracting(update -> update.key).contains("i:nobody");
        assertThat(offered()).containsExactly("ab");
    }

    @Test
    void shouldCloseOffersByTimersAsExpiredOrPartlyBought() {
        open(Map.of(AttributionSettings.WINDOW.name(), "60000"));
        String other = engine.userOf("treatment", 1);
        engine.send(event("e1", EventType.VIEW, 0));
        engine.send(
                EngineDriver.event("e2", other, EventType.VIEW, Duration.ZERO).setItemId("a"));
        Map<String, String> offers = new HashMap<>();
        engine.offers().forEach(offer -> offers.put(offer.getUserId(), offer.getOfferId()));
        engine.send(EngineDriver.event("seen", other, EventType.OFFER_IMPRESSION, Duration.ofSeconds(1))
                .setOfferId(offers.get(other)));
        engine.send(EngineDriver.purchase("part", other, "a", 1000, Duration.ofSeconds(2)));
        engine.outcomes();

        engine.advance(Duration.ofSeconds(50));
        assertThat(engine.outcomes()).isEmpty();
        engine.advance(Duration.ofSeconds(20));
        List<OfferOutcome> closed = engine.outcomes();
        assertThat(closed)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.EXPIRED)
                .extracting(OfferOutcome::getOfferId)
                .contains(offers.get(user))
                .doesNotContain(offers.get(other));
        assertThat(closed)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.PARTIAL_CONVERSION)
                .extracting(OfferOutcome::getOfferId)
                .containsExactly(offers.get(other));
        assertThat(closed)
                .allSatisfy(outcome -> assertThat(outcome.getRevenueMinor()).isZero());
    }

    private List<String> offered() {
        return engine.offers().stream()
                .flatMap(offer -> offer.getBundles().stream())
                .map(OfferedBundle::getBundleId)
                .toList();
    }

    private BehaviorEvent.Builder event(String id, EventType type, long afterSeconds) {
        return EngineDriver.event(id, user, type, Duration.ofSeconds(afterSeconds))
                .setItemId("a");
    }
}
