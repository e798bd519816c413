package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.only;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.told;
import static dev.kombo.attribution.LedgerFixture.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.BundleMember;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole bundles bought that were not offered, and those whose offer later turns out to have been seen. */
class OfferLedgerCrossTest {
    private static final List<BundleMember> A_AND_X = List.of(new BundleMember("x", 1), new BundleMember("a", 1));

    private final OfferLedger ledger = ledger();

    private LedgerResult buyAnother(long time) {
        return ledger.purchase(whole("other", null, 2, 900, time), A_AND_X, false);
    }

    @Test
    void shouldTellWhichOfferWasFollowedByAnotherBundleWithoutMoney() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "c", "d"), bundle("b2", 2, "a", "b")), "e");
        ledger.feedback(seen("o1", 11));
        Outcome outcome = only(buyAnother(20));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CROSS_CONVERSION);
        assertThat(outcome.scope()).isEqualTo(new Outcome.Scope(LedgerFixture.ARM, "o1", "home", "b2", 2));
        assertThat(outcome.bundleIds()).containsExactly("other");
        assertThat(outcome.bought().quantity()).isEqualTo(2);
        assertThat(outcome.bought().orderId()).isEqualTo("order20");
        assertThat(outcome.bought().amount()).isEqualTo(Amount.NONE);
        assertThat(outcome.bought().viewThrough()).isTrue();
        // It takes nothing away: the bundle may still convert.
        assertThat(told(ledger.purchase(whole("b2", null, 1, 900, 30)))).containsExactly("CONVERSION o1 b2");
        assertThat(told(buyAnother(40))).isEmpty();
    }

    @Test
    void shouldTellTheLastTouchOfSeveral() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.offered(offer("o2", 12, bundle("b2", 1, "a", "c")), "e");
        ledger.feedback(click("o1", "b1", 13));
        ledger.feedback(seen("o2", 14));
        Outcome outcome = only(buyAnother(20));
        assertThat(outcome.offerId()).isEqualTo("o1");
        assertThat(outcome.bought().viewThrough()).isFalse();
    }

    @Test
    void shouldTellNothingWhenUnseenOrClosedOrNothingIsShared() {
        ledger.offered(offer("unseen", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.offered(offer("stranger", 10, bundle("b2", 1, "c", "d")), "e");
        ledger.feedback(seen("stranger", 11));
        assertThat(told(buyAnother(20))).isEmpty();
        ledger.feedback(seen("unseen", 30));
        assertThat(told(buyAnother(29))).as("before it was seen").isEmpty();
        assertThat(told(buyAnother(1010))).as("after the window").isEmpty();
        assertThat(told(ledger.purchase(whole("other", null, 1, 900, 40))))
                .as("members not known")
                .isEmpty();
    }

    @Test
    void shouldNotCrossWhenAnOpenOfferHoldsTheBundleItself() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(seen("o1", 11));
        ledger.offered(offer("o2", 12, bundle("other", 1, "a", "x")), "e");
        assertThat(told(buyAnother(20))).as("o2 was not seen").isEmpty();
        assertThat(told(ledger.feedback(seen("o2", 15)))).containsExactly("IMPRESSION o2", "CONVERSION o2 other");
        assertThat(told(buyAnother(30))).as("it has converted").isEmpty();
    }

    @Test
    void shouldConvertABundleBoughtWholeWhenItsImpressionIsLate() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(ledger.purchase(whole("b1", null, 2, 900, 50))).isSameAs(LedgerResult.NONE);
        LedgerResult late = ledger.feedback(seen("o1", 20));
        assertThat(told(late)).containsExactly("IMPRESSION o1", "CONVERSION o1 b1");
        Outcome conversion = late.outcomes().get(1);
        assertThat(conversion.bought().amount()).isEqualTo(new Amount(1800, 200, "GBP"));
        assertThat(conversion.eventId()).isEqualTo("buy-b150");
        assertThat(conversion.eventTime()).isEqualTo(50);
        assertThat(ledger.state().bundles()).isEmpty();
    }

    @Test
    void shouldNotConvertWhatWasBoughtBeforeItWasSeen() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.purchase(whole("b1", null, 1, 900, 50));
        assertThat(told(ledger.feedback(seen("o1", 60)))).containsExactly("IMPRESSION o1");
        ledger.expire(1010, false);
        assertThat(ledger.state().bundles())
                .as("no offer can be credited any more")
                .isEmpty();
    }

    @Test
    void shouldCreditOnlyBundlesThatDidNotComeBackMeanwhile() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.purchase(whole("b1", null, 3, 900, 50));
        ledger.returned(LedgerFixture.wholeBack("b1", "order50", 1, 51));
        ledger.returned(LedgerFixture.back("a", "order50", 1, 52));
        LedgerResult late = ledger.feedback(seen("o1", 20));
        assertThat(late.outcomes().get(1).bought().amount()).isEqualTo(new Amount(900, 100, "GBP"));
        assertThat(late.outcomes().get(1).bought().quantity()).isEqualTo(1);
    }

    @Test
    void shouldLetAPurchaseWaitForTheOfferItNames() {
        ledger.purchase(whole("b1", "o1", 1, 900, 50), List.of(), true);
        ledger.purchase(LedgerFixture.itemOf("o1", "c", 100, 51), List.of(), true);
        assertThat(ledger.state().waiting()).as("once an order").hasSize(1);
        LedgerResult came = ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(told(came)).containsExactly("OFFERED o1", "IMPRESSION o1", "CONVERSION o1 b1");
    }

    @Test
    void shouldGiveUpAPurchaseThatNamesAnOfferNobodyMade() {
        assertThat(ledger.purchase(whole("b1", "foreign", 1, 900, 50))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.expire(1049, false).unmatched()).isEmpty();
        assertThat(ledger.expire(1050, false).unmatched()).singleElement().satisfies(lost -> {
            assertThat(lost.reason()).isEqualTo(UnmatchedFeedback.Cause.UNKNOWN_OFFER);
            assertThat(lost.feedback().kind()).isEqualTo(OutcomeKind.PURCHASED);
            assertThat(lost.feedback().eventId()).isEqualTo("buy-b150");
        });
    }
}
