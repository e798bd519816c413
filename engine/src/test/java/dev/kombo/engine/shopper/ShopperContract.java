package dev.kombo.engine.shopper;

import static dev.kombo.engine.shopper.TestedShoppers.NOW;
import static dev.kombo.engine.shopper.TestedShoppers.SESSION;
import static dev.kombo.engine.shopper.TestedShoppers.USER;
import static dev.kombo.engine.shopper.TestedShoppers.described;
import static dev.kombo.engine.shopper.TestedShoppers.event;
import static dev.kombo.engine.shopper.TestedShoppers.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.engine.shopper.ShopperOutput.EntityChanged;
import dev.kombo.engine.shopper.ShopperOutput.OfferMade;
import dev.kombo.engine.shopper.ShopperOutput.OutcomesFound;
import dev.kombo.engine.shopper.ShopperOutput.Rejected;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the shopper task does with events, over whichever tables: a class that implements it says where they are. */
public interface ShopperContract {
    /** Empty tables. */
    ShopperTables tables();

    @Test
    default void shouldStoreAnAcceptedEventAndHandleADuplicateOnce() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        ShopperEvent view = view("e1", USER, NOW);
        List<ShopperOutput> outputs = shoppers.happen(view);
        assertThat(TestedShoppers.of(OfferMade.class, outputs)).singleElement().satisfies(made -> {
            assertThat(made.shopperId()).isEqualTo(USER);
            assertThat(made.offer().open().bundles())
                    .extracting(OfferedBundle::bundleId)
                    .contains("ab");
        });
        assertThat(kinds(outputs)).contains(OutcomeKind.ENTERED, OutcomeKind.OFFERED);
        assertThat(TestedShoppers.of(EntityChanged.class, outputs))
                .extracting(EntityChanged::entity)
                .contains("i:a");
        assertThat(outputs).extracting(ShopperOutput::time).containsOnly(NOW);
        assertThat(shoppers.shopper("u:" + USER)).satisfies(stored -> {
            assertThat(stored.behavior().lastSeen()).isEqualTo(NOW);
            assertThat(stored.ledger().offers()).hasSize(1);
        });
        assertThat(shoppers.count(view, "accepted")).isEqualTo(1);

        Map<String, Map<String, String>> before = shoppers.stored();
        assertThat(shoppers.happen(view)).isEmpty();
        assertThat(shoppers.stored()).isEqualTo(before);
        assertThat(shoppers.count(view, "duplicate")).isEqualTo(1);
        assertThat(shoppers.count(view, "accepted")).isEqualTo(1);
    }

    @Test
    default void shouldRejectAnEmptyRecordAndAnEventThatBreaksARule() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        shoppers.happen(view("e1", USER, NOW));
        Map<String, Map<String, String>> before = shoppers.stored();
        assertThat(shoppers.outputsOf(new ShopperInput.Happened(USER, null, null, NOW)))
                .singleElement()
                .isInstanceOfSatisfying(Rejected.class, rejected -> {
                    assertThat(rejected.key()).isEqualTo(USER);
                    assertThat(rejected.eventId()).isNull();
                    assertThat(rejected.violation().reason()).isEqualTo("empty-record");
                });
        ShopperEvent both = event("e2", USER, null, EventType.VIEW, "a", "ab", null, NOW + 1);
        assertThat(shoppers.happen(both)).singleElement().isInstanceOfSatisfying(Rejected.class, rejected -> {
            assertThat(rejected.eventId()).isEqualTo("e2");
            assertThat(rejected.original()).isSameAs(both);
            assertThat(rejected.violation().reason()).isEqualTo("item-and-bundle");
        });
        assertThat(shoppers.stored()).isEqualTo(before);
        assertThat(shoppers.counters.get(KomboMetric.EVENTS_REJECTED, "empty-record"))
                .isEqualTo(1);
        assertThat(shoppers.counters.get(KomboMetric.EVENTS_REJECTED, "item-and-bundle"))
                .isEqualTo(1);
    }

    @Test
    default void shouldChangeNothingWhicheverOutputIsRefused() {
        TestedShoppers undisturbed = new TestedShoppers(tables());
        List<String> expected = described(undisturbed.happen(lastOf(undisturbed)));
        assertThat(TestedShoppers.of(OfferMade.class, undisturbed.outputs)).hasSize(1);
        assertThat(kinds(undisturbed.outputs)).contains(OutcomeKind.CONVERSION, OutcomeKind.PURCHASED);
        assertThat(TestedShoppers.of(EntityChanged.class, undisturbed.outputs)).isNotEmpty();
        assertThat(TestedShoppers.of(ShopperOutput.SessionAsked.class, undisturbed.outputs))
                .hasSize(1);

        TestedShoppers shoppers = new TestedShoppers(tables());
        ShopperEvent last = lastOf(shoppers);
        Map<String, Map<String, String>> before = shoppers.stored();
        for (int output = 0; output < expected.size(); output++) {
            shoppers.accepted = output;
            assertThatIllegalStateException().isThrownBy(() -> shoppers.happen(last));
            assertThat(shoppers.stored()).as("output %d", output).isEqualTo(before);
        }
        shoppers.accepted = Integer.MAX_VALUE;
        assertThat(described(shoppers.happen(last))).isEqualTo(expected);
        assertThat(shoppers.stored()).isEqualTo(undisturbed.stored()).isNotEqualTo(before);
    }

    /** Handles some events, and returns one that yields outputs of many kinds. */
    private static ShopperEvent lastOf(TestedShoppers shoppers) {
        String offer = TestedShoppers.of(OfferMade.class, shoppers.happen(view("e1", USER, NOW)))
                .get(0)
                .offer()
                .open()
                .offerId();
        shoppers.happen(event("e2", USER, null, EventType.OFFER_IMPRESSION, null, null, offer, NOW + Millis.SECOND));
        return event("e3", USER, SESSION, EventType.PURCHASE, null, "ab", offer, NOW + Millis.MINUTE);
    }

    @Test
    default void shouldFailOnlyTheEventsOfAShopperWhoCannotBeRead() {
        TestedShoppers shoppers = new TestedShoppers(tables());
        shoppers.happen(view("e1", USER, NOW));
        shoppers.tables.profiles().put("u:" + USER, TestedShoppers.UNREADABLE);
        Map<String, Map<String, String>> before = shoppers.stored();
        assertThatIllegalArgumentException().isThrownBy(() -> shoppers.happen(view("e2", USER, NOW + 1)));
        assertThat(shoppers.stored()).isEqualTo(before);
        assertThat(TestedShoppers.of(OfferMade.class, shoppers.happen(view("e3", "bob", NOW + 2))))
                .hasSize(1);

        shoppers.erase(USER, NOW + 3);
        assertThat(shoppers.failures).containsExactly("u:" + USER);
        assertThat(shoppers.stored().get("profiles")).containsOnlyKeys("u:bob");
        assertThat(shoppers.stored().get("offers").keySet()).hasSize(1).allMatch(key -> key.startsWith("u:bob"));
        assertThat(TestedShoppers.of(OfferMade.class, shoppers.happen(view("e4", USER, NOW + Millis.MINUTE))))
                .hasSize(1);
    }

    private static List<OutcomeKind> kinds(List<ShopperOutput> outputs) {
        return TestedShoppers.of(OutcomesFound.class, outputs).stream()
                .flatMap(found -> found.outcomes().stream())
                .map(Outcome::kind)
                .toList();
    }
}
