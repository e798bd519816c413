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

import dev.kombo.experiment.Enrollment.Assignment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session's offers move to the user. */
class OfferLedgerLoginTest {
    private static final Assignment VISITORS = new Assignment("exp/visitors", "popularity", 3);

    private final OfferLedger user = ledger();
    private final OfferLedger session =
            new OfferLedger(LedgerFixture.settings(), new Shopper(null, "visit"), LedgerState.empty());

    private static OpenOffer ofVisitors(String id, long at, OfferedBundle... bundles) {
        return new OpenOffer(
                id, "home", VISITORS, at, at + 100, at + LedgerFixture.WINDOW, new ArrayList<>(List.of(bundles)));
    }

    private LedgerResult login(long time) {
        return user.absorb(session.state(), "login", time);
    }

    @Test
    void shouldAccountForLaterOutcomesWhereTheOfferWasMadeAndForTheUser() {
        session.offered(ofVisitors("s1", 10, bundle("b1", 1, "a", "b")), "e");
        session.feedback(seen("s1", 11));
        assertThat(login(20)).isSameAs(LedgerResult.NONE);
        Outcome conversion = only(user.purchase(whole("b1", null, 1, 900, 30)));
        assertThat(conversion.scope()).isEqualTo(new Outcome.Scope(VISITORS, "s1", "home", "b1", 1));
        assertThat(conversion.shopper()).isEqualTo(LedgerFixture.SHOPPER);
        Outcome back = only(user.returned(LedgerFixture.wholeBack("b1", null, 1, 40)));
        assertThat(back.scope().assignment()).isEqualTo(VISITORS);
    }

    @Test
    void shouldCompleteABundleWithUnitsOfBoth() {
        session.offered(ofVisitors("s1", 10, bundle("b1", 1, "a", "b")), "e");
        session.feedback(seen("s1", 11));
        session.purchase(item("a", 1, 400, 12));
        user.purchase(item("b", 1, 500, 15), List.of(), true);
        Outcome conversion = only(login(20));
        assertThat(conversion.bought().amount().revenueMinor()).isEqualTo(900);
        assertThat(conversion.eventId()).isEqualTo("login");
        assertThat(conversion.eventTime()).isEqualTo(15);
        assertThat(user.state().bought()).isEmpty();
    }

    @Test
    void shouldCreditThePurchaseThatShowedWhoTheSessionIs() {
        session.offered(ofVisitors("s1", 10, bundle("b1", 1, "a", "b")), "e");
        session.feedback(click("s1", "b1", 11));
        assertThat(told(user.purchase(whole("b1", "s1", 1, 900, 15), List.of(), true)))
                .isEmpty();
        LedgerResult result = login(15);
        assertThat(told(result)).containsExactly("CONVERSION s1 b1");
        assertThat(result.outcomes().get(0).bought().viewThrough()).isFalse();
        assertThat(result.outcomes().get(0).eventId()).isEqualTo("buy-b115");
        assertThat(user.state().waiting()).isEmpty();
    }

    @Test
    void shouldForgetPurchasesWhenNoSessionAnswersInTime() {
        user.purchase(whole("b1", null, 1, 900, 15), List.of(), true);
        user.purchase(item("a", 1, 900, 16), List.of(), true);
        long due = 16 + OfferLedger.PATIENCE_MILLIS;
        assertThat(user.nextDue()).isEqualTo(due);
        user.expire(due - 1, true);
        assertThat(user.state().bought()).hasSize(1);
        user.expire(due, true);
        assertThat(user.state().bought()).isEmpty();
        assertThat(user.state().bundles()).isEmpty();
        assertThat(user.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldKeepAwaitedPurchasesWhenAnotherOfferCloses() {
        user.offered(offer("o1", 10, bundle("b9", 1, "x", "y")), "e");
        user.purchase(item("a", 1, 400, 1008), List.of(), true);
        user.expire(1010, true);
        session.offered(ofVisitors("s1", 1000, bundle("b1", 1, "a", "b")), "e");
        session.feedback(seen("s1", 1001));
        login(1011);
        assertThat(told(user.purchase(item("b", 1, 500, 1012)))).containsExactly("CONVERSION s1 b1");
    }

    @Test
    void shouldApplyTouchesThatWaitedOnEitherSide() {
        session.offered(ofVisitors("s1", 10, bundle("b1", 1, "a", "b")), "e");
        user.feedback(click("s1", "b1", 14));
        user.offered(offer("o1", 12, bundle("b2", 1, "c", "d")), "e");
        session.feedback(seen("o1", 13));
        session.feedback(seen("nobody's", 13));
        assertThat(told(login(20))).containsExactly("IMPRESSION s1", "CLICK s1 b1", "IMPRESSION o1");
        assertThat(user.state().waiting()).hasSize(1);
        assertThat(user.expire(1013, false).unmatched()).hasSize(1);
    }

    @Test
    void shouldKeepOffersOnceAndInOrderWhenTheyComeTwice() {
        session.offered(ofVisitors("s1", 10, bundle("b1", 1, "a", "b")), "e");
        session.feedback(click("ghost", "b1", 11));
        user.offered(offer("o1", 5, bundle("b2", 1, "c", "d")), "e");
        user.offered(offer("o2", 15, bundle("b2", 1, "c", "d")), "e");
        LedgerState again = copyOfOffersAndWaiting();
        login(20);
        user.absorb(again, "login again", 21);
        assertThat(user.offers()).extracting(OpenOffer::offerId).containsExactly("o1", "s1", "o2");
        assertThat(user.state().waiting()).hasSize(1);
    }

    private LedgerState copyOfOffersAndWaiting() {
        LedgerState copy = LedgerState.empty();
        copy.offers().addAll(session.state().offers());
        copy.waiting().addAll(session.state().waiting());
        return copy;
    }

    @Test
    void shouldKeepAllBoundsWhenBothAreFull() {
        AttributionSettings tight = new AttributionSettings(1000, 2, 1, 2, 1);
        OfferLedger small = ledger(tight);
        OfferLedger visit = new OfferLedger(tight, new Shopper(null, "visit"), LedgerState.empty());
        for (OfferLedger ledger : List.of(small, visit)) {
            String name = ledger == small ? "o" : "s";
            for (long at : new long[] {10, 20}) {
                ledger.offered(ofVisitors(name + at, at, bundle("b" + at, 1, "a", "b")), "e");
            }
            ledger.feedback(click(name + "10", "b10", 21));
            ledger.feedback(seen("ghost of " + name, 22));
            ledger.purchase(whole("b10", null, 1, 900, 30));
            ledger.purchase(item("a", 1, 400, 31));
            ledger.purchase(item("a", 1, 400, 32));
        }
        LedgerResult result = small.absorb(visit.state(), "login", 40);
        // An unseen offer goes first, the newest left out; then the oldest, of which something was bought.
        assertThat(told(result)).containsExactly("EXPIRED o20");
        assertThat(result.unmatched()).hasSize(1);
        assertThat(small.offers()).extracting(OpenOffer::offerId).containsExactly("s10", "s20");
        assertThat(small.state().bought()).hasSize(2);
        assertThat(small.state().conversions()).hasSize(1);
        assertThat(small.state().waiting()).hasSize(1);
    }
}
