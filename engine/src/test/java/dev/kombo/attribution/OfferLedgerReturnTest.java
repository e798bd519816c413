package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.PRICE;
import static dev.kombo.attribution.LedgerFixture.back;
import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.item;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.only;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.swapped;
import static dev.kombo.attribution.LedgerFixture.told;
import static dev.kombo.attribution.LedgerFixture.whole;
import static dev.kombo.attribution.LedgerFixture.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.entity.BundleMember;
import dev.kombo.slot.FilledSlot;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OfferLedgerReturnTest {
    private final OfferLedger ledger = ledger();

    @Test
    void shouldTakeBackBundlesInProportion() {
        convertWhole("o1", 10, 3, 900);
        Outcome one = only(ledger.returned(wholeBack("b1", "order11", 1, 50)));
        assertThat(one.kind()).isEqualTo(OutcomeKind.RETURN);
        assertThat(one.scope()).isEqualTo(new Outcome.Scope(LedgerFixture.ARM, "o1", "home", "b1", 1));
        assertThat(one.bought().amount()).isEqualTo(new Amount(-900, -100, "GBP"));
        assertThat(one.bought().quantity()).isEqualTo(1);
        assertThat(one.bought().orderId()).isEqualTo("order11");
        assertThat(one.bought().viewThrough()).isTrue();
        assertThat(ledger.state().conversions().get(0).quantity()).isEqualTo(2);
        assertThat(ledger.state().conversions().get(0).lines())
                .extracting(BoughtLine::quantity)
                .containsExactly(2, 2);
        // More than is left.
        Outcome rest = only(ledger.returned(wholeBack("b1", "order11", 5, 60)));
        assertThat(rest.bought().amount()).isEqualTo(new Amount(-1800, -200, "GBP"));
        assertThat(rest.bought().quantity()).isEqualTo(2);
        assertThat(ledger.state().conversions()).isEmpty();
        assertThat(ledger.returned(wholeBack("b1", "order11", 1, 70))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldKnowTheMembersOfOneBundleWhenSeveralWereBought() {
        List<BundleMember> members = List.of(new BundleMember("tea", 2), new BundleMember("cup", 1));
        ledger.offered(offer("o1", 10, bundle("b1", 1, members)), "e");
        ledger.purchase(whole("b1", "o1", 3, 900, 12));
        assertThat(ledger.boughtWhole("b1", null)).isEqualTo(members);
        ledger.returned(back("tea", "order12", 1, 50));
        assertThat(ledger.boughtWhole("b1", null)).as("two bundles are whole").isEqualTo(members);
        ledger.returned(wholeBack("b1", "order12", 3, 51));
        assertThat(ledger.boughtWhole("b1", null)).isEmpty();
    }

    @Test
    void shouldKnowTheMembersOfTheOrderThatAReturnNames() {
        List<BundleMember> tea = List.of(new BundleMember("tea", 1));
        List<BundleMember> cocoa = List.of(new BundleMember("cocoa", 1));
        ledger.offered(offer("o1", 10, bundle("b1", 1, tea)), "e");
        ledger.purchase(whole("b1", "o1", 1, 900, 12));
        ledger.offered(offer("o2", 20, bundle("b1", 1, cocoa)), "e");
        ledger.purchase(whole("b1", "o2", 1, 900, 22));
        assertThat(ledger.boughtWhole("b1", "order12")).isEqualTo(tea);
        assertThat(ledger.boughtWhole("b1", "order22")).isEqualTo(cocoa);
        assertThat(ledger.boughtWhole("b1", "order99")).as("the last one").isEqualTo(cocoa);
        ledger.returned(wholeBack("b1", "order22", 1, 30));
        assertThat(ledger.boughtWhole("b1", "order22")).as("what is left").isEqualTo(tea);
    }

    @Test
    void shouldTakeBackMembersOfAWholeBundleInEqualParts() {
        convertWhole("o1", 10, 1, 901);
        assertThat(only(ledger.returned(back("a", "order11", 1, 50))).bought().amount())
                .isEqualTo(new Amount(-450, -49, "GBP"));
        assertThat(ledger.returned(back("a", "order11", 1, 51))).isSameAs(LedgerResult.NONE);
        assertThat(only(ledger.returned(back("b", "order11", 1, 52))).bought().amount())
                .isEqualTo(new Amount(-451, -50, "GBP"));
    }

    @Test
    void shouldTakeBackWhatAMemberCostInTheOffer() {
        // The tea costs what it always costs, 7.00 for two, and the cup 2.00 instead of 3.00.
        List<BundleMember> members = List.of(new BundleMember("tea", 2), new BundleMember("cup", 1));
        OfferedPrice price = PRICE.divided(new long[] {700, 200}, new long[] {0, 100});
        OfferedBundle split = bundle("b1", 1, price, members, List.of());
        ledger.offered(offer("o1", 10, split), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(whole("b1", null, 2, 900, 12));

        assertThat(only(ledger.returned(back("cup", "order12", 1, 50))).bought().amount())
                .isEqualTo(new Amount(-200, -100, "GBP"));
        assertThat(only(ledger.returned(back("tea", "order12", 3, 51))).bought().amount())
                .isEqualTo(new Amount(-1_050, 0, "GBP"));
        assertThat(only(ledger.returned(wholeBack("b1", "order12", 2, 52)))
                        .bought()
                        .amount())
                .isEqualTo(new Amount(-550, -100, "GBP"));
        assertThat(ledger.state().conversions()).isEmpty();
    }

    @Test
    void shouldTakeBackTheShareOfTheReplacedUnitsWhenAnItemWasSwappedIn() {
        ledger.offered(offer("o1", 10, breakfast()), "e");
        ledger.feedback(seen("o1", 11));
        Outcome bought = only(ledger.purchase(whole("b1", null, 1, 990, 12)));
        assertThat(bought.bought().amount()).as("the price of an alternative").isEqualTo(new Amount(990, 100, "GBP"));

        assertThat(only(ledger.returned(back("cocoa", "order12", 1, 50)))
                        .bought()
                        .amount())
                .as("of the coffee")
                .isEqualTo(new Amount(-220, -30, "GBP"));
        assertThat(only(ledger.returned(back("coffee", "order12", 1, 51)))
                        .bought()
                        .amount())
                .as("the coffee is gone: what is left of the slot is of the tea")
                .isEqualTo(new Amount(-440, -50, "GBP"));
        assertThat(ledger.returned(back("juice", "order12", 1, 52))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.state().conversions()).hasSize(1);
        assertThat(only(ledger.returned(back("bun", "order12", 1, 53))).bought().amount())
                .isEqualTo(new Amount(-330, -20, "GBP"));
    }

    @Test
    void shouldTakeBackTheShareOfTheMemberThatThePurchaseStatesToBeReplaced() {
        ledger.offered(offer("o1", 10, breakfast()), "e");
        Purchase bought = swapped(whole("b1", null, 2, 990, 12), Map.of("tea", "cocoa"));
        assertThat(ledger.purchase(bought)).isSameAs(LedgerResult.NONE);
        assertThat(ledger.returned(back("tea", "order12", 1, 20))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.returned(back("cocoa", "order12", 1, 21)))
                .as("a bundle less")
                .isSameAs(LedgerResult.NONE);
        Outcome late = ledger.feedback(seen("o1", 11)).outcomes().get(1);
        assertThat(late.bought().amount()).isEqualTo(new Amount(990, 100, "GBP"));
        assertThat(ledger.boughtWhole("b1", null))
                .extracting(BundleMember::itemId)
                .containsExactly("bun", "cocoa", "coffee");

        assertThat(ledger.returned(back("tea", "order12", 1, 50))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.returned(back("milk", "order12", 1, 51))).isSameAs(LedgerResult.NONE);
        assertThat(only(ledger.returned(back("cocoa", "order12", 1, 52)))
                        .bought()
                        .amount())
                .as("of the tea")
                .isEqualTo(new Amount(-440, -50, "GBP"));
    }

    @Test
    void shouldTakeBackItsOwnMoneyWhenASwappedInItemWasBoughtByItself() {
        ledger.offered(offer("o1", 10, breakfast()), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(item("cocoa", 2, 350, 12));
        Outcome bought = only(ledger.purchase(item("bun", 1, 250, 13)));
        assertThat(bought.bought().amount())
                .as("the list price of a cocoa is not known")
                .isEqualTo(new Amount(950, 0, "GBP"));
        assertThat(only(ledger.returned(back("cocoa", "order12", 1, 50)))
                        .bought()
                        .amount())
                .isEqualTo(new Amount(-350, 0, "GBP"));
    }

    /** A bun at 3.00 and two drinks: tea at 4.00, coffee at 2.00. */
    private static OfferedBundle breakfast() {
        List<BundleMember> members =
                List.of(new BundleMember("bun", 1), new BundleMember("tea", 1), new BundleMember("coffee", 1));
        FilledSlot drinks = new FilledSlot(
                "drinks",
                members.subList(1, 3),
                List.of(
                        new FilledSlot.Alternative("cocoa", "coffee", 990),
                        new FilledSlot.Alternative("milk", "tea", 870)));
        OfferedPrice price = PRICE.divided(new long[] {300, 400, 200}, new long[] {20, 50, 30});
        return bundle("b1", 1, price, members, List.of(drinks));
    }

    @Test
    void shouldSplitWhatWasPaidByWhatTheMembersCostWhenAnotherPriceWasPaid() {
        List<BundleMember> members = List.of(new BundleMember("mug", 1), new BundleMember("spoon", 1));
        OfferedPrice price = PRICE.divided(new long[] {900, 0}, new long[] {0, 100});
        OfferedBundle gift = bundle("b1", 1, price, members, List.of());
        ledger.offered(offer("o1", 10, gift), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(whole("b1", null, 1, 950, 12));

        assertThat(only(ledger.returned(back("spoon", "order12", 1, 50)))
                        .bought()
                        .amount())
                .isEqualTo(new Amount(0, -50, "GBP"));
        assertThat(only(ledger.returned(back("mug", "order12", 1, 51))).bought().amount())
                .isEqualTo(new Amount(-950, 0, "GBP"));
    }

    @Test
    void shouldTakeBackWhatWasPaidForTheUnit() {
        convertItems("o1", 10, 300, 500);
        // Saving was 1000 - 800 = 200 for two units.
        assertThat(only(ledger.returned(back("b", null, 1, 50))).bought().amount())
                .isEqualTo(new Amount(-500, -100, "GBP"));
        assertThat(only(ledger.returned(back("a", null, 9, 51))).bought().amount())
                .isEqualTo(new Amount(-300, -100, "GBP"));
        assertThat(ledger.state().conversions()).isEmpty();
    }

    @Test
    void shouldTakeFromTheSameOrderFirstAndThenFromTheLatest() {
        convertItems("o1", 10, 1, 2);
        convertItems("o2", 20, 10, 20);
        convertItems("o3", 30, 100, 200);
        assertThat(told(ledger.returned(back("a", "order12", 1, 50)))).containsExactly("RETURN o1 b1");
        assertThat(told(ledger.returned(back("a", "a number of its own", 1, 51))))
                .containsExactly("RETURN o3 b1");
        assertThat(told(ledger.returned(back("a", "order12", 1, 52)))).containsExactly("RETURN o2 b1");
        assertThat(ledger.returned(back("a", "order12", 1, 53))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldTellOneReturnAConversionWhenSeveralAreTouched() {
        convertItems("o1", 10, 1, 2);
        convertItems("o2", 20, 10, 20);
        LedgerResult result = ledger.returned(back("a", null, 2, 50));
        assertThat(told(result)).containsExactly("RETURN o2 b1", "RETURN o1 b1");
        assertThat(result.outcomes())
                .extracting(outcome -> outcome.bought().amount().revenueMinor())
                .containsExactly(-10L, -1L);
    }

    @Test
    void shouldRemoveUnitsThatAreNotCreditedYet() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(item("a", 3, 100, 12));
        assertThat(ledger.returned(back("a", "order12", 2, 20))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.state().bought()).extracting(BoughtLine::quantity).containsExactly(1);
        ledger.returned(back("a", null, 1, 21));
        assertThat(ledger.purchase(item("b", 1, 100, 30))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldTakeUncreditedUnitsOfTheSameOrderBeforeConversionsOfAnother() {
        convertItems("o1", 10, 300, 500);
        ledger.offered(offer("o2", 20, bundle("b2", 1, "a", "z")), "e");
        ledger.purchase(item("a", 1, 300, 25));
        assertThat(ledger.returned(back("a", "order25", 1, 30))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.state().bought()).isEmpty();
        assertThat(ledger.state().conversions()).hasSize(1);
    }

    @Test
    void shouldTakeItemsBoughtOneByOneBeforeMembersOfAWholeBundle() {
        convertItems("o1", 10, 300, 500);
        convertWhole("o2", 20, 1, 900);
        assertThat(told(ledger.returned(back("a", null, 1, 50)))).containsExactly("RETURN o1 b1");
        assertThat(told(ledger.returned(back("a", null, 1, 51)))).containsExactly("RETURN o2 b1");
    }

    @Test
    void shouldNotTakeAWholeBundleFromItemsBoughtOneByOne() {
        convertItems("o1", 10, 300, 500);
        assertThat(ledger.returned(wholeBack("b1", null, 1, 50))).isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldNotTakeBackWhatWasPaidInAnotherCurrency() {
        convertItems("o1", 10, 300, 500);
        assertThat(ledger.returned(new Return("x", "a", null, null, 1, 300, "EUR", 50)))
                .isSameAs(LedgerResult.NONE);
        assertThat(told(ledger.returned(new Return("y", "a", null, null, 1, 300, "GBP", 51))))
                .containsExactly("RETURN o1 b1");
    }

    @Test
    void shouldTakeUnitsOfTheSameCurrencyBeforeThoseWithoutAPrice() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.purchase(new Purchase("x", "a", null, null, null, 1, 300, "GBP", 20, Map.of()));
        ledger.purchase(new Purchase("y", "a", null, null, null, 1, 0, null, 21, Map.of()));
        ledger.returned(new Return("z", "a", null, null, 1, 300, "GBP", 30));
        assertThat(ledger.state().bought()).extracting(BoughtLine::currency).containsExactly("");
        ledger.returned(new Return("w", "a", null, null, 1, 300, "GBP", 31));
        assertThat(ledger.state().bought()).isEmpty();
    }

    @Test
    void shouldMatchAWholeBundleByTheCurrencyItWasPaidIn() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(new Purchase("x", null, "b1", null, null, 1, 300, "EUR", 20, Map.of()));
        assertThat(ledger.returned(new Return("y", null, "b1", null, 1, 300, "GBP", 30)))
                .isSameAs(LedgerResult.NONE);
        Outcome outcome = only(ledger.returned(new Return("z", null, "b1", null, 1, 300, "EUR", 31)));
        assertThat(outcome.bought().amount()).isEqualTo(new Amount(0, 0, "GBP"));
    }

    @Test
    void shouldTakeBackAfterTheOfferClosed() {
        convertItems("o1", 10, 300, 500);
        assertThat(ledger.expire(5000, false)).isSameAs(LedgerResult.NONE);
        assertThat(told(ledger.returned(back("a", null, 1, 6000)))).containsExactly("RETURN o1 b1");
    }

    @Test
    void shouldForgetTheOldestConversionWhenTooMany() {
        OfferLedger small = ledger(new AttributionSettings(1000, 20, 1, 100, 20));
        for (long at : new long[] {10, 20}) {
            small.offered(offer("o" + at, at, bundle("b" + at, 1, "a", "b")), "e");
            small.feedback(seen("o" + at, at + 1));
            small.purchase(whole("b" + at, null, 1, 900, at + 2));
        }
        assertThat(small.state().conversions())
                .extracting(c -> c.scope().bundleId())
                .containsExactly("b20");
        assertThat(small.returned(wholeBack("b10", null, 1, 50))).isSameAs(LedgerResult.NONE);
    }

    private void convertItems(String id, long at, long priceOfA, long priceOfB) {
        ledger.offered(offer(id, at, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(seen(id, at + 1));
        ledger.purchase(item("a", 1, priceOfA, at + 2));
        assertThat(told(ledger.purchase(item("b", 1, priceOfB, at + 3)))).containsExactly("CONVERSION " + id + " b1");
    }

    private void convertWhole(String id, long at, int quantity, long price) {
        ledger.offered(offer(id, at, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(seen(id, at + 1));
        assertThat(told(ledger.purchase(whole("b1", null, quantity, price, at + 1))))
                .containsExactly("CONVERSION " + id + " b1");
    }
}
