package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.dismiss;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.only;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OfferLedgerFeedbackTest {
    private final OfferLedger ledger = ledger();

    @Test
    void shouldTellOfferWithItsSlate() {
        Outcome outcome =
                only(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d")), "e"));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.OFFERED);
        assertThat(outcome.shopper()).isEqualTo(LedgerFixture.SHOPPER);
        assertThat(outcome.scope()).isEqualTo(new Outcome.Scope(LedgerFixture.ARM, "o1", "home", null, 0));
        assertThat(outcome.bundleIds()).containsExactly("b1", "b2");
        assertThat(outcome.eventId()).isEqualTo("e");
        assertThat(outcome.eventTime()).isEqualTo(10);
        assertThat(outcome.bought().amount()).isEqualTo(Amount.NONE);
        assertThat(ledger.offers()).hasSize(1);
    }

    @Test
    void shouldChangeNothingWhenTheOfferIsOpenAlready() {
        offerOne();
        ledger.feedback(seen("o1", 20));
        assertThat(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e"))
                .isSameAs(LedgerResult.NONE);
        assertThat(ledger.offers()).hasSize(1);
        assertThat(ledger.offers().get(0).impressedAt()).isEqualTo(20);
    }

    @Test
    void shouldCountImpressionOnceAnOffer() {
        offerOne();
        assertThat(told(ledger.feedback(seen("o1", 20)))).containsExactly("IMPRESSION o1");
        assertThat(ledger.feedback(seen("o1", 30))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.feedback(new Feedback(OutcomeKind.IMPRESSION, "x", "o1", "b2", 40)))
                .isSameAs(LedgerResult.NONE);
    }

    @Test
    void shouldCountClickOnceABundle() {
        offerOne();
        ledger.feedback(seen("o1", 20));
        Outcome outcome = only(ledger.feedback(click("o1", "b2", 30)));
        assertThat(outcome.kind()).isEqualTo(OutcomeKind.CLICK);
        assertThat(outcome.scope()).isEqualTo(new Outcome.Scope(LedgerFixture.ARM, "o1", "home", "b2", 2));
        assertThat(ledger.feedback(click("o1", "b2", 40))).isSameAs(LedgerResult.NONE);
        assertThat(told(ledger.feedback(click("o1", "b1", 50)))).containsExactly("CLICK o1 b1");
    }

    @Test
    void shouldTellTheImpressionWithTheClickWhenItComesFirst() {
        offerOne();
        LedgerResult result = ledger.feedback(click("o1", "b1", 30));
        assertThat(told(result)).containsExactly("IMPRESSION o1", "CLICK o1 b1");
        assertThat(result.outcomes()).extracting(Outcome::outcomeId).doesNotHaveDuplicates();
        assertThat(ledger.feedback(seen("o1", 20))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.offers().get(0).impressedAt()).isEqualTo(20);
    }

    @Test
    void shouldCountDismissalOnceABundleOrSlate() {
        offerOne();
        assertThat(told(ledger.feedback(dismiss("o1", "b1", 20)))).containsExactly("IMPRESSION o1", "DISMISSAL o1 b1");
        assertThat(ledger.feedback(dismiss("o1", "b1", 30))).isSameAs(LedgerResult.NONE);
        assertThat(told(ledger.feedback(dismiss("o1", null, 40)))).containsExactly("DISMISSAL o1");
        assertThat(ledger.feedback(dismiss("o1", null, 50))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.offers().get(0).bundles()).allMatch(OfferedBundle::dismissed);
    }

    @Test
    void shouldApplyTouchesWhenTheirOfferComesLater() {
        assertThat(ledger.feedback(click("o1", "b1", 30))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.feedback(seen("o1", 20))).isSameAs(LedgerResult.NONE);
        assertThat(ledger.feedback(seen("o2", 25))).isSameAs(LedgerResult.NONE);
        LedgerResult result = ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(told(result)).containsExactly("OFFERED o1", "IMPRESSION o1", "CLICK o1 b1");
        assertThat(ledger.state().waiting())
                .extracting(w -> w.feedback().offerId())
                .containsExactly("o2");
    }

    @Test
    void shouldGiveUpTouchWhenNoOfferComesWithinTheWindow() {
        Feedback feedback = seen("o9", 20);
        ledger.feedback(feedback);
        assertThat(ledger.nextDue()).isEqualTo(1020);
        assertThat(ledger.expire(1019, false)).isSameAs(LedgerResult.NONE);
        LedgerResult result = ledger.expire(1020, false);
        assertThat(result.outcomes()).isEmpty();
        assertThat(result.unmatched())
                .containsExactly(new UnmatchedFeedback(feedback, UnmatchedFeedback.Cause.UNKNOWN_OFFER));
        assertThat(result.unmatched().get(0).reason().text()).isEqualTo("unknown-offer");
        assertThat(ledger.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldGiveUpTheOldestTouchWhenTooManyWait() {
        OfferLedger small = ledger(new AttributionSettings(1000, 20, 20, 100, 2));
        small.feedback(seen("o1", 1));
        small.feedback(seen("o2", 2));
        assertThat(small.feedback(seen("o3", 3)).unmatched())
                .containsExactly(new UnmatchedFeedback(seen("o1", 1), UnmatchedFeedback.Cause.UNKNOWN_OFFER));
        assertThat(small.state().waiting()).hasSize(2);
    }

    @Test
    void shouldLoseTouchWhenTheOfferDoesNotHoldTheBundle() {
        offerOne();
        LedgerResult result = ledger.feedback(click("o1", "b9", 20));
        assertThat(result.outcomes()).isEmpty();
        assertThat(result.unmatched())
                .containsExactly(
                        new UnmatchedFeedback(click("o1", "b9", 20), UnmatchedFeedback.Cause.BUNDLE_NOT_IN_OFFER));
        assertThat(ledger.feedback(click("o1", null, 20)).unmatched())
                .extracting(lost -> lost.reason().text())
                .containsExactly("bundle-not-in-offer");
        assertThat(ledger.offers().get(0).impressedAt()).isZero();
    }

    @Test
    void shouldLoseTouchWhenTheOfferIsClosed() {
        offerOne();
        assertThat(ledger.feedback(seen("o1", 1010)).unmatched())
                .extracting(lost -> lost.reason().text())
                .containsExactly("offer-closed");
        assertThat(told(ledger.feedback(seen("o1", 1009)))).containsExactly("IMPRESSION o1");
    }

    @Test
    void shouldLoseWaitingTouchWhenItsOfferWasClosedByThen() {
        ledger.feedback(seen("o1", 1500));
        LedgerResult result = ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(told(result)).containsExactly("OFFERED o1");
        assertThat(result.unmatched())
                .extracting(UnmatchedFeedback::reason)
                .isEqualTo(List.of(UnmatchedFeedback.Cause.OFFER_CLOSED));
    }

    @Test
    void shouldJoinItemsOfOneOfferedBundleOnly() {
        offerOne();
        assertThat(ledger.joins("a", "b")).isTrue();
        assertThat(ledger.joins("d", "c")).isTrue();
        assertThat(ledger.joins("a", "c")).isFalse();
        ledger.expire(1010, false);
        assertThat(ledger.joins("a", "b")).isFalse();
    }

    private void offerOne() {
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d")), "e");
    }
}
