package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.EngagementKeys;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.BundleResponses;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.OfferedBundle;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of offers, from the shopper's answer to the slate of the next shopper. */
class EngagementFlowTest {
    private static final Offset<Double> DECAY_OF_SECONDS = Offset.offset(1e-3);

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(
                OfferSettings.SIZE.name(), "2",
                OfferSettings.TRIGGERS.name(), "VIEW",
                ShopperSettings.ROBOT_RATE.name(), "8"));
        engine.item("c", 500);
        engine.item("d", 2000);
        engine.bundle("cd", 2250, "c", "d");
        user = engine.userOf("treatment");
    }

    private BundleOffer offered() {
        engine.send(EngineDriver.event("view", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getBundles()).extracting(OfferedBundle::getBundleId).containsExactlyInAnyOrder("ab", "cd");
        return offer;
    }

    private static BehaviorEvent.Builder seen(BundleOffer offer, int second) {
        return EngineDriver.event("seen", offer.getUserId(), EventType.OFFER_IMPRESSION, Duration.ofSeconds(second))
                .setOfferId(offer.getOfferId());
    }

    private static BehaviorEvent.Builder clicked(BundleOffer offer, int second) {
        return EngineDriver.event("click", offer.getUserId(), EventType.OFFER_CLICK, Duration.ofSeconds(second))
                .setOfferId(offer.getOfferId())
                .setBundleId("ab");
    }

    private static BehaviorEvent.Builder bought(BundleOffer offer, int second) {
        return EngineDriver.event("buy", offer.getUserId(), EventType.PURCHASE, Duration.ofSeconds(second))
                .setBundleId("ab")
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP")
                .setOrderId("o1");
    }

    private BundleOffer seenClickedAndBought() {
        BundleOffer offer = offered();
        engine.send(seen(offer, 2));
        engine.send(clicked(offer, 3));
        engine.send(bought(offer, 4));
        return offer;
    }

    /** The latest of each entity published since the last call. */
    private Map<String, ItemModel> published() {
        engine.advance(Duration.ofSeconds(1));
        Map<String, ItemModel> models = new HashMap<>();
        engine.models().forEach(model -> models.put(model.key, model.value));
        return models;
    }

    private static void assertCounts(ItemModel model, double impressions, double clicks, double conversions) {
        BundleResponses responses = model.getResponses();
        assertThat(responses.getImpressions()).isCloseTo(impressions, DECAY_OF_SECONDS);
        assertThat(responses.getClicks()).isCloseTo(clicks, DECAY_OF_SECONDS);
        assertThat(responses.getConversions()).isCloseTo(conversions, DECAY_OF_SECONDS);
    }

    /** Updates that say what became of an offer, since the last call. */
    private List<KeyValue<String, ItemUpdate>> answers() {
        return engine.updates().stream()
                .filter(update -> update.value.getImpressions() != 0
                        || update.value.getClicks() != 0
                        || update.value.getConversions() != 0)
                .toList();
    }

    @Test
    void shouldCountAnOfferThatIsSeenClickedAndBought() {
        seenClickedAndBought();
        Map<String, ItemModel> models = published();
        assertCounts(models.get("b:ab"), 1, 1, 1);
        assertThat(models.get("b:ab").getResponses().getTime())
                .isEqualTo(EngineDriver.START.plusSeconds(4).toEpochMilli());
        assertCounts(models.get("b:cd"), 1, 0, 0);
        assertThat(models.get("i:a").getResponses()).as("items are not offered").isNull();
        EngagementCounts indexed = engine.models.catalog().model("b:ab").engagement();
        assertThat(indexed.conversions()).isCloseTo(1, DECAY_OF_SECONDS);
    }

    @Test
    void shouldCountAnEventThatComesTwiceOnce() {
        BundleOffer offer = seenClickedAndBought();
        published();
        assertThat(answers()).hasSize(4);
        engine.send(seen(offer, 2));
        engine.send(clicked(offer, 3));
        engine.send(bought(offer, 4));
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(3);
        assertThat(answers()).isEmpty();
        assertThat(published()).isEmpty();

        engine.send(clicked(offer, 5).setEventId("another click"));
        assertThat(answers()).isEmpty();
    }

    @Test
    void shouldCarryTheSignalInTheSlateOfALaterShopper() {
        BundleOffer first = offered();
        float[] weights = new float[Signal.count() + 1];
        weights[Signal.CONVERSION_RATE.ordinal()] = 1f;
        WrittenModels.ranker(engine.models, Ranker.linear(weights));
        engine.send(seen(first, 2));
        engine.send(clicked(first, 3));
        engine.send(bought(first, 4));
        published();

        engine.send(EngineDriver.event("later", engine.userOf("treatment", 1), EventType.VIEW, Duration.ofSeconds(9))
                .setItemId("c"));
        OfferedBundle top = engine.offers().get(0).getBundles().get(0);
        assertThat(top.getBundleId()).isEqualTo("ab");
        // One conversion of two impressions, and its own impression beside the thirty of the prior.
        double prior = EngagementKeys.PRIOR_IMPRESSIONS;
        double rate = (1 + prior * 0.5) / (1 + prior);
        double signal = Math.log(rate / 0.5);
        assertThat(top.getScore()).isCloseTo(signal, DECAY_OF_SECONDS);
        assertThat(top.getReasons()).singleElement().satisfies(reason -> {
            assertThat(reason.getSignal()).isEqualTo("conversion-rate");
            assertThat(reason.getValue()).isCloseTo(signal, DECAY_OF_SECONDS);
        });
    }

    @Test
    void shouldTakeTheConversionAndItsClickBackWhenTheBundleIsReturned() {
        seenClickedAndBought();
        published();
        engine.send(EngineDriver.event("return", user, EventType.RETURN, Duration.ofDays(20))
                .setBundleId("ab")
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP"));
        assertCounts(published().get("b:ab"), 1, 0, 0);
    }

    @Test
    void shouldLearnNothingOfTheAnswersOfARobot() {
        BundleOffer offer = offered();
        for (int i = 0; i < 20; i++) {
            engine.send(EngineDriver.event("fast" + i, user, EventType.VIEW, Duration.ofMillis(1001 + i))
                    .setItemId("a"));
        }
        assertThat(engine.counters.get(KomboMetric.ROBOTS_FLAGGED)).isEqualTo(1);
        answers();
        engine.send(seen(offer, 2));
        engine.send(clicked(offer, 3));
        assertThat(engine.outcomes())
                .extracting(outcome -> outcome.getKind().name())
                .contains("IMPRESSION", "CLICK");
        assertThat(answers()).isEmpty();
    }

    @Test
    void shouldLearnNothingOfTheHoldoutWhichIsOfferedNothing() {
        String held = engine.userOf("holdout");
        engine.send(EngineDriver.event("view", held, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.event("buy", held, EventType.PURCHASE, Duration.ofSeconds(2))
                .setBundleId("ab")
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP"));
        assertThat(engine.offers()).isEmpty();
        assertThat(answers()).isEmpty();
        assertThat(published())
                .allSatisfy((entity, model) -> assertThat(model.getResponses()).isNull());
    }
}
