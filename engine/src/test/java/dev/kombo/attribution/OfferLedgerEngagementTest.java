package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.back;
import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.dismiss;
import static dev.kombo.attribution.LedgerFixture.item;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.whole;
import static dev.kombo.attribution.LedgerFixture.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Engagement counts from the outcomes of offers. */
class OfferLedgerEngagementTest {
    private final OfferLedger ledger = ledger();

    @BeforeEach
    void offered() {
        LedgerResult made = ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d")), "e");
        assertThat(made.engagement()).as("an offer that nobody saw").isEmpty();
    }

    @Test
    void shouldCountOneImpressionOfEachBundleOnceAnOffer() {
        assertThat(ledger.feedback(seen("o1", 20)).engagement())
                .containsExactly(
                        new EngagementChange("b1", 1, 0, 0, OfferedBundle.NO_FEATURES, 20),
                        new EngagementChange("b2", 1, 0, 0, OfferedBundle.NO_FEATURES, 20));
        assertThat(ledger.feedback(seen("o1", 21)).engagement()).isEmpty();
    }

    @Test
    void shouldCountTheFirstClickOnABundleWithTheImpressionThatItShows() {
        assertThat(ledger.feedback(click("o1", "b2", 20)).engagement())
                .containsExactly(
                        new EngagementChange("b1", 1, 0, 0, OfferedBundle.NO_FEATURES, 20),
                        new EngagementChange("b2", 1, 0, 0, OfferedBundle.NO_FEATURES, 20),
                        new EngagementChange("b2", 0, 1, 0, OfferedBundle.NO_FEATURES, 20));
        assertThat(ledger.feedback(click("o1", "b2", 30)).engagement()).isEmpty();
    }

    @Test
    void shouldTakeADismissalForAnImpressionOnly() {
        assertThat(ledger.feedback(dismiss("o1", "b1", 20)).engagement())
                .extracting(EngagementChange::impressions)
                .containsExactly(1, 1);
        assertThat(ledger.feedback(dismiss("o1", "b2", 20)).engagement()).isEmpty();
    }

    @Test
    void shouldCountAConversionOnceHoweverManyAreBought() {
        ledger.feedback(seen("o1", 20));
        assertThat(ledger.purchase(whole("b1", "o1", 3, 900, 30)).engagement())
                .containsExactly(new EngagementChange("b1", 0, 0, 1, OfferedBundle.NO_FEATURES, 30));
        assertThat(ledger.purchase(whole("b1", "o1", 1, 900, 31)).engagement()).isEmpty();
    }

    @Test
    void shouldCountAConversionWhenAllMembersAreBoughtOneByOne() {
        ledger.feedback(seen("o1", 20));
        assertThat(ledger.purchase(item("a", 1, 500, 30)).engagement()).isEmpty();
        assertThat(ledger.purchase(item("b", 1, 500, 31)).engagement())
                .containsExactly(new EngagementChange("b1", 0, 0, 1, OfferedBundle.NO_FEATURES, 31));
    }

    @Test
    void shouldTakeAConversionBackAtItsOwnTimeWhenAllOfItIsReturned() {
        ledger.feedback(seen("o1", 20));
        ledger.purchase(item("a", 1, 500, 30));
        ledger.purchase(item("b", 1, 500, 31));
        LedgerResult first = ledger.returned(back("a", null, 1, 50));
        assertThat(first.outcomes()).hasSize(1);
        assertThat(first.engagement()).as("half of it came back").isEmpty();
        assertThat(ledger.returned(back("b", null, 1, 60)).engagement())
                .containsExactly(new EngagementChange("b1", 0, 0, -1, OfferedBundle.NO_FEATURES, 31));
    }

    @Test
    void shouldTakeAConversionBackWhenTheLastOfItsBundlesIsReturned() {
        ledger.feedback(seen("o1", 20));
        ledger.purchase(whole("b1", "o1", 2, 1800, 30));
        assertThat(ledger.returned(wholeBack("b1", null, 1, 50)).engagement()).isEmpty();
        assertThat(ledger.returned(wholeBack("b1", null, 1, 60)).engagement())
                .containsExactly(new EngagementChange("b1", 0, 0, -1, OfferedBundle.NO_FEATURES, 30));
    }

    @Test
    void shouldTakeTheClickBackThatLedToWhatIsReturned() {
        ledger.feedback(click("o1", "b1", 20));
        ledger.purchase(whole("b1", "o1", 1, 900, 30));
        assertThat(ledger.returned(wholeBack("b1", null, 1, 60)).engagement())
                .containsExactly(new EngagementChange("b1", 0, -1, -1, OfferedBundle.NO_FEATURES, 30));
    }

    @Test
    void shouldCountNothingWhenAnOfferCloses() {
        ledger.feedback(seen("o1", 20));
        ledger.purchase(item("a", 1, 500, 30));
        LedgerResult closed = ledger.expire(5000, false);
        assertThat(closed.outcomes()).isNotEmpty();
        assertThat(closed.engagement()).isEmpty();
    }
}
