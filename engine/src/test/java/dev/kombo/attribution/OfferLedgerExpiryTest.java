package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.item;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.only;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.told;
import static dev.kombo.attribution.LedgerFixture.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.entity.BundleMember;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferLedgerExpiryTest {
    private final OfferLedger ledger = ledger();

    @Test
    void shouldExpireWhenNothingWasBought() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(ledger.nextDue()).isEqualTo(1010);
        assertThat(ledger.expire(1009, false)).isSameAs(LedgerResult.NONE);
        Outcome outcome = only(ledger.expire(2000, false));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.EXPIRED);
        assertThat(outcome.eventTime()).isEqualTo(1010);
        assertThat(outcome.eventId()).isEqualTo("o1");
        assertThat(outcome.bundleId()).isNull();
        assertThat(ledger.expire(2000, false)).isSameAs(LedgerResult.NONE);
        assertThat(ledger.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldTellPartialConversionWithoutMoneyWhenSomeMembersWereBought() {
        List<BundleMember> members = List.of(new BundleMember("a", 2), new BundleMember("b", 1));
        ledger.offered(offer("o1", 10, bundle("b1", 1, members), bundle("b2", 2, "c", "d")), "e");
        ledger.feedback(click("o1", "b1", 11));
        ledger.purchase(item("a", 5, 100, 20));
        Outcome outcome = only(ledger.expire(1010, false));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.PARTIAL_CONVERSION);
        assertThat(outcome.bundleId()).isEqualTo("b1");
        assertThat(outcome.bought().quantity()).isEqualTo(2);
        assertThat(outcome.bought().amount()).isEqualTo(Amount.NONE);
        assertThat(outcome.bought().viewThrough()).isFalse();
        assertThat(ledger.state().bought()).isEmpty();
    }

    @Test
    void shouldExpireWhenBoughtInPartButNeverSeen() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.purchase(item("a", 1, 100, 20));
        assertThat(told(ledger.expire(1010, false))).containsExactly("EXPIRED o1");
    }

    @Test
    void shouldCloseSilentlyWhenConverted() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d")), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(whole("b1", null, 1, 900, 20));
        assertThat(ledger.expire(1010, false)).isSameAs(LedgerResult.NONE);
        assertThat(ledger.offers()).isEmpty();
    }

    @Test
    void shouldLeaveUnitsOfAPartialConversionToOtherOffers() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "z")), "e");
        ledger.feedback(seen("o1", 11));
        ledger.offered(offer("o2", 50, bundle("b2", 1, "a", "b")), "e");
        ledger.feedback(seen("o2", 51));
        ledger.purchase(item("a", 1, 100, 60));
        ledger.purchase(item("z", 1, 100, 5));
        assertThat(told(ledger.expire(1010, false))).containsExactly("PARTIAL_CONVERSION o1 b1");
        assertThat(ledger.state().bought()).extracting(BoughtLine::itemId).containsExactly("a");
        assertThat(told(ledger.purchase(item("b", 1, 100, 1020)))).containsExactly("CONVERSION o2 b2");
    }

    @Test
    void shouldDateNothingLaterThanNowWhenAbandoned() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(seen("o1", 11));
        ledger.purchase(item("a", 1, 100, 20));
        ledger.feedback(click("never-made", "b9", 21));
        LedgerResult result = ledger.abandon(30);
        assertThat(told(result)).containsExactly("PARTIAL_CONVERSION o1 b1");
        assertThat(result.outcomes().get(0).eventTime()).isEqualTo(30);
        assertThat(result.unmatched()).hasSize(1);
        assertThat(ledger.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldKeepTheClickedOfferWhenTooManyAreOpen() {
        OfferLedger small = new OfferLedger(
                new AttributionSettings(1000, 2, 20, 100, 20), new Shopper("u", null), LedgerState.empty());
        small.offered(offer("clicked", 10, bundle("b1", 1, "a", "b")), "e1");
        small.feedback(click("clicked", "b1", 11));
        small.offered(offer("unseen", 20, bundle("b2", 1, "c", "d")), "e2");
        assertThat(told(small.offered(offer("new", 30, bundle("b3", 1, "e", "f")), "e3")))
                .contains("EXPIRED unseen");
        assertThat(small.offers()).extracting(OpenOffer::offerId).containsExactly("clicked", "new");
    }

    @Test
    void shouldCloseTheOldestOfferEarlyWhenTooManyAreOpen() {
        OfferLedger small = ledger(new AttributionSettings(1000, 2, 20, 100, 20));
        small.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        small.feedback(seen("o1", 11));
        small.purchase(item("a", 1, 100, 12));
        small.offered(offer("o2", 20, bundle("b1", 1, "a", "b")), "e");
        small.feedback(seen("o2", 21));
        LedgerResult third = small.offered(offer("o3", 30, bundle("b1", 1, "a", "b")), "e");
        assertThat(told(third)).containsExactly("OFFERED o3", "PARTIAL_CONVERSION o1 b1");
        assertThat(third.outcomes().get(1).eventTime()).isEqualTo(30);
        assertThat(told(small.offered(offer("o4", 40, bundle("b1", 1, "a", "b")), "e")))
                .as("the impression of o3 may be on its way")
                .containsExactly("OFFERED o4", "EXPIRED o2");
        assertThat(small.offers()).extracting(OpenOffer::offerId).containsExactly("o3", "o4");
        small.expire(1040, false);
        assertThat(small.state().bought()).as("no open offer can use it").isEmpty();
    }
}
