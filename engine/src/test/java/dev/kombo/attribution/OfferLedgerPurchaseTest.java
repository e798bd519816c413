package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.item;
import static dev.kombo.attribution.LedgerFixture.itemOf;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.only;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.told;
import static dev.kombo.attribution.LedgerFixture.whole;
import static dev.kombo.attribution.LedgerFixture.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.entity.BundleMember;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferLedgerPurchaseTest {
    private final OfferLedger ledger = ledger();

    @Test
    void shouldConvertWithUnitPriceTimesQuantityWhenBundleIsBoughtWhole() {
        offerAndSee("o1", 10, bundle("b1", 2, "a", "b"));
        Outcome outcome = only(ledger.purchase(whole("b1", null, 3, 900, 50)));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONVERSION);
        assertThat(outcome.scope()).isEqualTo(new Outcome.Scope(LedgerFixture.ARM, "o1", "home", "b1", 2));
        assertThat(outcome.bought().amount()).isEqualTo(new Amount(2700, 300, "GBP"));
        assertThat(outcome.bought().quantity()).isEqualTo(3);
        assertThat(outcome.bought().orderId()).isEqualTo("order50");
        assertThat(outcome.bought().viewThrough()).isTrue();
        assertThat(outcome.eventTime()).isEqualTo(50);
    }

    @Test
    void shouldCreditAndTakeBackALargestSavingWhenItIsMoreThanANumberHolds() {
        long listPrice = 100_000_000_000_000L;
        offerAndSee(
                "o1",
                10,
                new OfferedBundle(
                        "b1",
                        1,
                        new OfferedPrice(900, listPrice - 900, "GBP"),
                        List.of(new BundleMember("a", 1), new BundleMember("b", 2)),
                        List.of(),
                        OfferedBundle.NO_FEATURES));
        int most = 1_000_000;
        Amount amount =
                only(ledger.purchase(whole("b1", null, most, 900, 50))).bought().amount();
        assertThat(amount).isEqualTo(new Amount(900L * most, Long.MAX_VALUE, "GBP"));
        Amount back = only(ledger.returned(wholeBack("b1", "order50", 1, 60)))
                .bought()
                .amount();
        assertThat(back).isEqualTo(new Amount(-900, -Long.MAX_VALUE / most, "GBP"));
        Amount rest = only(ledger.returned(wholeBack("b1", "order50", most - 1, 70)))
                .bought()
                .amount();
        assertThat(back.savingMinor() + rest.savingMinor()).isEqualTo(-Long.MAX_VALUE);
    }

    @Test
    void shouldConvertOnceAnOfferedBundle() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        offerAndSee("o2", 20, bundle("b1", 1, "a", "b"));
        assertThat(told(ledger.purchase(whole("b1", null, 1, 900, 50)))).containsExactly("CONVERSION o2 b1");
        assertThat(told(ledger.purchase(whole("b1", null, 1, 900, 60)))).containsExactly("CONVERSION o1 b1");
        assertThat(ledger.purchase(whole("b1", null, 1, 900, 70))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldNotConvertWhenTheOfferWasNotSeen() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(ledger.purchase(whole("b1", null, 1, 900, 50))).isSameAs(LedgerResult.NONE);
        ledger.purchase(item("a", 1, 400, 51));
        assertThat(ledger.purchase(item("b", 1, 500, 52))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldNotConvertWhenSeenAfterThePurchaseOnly() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.purchase(item("a", 1, 400, 51));
        ledger.purchase(item("b", 1, 500, 52));
        assertThat(told(ledger.feedback(seen("o1", 60)))).containsExactly("IMPRESSION o1");
        assertThat(told(ledger.expire(1010, false))).containsExactly("EXPIRED o1");
    }

    @Test
    void shouldConvertWithALateImpressionWhenSeenBeforeTheLastUnit() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.purchase(item("a", 1, 400, 51));
        ledger.purchase(item("b", 1, 500, 55));
        LedgerResult result = ledger.feedback(seen("o1", 53));
        assertThat(told(result)).containsExactly("IMPRESSION o1", "CONVERSION o1 b1");
        assertThat(result.outcomes().get(1).eventTime()).isEqualTo(55);
        assertThat(result.outcomes().get(1).bought().orderId()).isEqualTo("order55");
    }

    @Test
    void shouldPreferTheNamedOfferAndTakeItAsSeen() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        offerAndSee("o2", 20, bundle("b1", 1, "a", "b"));
        ledger.feedback(click("o2", "b1", 30));
        LedgerResult result = ledger.purchase(whole("b1", "o1", 1, 900, 50));
        assertThat(told(result)).containsExactly("IMPRESSION o1", "CONVERSION o1 b1");
    }

    @Test
    void shouldFallBackToTheLastTouchWhenTheNamedOfferDoesNotHoldTheBundle() {
        offerAndSee("o1", 10, bundle("b9", 1, "x", "y"));
        offerAndSee("o2", 20, bundle("b1", 1, "a", "b"));
        assertThat(told(ledger.purchase(whole("b1", "o1", 1, 900, 50)))).containsExactly("CONVERSION o2 b1");
        offerAndSee("o3", 60, bundle("b1", 1, "a", "b"));
        assertThat(told(ledger.purchase(whole("b1", "gone", 1, 900, 70)))).containsExactly("CONVERSION o3 b1");
    }

    @Test
    void shouldConvertWhenUnitsCoverAllMembers() {
        offerAndSee("o1", 10, bundle("b1", 1, List.of(new BundleMember("a", 2), new BundleMember("b", 1))));
        assertThat(ledger.purchase(item("a", 1, 300, 30))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.purchase(item("b", 1, 250, 40))).isSameAs(LedgerResult.NONE);
        Outcome outcome = only(ledger.purchase(item("a", 1, 320, 50)));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CONVERSION);
        // Paid 300 + 250 + 320 = 870 against a list price of 900 + 100.
        assertThat(outcome.bought().amount()).isEqualTo(new Amount(870, 130, "GBP"));
        assertThat(outcome.bought().quantity()).isEqualTo(1);
        assertThat(ledger.state().bought()).isEmpty();
    }

    @Test
    void shouldClaimNoSavingWhenMoreThanTheListPriceWasPaidOrAPriceIsUnknown() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d"));
        ledger.purchase(item("a", 1, 700, 30));
        assertThat(only(ledger.purchase(item("b", 1, 700, 31))).bought().amount())
                .isEqualTo(new Amount(1400, 0, "GBP"));
        ledger.purchase(new Purchase("x", "c", null, null, null, 1, 0, null, 32, Map.of()));
        Outcome outcome = only(ledger.purchase(new Purchase("y", "d", null, null, null, 1, 300, "GBP", 33, Map.of())));
        assertThat(outcome.bought().amount()).isEqualTo(new Amount(300, 0, "GBP"));
        assertThat(outcome.bought().orderId()).isNull();
    }

    @Test
    void shouldTellWhatWasReallySavedOfABundleThatWasBoughtWhole() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d"), bundle("b3", 3, "e", "f"));
        // The list price is 1000; the offer's 900 ended meanwhile, or something else was given off.
        assertThat(only(ledger.purchase(whole("b1", null, 2, 1000, 200)))
                        .bought()
                        .amount())
                .isEqualTo(new Amount(2000, 0, "GBP"));
        assertThat(only(ledger.purchase(whole("b2", null, 2, 850, 201)))
                        .bought()
                        .amount())
                .isEqualTo(new Amount(1700, 300, "GBP"));
        Purchase unpriced = new Purchase("x", null, "b3", null, null, 1, 0, null, 202, Map.of());
        assertThat(only(ledger.purchase(unpriced)).bought().amount()).isEqualTo(new Amount(0, 0, "GBP"));
    }

    @Test
    void shouldUseAUnitOnceOnly() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "a", "c"));
        ledger.purchase(item("b", 1, 100, 30));
        ledger.purchase(item("c", 1, 100, 31));
        assertThat(told(ledger.purchase(item("a", 1, 100, 32)))).containsExactly("CONVERSION o1 b1");
        assertThat(ledger.state().bought()).extracting(BoughtLine::itemId).containsExactly("c");
        assertThat(told(ledger.purchase(item("a", 1, 100, 33)))).containsExactly("CONVERSION o1 b2");
    }

    @Test
    void shouldConvertSeveralBundlesWhenUnitsSuffice() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "a", "c"));
        ledger.purchase(item("b", 1, 100, 30));
        ledger.purchase(item("c", 1, 100, 31));
        LedgerResult result = ledger.purchase(item("a", 2, 100, 32));
        assertThat(told(result)).containsExactly("CONVERSION o1 b1", "CONVERSION o1 b2");
        assertThat(result.outcomes()).extracting(Outcome::outcomeId).doesNotHaveDuplicates();
    }

    @Test
    void shouldCreditTheLastTouchWhenSeveralBundlesComplete() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        offerAndSee("o2", 20, bundle("b2", 2, "a", "b"), bundle("b3", 1, "a", "b"));
        offerAndSee("o3", 15, bundle("b4", 1, "a", "b"));
        ledger.feedback(click("o1", "b1", 30));
        // A click first, though o2 was seen later; then o2, its lower rank first; then o3.
        assertThat(told(buyPair(100))).containsExactly("CONVERSION o1 b1");
        assertThat(told(buyPair(110))).containsExactly("CONVERSION o2 b3");
        assertThat(told(buyPair(120))).containsExactly("CONVERSION o2 b2");
        assertThat(told(buyPair(130))).containsExactly("CONVERSION o3 b4");
        assertThat(buyPair(140)).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldCreditTheLaterClick() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        offerAndSee("o2", 20, bundle("b2", 1, "a", "b"));
        ledger.feedback(click("o2", "b2", 30));
        ledger.feedback(click("o1", "b1", 40));
        Outcome outcome = only(buyPair(100));
        assertThat(outcome.bundleId()).isEqualTo("b1");
        assertThat(outcome.bought().viewThrough()).isFalse();
    }

    @Test
    void shouldCreditTheNamedOfferWhenAnItemCompletesSeveral() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        offerAndSee("o2", 20, bundle("b2", 1, "a", "b"));
        ledger.purchase(item("a", 1, 100, 30));
        assertThat(told(ledger.purchase(itemOf("o1", "b", 100, 31)))).containsExactly("CONVERSION o1 b1");
    }

    @Test
    void shouldIgnoreUnitsBoughtBeforeOrAtTheOffer() {
        offerAndSee("o0", 1, bundle("b0", 1, "a", "x"));
        ledger.purchase(item("a", 1, 100, 10));
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        assertThat(ledger.purchase(item("b", 1, 100, 20))).isSameAs(LedgerResult.NONE);
        assertThat(told(ledger.purchase(item("a", 1, 100, 21)))).containsExactly("CONVERSION o1 b1");
    }

    @Test
    void shouldIgnorePurchasesAfterTheWindow() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        ledger.purchase(item("a", 1, 100, 1009));
        assertThat(ledger.purchase(item("b", 1, 100, 1010))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.purchase(whole("b1", "o1", 1, 100, 1010))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldNotMixCurrencies() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        ledger.purchase(item("a", 1, 100, 30));
        assertThat(ledger.purchase(new Purchase("x", "b", null, null, "o", 1, 100, "EUR", 31, Map.of())))
                .isSameAs(LedgerResult.NONE);
        assertThat(ledger.state().bought()).extracting(BoughtLine::itemId).containsExactly("a");
        Outcome outcome = only(ledger.purchase(new Purchase("y", null, "b1", null, "o", 1, 100, "EUR", 32, Map.of())));
        assertThat(outcome.bought().amount()).isEqualTo(new Amount(0, 0, "GBP"));
    }

    @Test
    void shouldKeepNothingWhenNoOfferHoldsTheItem() {
        offerAndSee("o1", 10, bundle("b1", 1, "a", "b"));
        assertThat(ledger.purchase(item("z", 1, 100, 30))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.state().bought()).isEmpty();
    }

    @Test
    void shouldForgetTheOldestUnitsWhenTooManyLines() {
        OfferLedger small = ledger(new AttributionSettings(1000, 20, 20, 2, 20));
        small.offered(offer("o1", 10, bundle("b1", 1, "a", "b", "c", "d")), "e");
        small.purchase(item("b", 1, 100, 31));
        small.purchase(item("a", 1, 100, 30));
        small.purchase(item("c", 1, 100, 32));
        assertThat(small.state().bought()).extracting(BoughtLine::itemId).containsExactly("b", "c");
    }

    @Test
    void shouldRefuseLinesThatMakeNoSense() {
        assertThatThrownBy(() -> item("a", 0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> item("a", 1, -1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> item("a", 3, Long.MAX_VALUE / 2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> item(null, 1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Return("e", "a", "b", null, 1, 0, null, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private LedgerResult buyPair(long time) {
        assertThat(ledger.purchase(item("a", 1, 100, time))).isSameAs(LedgerResult.NONE);
        return ledger.purchase(item("b", 1, 100, time + 1));
    }

    private void offerAndSee(String id, long at, OfferedBundle... bundles) {
        ledger.offered(offer(id, at, bundles), "e");
        ledger.feedback(seen(id, at + 1));
    }
}
