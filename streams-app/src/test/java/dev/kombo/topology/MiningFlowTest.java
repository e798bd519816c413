package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.price.BundlePricing;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.SuggestedMember;
import dev.kombo.schema.SuggestionDecision;
import dev.kombo.schema.SuggestionVerdict;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From orders to a bundle that is offered: a shop without bundles works on the first day. */
class MiningFlowTest {
    private static final Duration FLUSH = Duration.ofSeconds(1);
    private static final Duration JUDGED = Duration.ofSeconds(3);

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int orders;
    private int visits = 2;

    private void open(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(MiningSettings.SUPPORT_MIN.name(), "4");
        settings.put(MiningSettings.LIFT_MIN.name(), "1.5");
        settings.put(MiningSettings.LIFT_LOWER_MIN.name(), "0");
        settings.put(BundlePricing.DISCOUNT.name(), "1000");
        engine = shop.empty(settings);
        engine.item("a", 1000);
        engine.item("b", 2005);
        engine.item("c", 500);
    }

    @Test
    void shouldSuggestWithSupportLiftAndAPriceThatEndsLikeThoseOfItsItems() {
        open(Map.of());
        eightOrders();
        BundleSuggestion suggestion = suggestions().get(0);
        assertThat(suggestion.getMembers())
                .extracting(SuggestedMember::getItemId)
                .containsExactly("a", "b");
        assertThat(suggestion.getSupport()).isEqualTo(4);
        // The replica knows 7 of the 8 orders when the last is mined: 4 / 4 * 7 / 4.
        assertThat(suggestion.getOrders()).isEqualTo(7);
        assertThat(suggestion.getLift()).isCloseTo(1.75, Offset.offset(1e-9));
        assertThat(suggestion.getLiftLower()).isLessThan(1.75).isPositive();
        assertThat(suggestion.getListPriceMinor()).isEqualTo(3005);
        assertThat(suggestion.getPriceMinor()).isEqualTo(2805);
        assertThat(suggestion.getCurrency()).isEqualTo("GBP");
        assertThat(suggestion.getApproved()).isFalse();
    }

    @Test
    void shouldLeaveTheCatalogueAloneWhenNobodyApproves() {
        open(Map.of());
        eightOrders();
        assertThat(engine.values(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class))
                .isEmpty();
        engine.send(EngineDriver.event("view", engine.userOf("treatment"), EventType.VIEW, Duration.ofHours(2))
                .setItemId("a"));
        assertThat(engine.offers()).isEmpty();
        assertThat(engine.counters.get(KomboMetric.OFFERS_EMPTY, "no-candidates"))
                .isPositive();
    }

    @Test
    void shouldOfferAMinedBundleToTheNextShopperWhenApprovalIsAutomatic() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        eightOrders();
        Bundle mined = engine.values(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                .get(0);
        assertThat(mined.getOrigin()).isEqualTo(BundleOrigin.MINED);
        assertThat(mined.getTitle()).isEqualTo("Item a + Item b");
        assertThat(suggestions().get(0).getApproved()).isTrue();

        engine.send(EngineDriver.event("view", engine.userOf("treatment"), EventType.VIEW, Duration.ofHours(2))
                .setItemId("a"));
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getBundles()).singleElement().satisfies(offered -> {
            assertThat(offered.getBundleId()).isEqualTo(mined.getBundleId());
            assertThat(offered.getPriceMinor()).isEqualTo(2805);
            assertThat(offered.getSavingMinor()).isEqualTo(200);
        });
    }

    @Test
    void shouldOfferAMinedBundleAtAPriceThatFollowsItsItems() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        eightOrders();
        engine.item("a", 9_000);
        assertThat(priceOffered("dearer"))
                .as("11005 less a quarter of 2005, up to the next that ends in 00")
                .isEqualTo(10_600);
        engine.item("a", 10);
        assertThat(priceOffered("cheaper"))
                .as("a quarter of 10 is no price that ends in 05")
                .isEqualTo(2_015);
    }

    @Test
    void shouldOfferOneBundleWithASlotInsteadOfItsPartsAtAPriceThatFollowsWhatFillsIt() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        item("tea", "Tea", 605, 600);
        for (int mug = 0; mug < 3; mug++) {
            item("mug" + mug, "Mugs", 1_005, mug == 2 ? 1_000 : 400);
            for (int i = 0; i < 4; i++) {
                order("tea-" + mug + "-" + i, "tea", "mug" + mug);
                order("other-" + mug + "-" + i, "c");
                order("others-" + mug + "-" + i, "b");
            }
            engine.advance(FLUSH);
        }
        engine.advance(JUDGED);
        engine.advance(JUDGED);
        Map<String, Bundle> catalog = latest(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class);
        assertThat(catalog.values()).singleElement().satisfies(bundle -> {
            assertThat(bundle.getTitle()).isEqualTo("Item tea + Mugs");
            assertThat(bundle.getMembers()).extracting(BundleMember::getItemId).containsExactly("tea");
            assertThat(bundle.getSlots())
                    .singleElement()
                    .satisfies(slot -> assertThat(slot.getItems()).containsExactlyInAnyOrder("mug0", "mug1", "mug2"));
        });
        assertThat(latest(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class))
                .as("the pairs that were suggested before are gone")
                .containsOnlyKeys(catalog.keySet());

        // Those of the pairs, while they were offered.
        engine.offers();
        engine.send(
                EngineDriver.event("slot", engine.userOf("treatment"), EventType.OFFER_REQUEST, Duration.ofHours(3)));
        OfferedBundle offered = engine.offers().get(0).getBundles().get(0);
        assertThat(offered.getBundleId()).isEqualTo(MinedBundle.idOfSlot("tea"));
        Map<String, Long> prices = new HashMap<>();
        offered.getMembers().stream()
                .filter(member -> member.getSlot() != null)
                .forEach(member -> prices.put(member.getItemId(), offered.getPriceMinor()));
        offered.getAlternatives().forEach(other -> prices.put(other.getItemId(), other.getPriceMinor()));
        assertThat(prices)
                .as("1610 less a quarter of 605, up to the next that ends in 05; not below 1600, the cost with mug2")
                .isEqualTo(Map.of("mug0", 1_505L, "mug1", 1_505L, "mug2", 1_605L));
    }

    @Test
    void shouldKeepABundleWithASlotThoughAPersonSellsItsItemAlone() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        engine.bundle("kettle-alone", 600, "kettle");
        mugsWith("kettle");

        engine.advance(JUDGED);

        String id = MinedBundle.idOfSlot("kettle");
        assertThat(engine.output(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class))
                .filteredOn(record -> record.key.equals(id))
                .isNotEmpty()
                .as("never withdrawn")
                .allMatch(record -> record.value != null);
        assertThat(latest(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class))
                .containsKey(id);
    }

    /** A hub that proposes its pairs with the mugs, and one whose pairs the mugs propose. */
    @ParameterizedTest
    @ValueSource(strings = {"kettle", "tea"})
    void shouldSuggestThePairsWhenAPersonRejectsTheSlot(String hub) {
        open(Map.of());
        mugsWith(hub);
        String id = MinedBundle.idOfSlot(hub);
        assertThat(latest(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class))
                .containsOnlyKeys(id);
        SuggestionDecision rejected = new SuggestionDecision(id, SuggestionVerdict.REJECTED, 1L, "somebody");
        decide(id, rejected);
        assertThat(latest(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class))
                .hasSize(3)
                .allSatisfy((pair, suggestion) -> assertThat(suggestion.getMembers())
                        .extracting(SuggestedMember::getItemId)
                        .hasSize(2)
                        .contains(hub));
        engine.advance(JUDGED);
        engine.advance(JUDGED);
        assertThat(suggestions()).as("once").isEmpty();

        decide(id, null);
        assertThat(suggestions()).as("taken back").filteredOn(Objects::isNull).hasSize(3);
        decide(id, rejected);
        assertThat(suggestions()).as("suggested again").hasSize(3).doesNotContainNull();
    }

    private void decide(String id, SuggestionDecision decision) {
        engine.input(engine.topics.name(Topic.SUGGESTION_DECISION), SuggestionDecision.class)
                .pipeInput(id, decision);
        engine.advance(JUDGED);
        engine.advance(JUDGED);
    }

    @Test
    void shouldSuggestNoBundleOfTheSameItemsAsAPersonsUntilThatIsGone() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        eightOrders();
        assertThat(offered()).containsExactly(true);
        engine.bundle("two-of-b", 4_000, "a", "b", "b");
        engine.advance(JUDGED);
        assertThat(offered()).as("another number of units").isEmpty();
        engine.bundle("ab", 2_700, "a", "b");
        engine.advance(JUDGED);
        assertThat(offered()).as("taken back").containsExactly(false);

        for (int i = 0; i < 8; i++) {
            order("more-" + i, "a", "b");
            order("others-" + i, "c");
            engine.advance(FLUSH);
        }
        assertThat(offered()).isEmpty();
        engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class).pipeInput("ab", (Bundle) null);
        order("last", "a", "b");
        engine.advance(FLUSH);
        assertThat(offered()).containsExactly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kettle", "tea"})
    void shouldOfferThePairsWhenAPersonStopsTheBundleWithTheSlot(String hub) {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        mugsWith(hub);
        Bundle whole =
                latest(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class).get(MinedBundle.idOfSlot(hub));
        engine.bundle(Bundle.newBuilder(whole).setStoppedAt(1L).build());
        engine.advance(JUDGED);
        engine.advance(JUDGED);
        assertThat(latest(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class))
                .hasSize(3)
                .allSatisfy((pair, bundle) -> assertThat(bundle.getMembers())
                        .extracting(BundleMember::getItemId)
                        .hasSize(2)
                        .contains(hub));
    }

    /** Orders of an item with one of three mugs, after which a bundle with a slot is suggested instead of the pairs. */
    private void mugsWith(String hub) {
        item(hub, "Hubs", 605, 600);
        for (int mug = 0; mug < 3; mug++) {
            item("mug" + mug, "Mugs", 1_005, 400);
            for (int i = 0; i < 4; i++) {
                order(hub + "-" + mug + "-" + i, hub, "mug" + mug);
                order("other-" + mug + "-" + i, "c");
                order("others-" + mug + "-" + i, "b");
            }
            engine.advance(FLUSH);
        }
        engine.advance(JUDGED);
        engine.advance(JUDGED);
    }

    private void item(String id, String category, long priceMinor, long costMinor) {
        engine.item(Item.newBuilder()
                .setItemId(id)
                .setTitle("Item " + id)
                .setCategory(category)
                .setPriceMinor(priceMinor)
                .setCurrency("GBP")
                .setCostMinor(costMinor)
                .build());
    }

    /** The latest record of each key. */
    private <V extends SpecificRecord> Map<String, V> latest(String topic, Class<V> type) {
        Map<String, V> latest = new HashMap<>();
        engine.output(topic, type).forEach(record -> latest.put(record.key, record.value));
        latest.values().removeIf(Objects::isNull);
        return latest;
    }

    @Test
    void shouldOfferAMinedBundleOnlyWhileItsItemsBelongTogether() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        eightOrders();
        for (int i = 0; i < 40; i++) {
            order("only-b-" + i, "b");
        }
        engine.advance(FLUSH);
        engine.advance(JUDGED);
        assertThat(offered()).as("taken back, as most orders hold b").containsExactly(true, false);

        for (int i = 0; i < 200; i++) {
            order("neither-" + i, "c");
        }
        engine.advance(FLUSH);
        order("pair-again", "a", "b");
        engine.advance(FLUSH);
        engine.advance(JUDGED);
        assertThat(offered()).as("offered again, as few do").containsExactly(true);
    }

    /** Whether each new record of the catalogue offers the bundle; the suggestions come and go with it. */
    private List<Boolean> offered() {
        List<Boolean> offered = engine.values(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class).stream()
                .map(Objects::nonNull)
                .toList();
        List<Boolean> suggested = suggestions().stream().map(Objects::nonNull).toList();
        assertThat(Collections.frequency(suggested, false)).isEqualTo(Collections.frequency(offered, false));
        assertThat(suggested).as("are told again in between").hasSizeGreaterThanOrEqualTo(offered.size());
        return offered;
    }

    private long priceOffered(String visit) {
        engine.send(EngineDriver.event(
                visit, engine.userOf("treatment"), EventType.OFFER_REQUEST, Duration.ofHours(++visits)));
        return engine.offers().get(0).getBundles().get(0).getPriceMinor();
    }

    @Test
    void shouldLeaveAMinedBundleAloneWhenAPersonStoppedChangedOrRejectedIt() {
        open(Map.of(MiningSettings.AUTO_APPROVE.name(), "true"));
        eightOrders();
        Bundle mined = engine.values(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                .get(0);
        engine.bundle(Bundle.newBuilder(mined).setStoppedAt(1L).build());
        doubled("stopped");
        engine.bundle(Bundle.newBuilder(mined).setOrigin(BundleOrigin.CURATED).build());
        doubled("changed");
        engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                .pipeInput(mined.getBundleId(), (Bundle) null);
        SuggestionDecision rejected =
                new SuggestionDecision(mined.getBundleId(), SuggestionVerdict.REJECTED, 1L, "somebody");
        engine.input(engine.topics.name(Topic.SUGGESTION_DECISION), SuggestionDecision.class)
                .pipeInput(mined.getBundleId(), rejected);
        doubled("rejected");
    }

    /** As many orders again: it is suggested, but does not go into the catalogue. */
    private void doubled(String why) {
        suggestions();
        int before = orders;
        for (int i = 0; i < before; i++) {
            order(why + "-" + i, "a", "b");
            order(why + "-other-" + i, "c");
            engine.advance(FLUSH);
        }
        assertThat(suggestions())
                .as(why)
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .noneMatch(BundleSuggestion::getApproved);
        assertThat(engine.values(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class))
                .as(why)
                .isEmpty();
    }

    @Test
    void shouldTellTheEvidenceOfTodayAlsoOfWhatAPersonApproved() {
        open(Map.of());
        eightOrders();
        BundleSuggestion found = suggestions().get(0);
        for (int i = 0; i < 16; i++) {
            order("neither-" + i, "c");
        }
        engine.advance(FLUSH);
        engine.advance(JUDGED);
        assertThat(suggestions()).singleElement().satisfies(today -> {
            assertThat(today.getSupport()).isEqualTo(4);
            assertThat(today.getOrders()).isEqualTo(24);
            assertThat(today.getLift()).as("4 * 24 / (4 * 4)").isCloseTo(6, Offset.offset(1e-9));
            assertThat(today.getSuggestedAt()).isEqualTo(found.getSuggestedAt());
        });
        engine.advance(JUDGED);
        assertThat(suggestions()).as("no news").isEmpty();

        decide(
                found.getBundleId(),
                new SuggestionDecision(found.getBundleId(), SuggestionVerdict.APPROVED, 1L, "somebody"));
        for (int i = 0; i < 40; i++) {
            order("only-b-" + i, "b");
        }
        engine.advance(FLUSH);
        engine.advance(JUDGED);
        assertThat(suggestions())
                .singleElement()
                .satisfies(today -> assertThat(today.getOrders()).isEqualTo(64));
    }

    @Test
    void shouldSuggestAgainOnlyWhenTheSupportHasDoubled() {
        open(Map.of());
        eightOrders();
        assertThat(suggestions()).hasSize(1);
        for (int i = 0; i < 3; i++) {
            order("more-" + i, "a", "b");
            order("others-" + i, "c");
            engine.advance(FLUSH);
        }
        assertThat(engine.counters.get(KomboMetric.BUNDLES_SUGGESTED)).isEqualTo(1);
        order("double", "a", "b");
        engine.advance(FLUSH);
        assertThat(engine.counters.get(KomboMetric.BUNDLES_SUGGESTED)).isEqualTo(2);
        assertThat(suggestions())
                .last()
                .satisfies(suggestion -> assertThat(suggestion.getSupport()).isEqualTo(8));
    }

    @Test
    void shouldNotTakeOrdersThatContainAnOfferedBundleForItsSupport() {
        open(Map.of());
        engine.bundle("ab", 2700, "a", "b");
        for (int i = 0; i < 4; i++) {
            String user = engine.userOf("treatment", i);
            engine.send(
                    EngineDriver.event("view" + i, user, EventType.VIEW, time()).setItemId("a"));
            order(user, "a", "b");
            for (int other = 0; other < 8; other++) {
                order("other-" + i + other, "c");
            }
            engine.advance(FLUSH);
        }
        assertThat(engine.offers()).hasSizeGreaterThanOrEqualTo(4);
        assertThat(suggestions()).isEmpty();

        // Where a person's bundle has the same items, none is suggested.
        engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class).pipeInput("ab", (Bundle) null);
        // Those who are never offered anything buy for themselves.
        for (int i = 0; i < 5; i++) {
            order(engine.userOf("holdout", i), "a", "b");
            engine.advance(FLUSH);
        }
        engine.advance(JUDGED);
        assertThat(suggestions())
                .last()
                .satisfies(suggestion -> assertThat(suggestion.getSupport()).isEqualTo(5));
    }

    /** Four orders of a and b, four of c; the last is a, b. */
    private void eightOrders() {
        for (int i = 0; i < 4; i++) {
            order("other-" + i, "c");
        }
        for (int i = 0; i < 3; i++) {
            order("pair-" + i, "a", "b");
        }
        engine.advance(FLUSH);
        order("pair-last", "a", "b");
        engine.advance(FLUSH);
    }

    private Duration time() {
        return Duration.ofSeconds(10L * ++orders);
    }

    /** An order that is closed at once, by a line of another that stays open. */
    private void order(String user, String... items) {
        Duration time = time();
        String order = "order-" + orders;
        for (String item : items) {
            engine.send(
                    EngineDriver.purchase(order + item, user, item, 100, time).setOrderId(order));
        }
        engine.send(EngineDriver.purchase(order + "next", user, "next", 100, time.plusSeconds(1))
                .setOrderId(order + "-next"));
    }

    private List<BundleSuggestion> suggestions() {
        return engine.values(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class);
    }
}
