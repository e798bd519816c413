package dev.kombo.attribution.account;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.whole;
import static dev.kombo.attribution.LedgerFixture.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.attribution.LedgerFixture;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.Outcome;
import dev.kombo.experiment.Enrollment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleAccountTest {
    @Test
    void shouldCountWhatBecameOfABundle() {
        OfferLedger ledger = ledger();
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.addAll(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d")), "e")
                .outcomes());
        outcomes.addAll(ledger.feedback(click("o1", "b1", 20)).outcomes());
        outcomes.addAll(ledger.purchase(whole("b1", null, 2, 900, 30)).outcomes());
        outcomes.addAll(ledger.returned(wholeBack("b1", null, 1, 40)).outcomes());
        outcomes.addAll(ledger.expire(5000, false).outcomes());
        Map<String, BundleAccount> accounts = new HashMap<>();
        for (Outcome outcome : outcomes) {
            for (String id : BundleAccount.bundlesOf(outcome)) {
                accounts.put(
                        id, accounts.getOrDefault(id, new BundleAccount(id)).plus(outcome));
            }
        }
        BundleAccount first = accounts.get("b1");
        assertThat(first.offers()).isEqualTo(1);
        assertThat(first.clicks()).isEqualTo(1);
        assertThat(first.conversions()).isEqualTo(1);
        assertThat(first.revenueMinor()).isEqualTo(900);
        assertThat(first.currency()).isEqualTo("GBP");
        BundleAccount second = accounts.get("b2");
        assertThat(second.offers()).isEqualTo(1);
        assertThat(second.clicks() + second.conversions() + second.revenueMinor())
                .isZero();
        assertThat(second.currency()).isNull();
    }

    @Test
    void shouldNeverAddMoneyOfAnotherCurrency() {
        BundleAccount before = new BundleAccount("b1", 5, 3, 1, 900, "EUR");
        OfferLedger ledger = ledger();
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        ledger.feedback(click("o1", "b1", 20));
        BundleAccount account = before.plus(LedgerFixture.only(ledger.purchase(whole("b1", null, 1, 900, 30))));
        assertThat(account.conversions()).isEqualTo(2);
        assertThat(account.revenueMinor()).isEqualTo(900);
        assertThat(account.currency()).isEqualTo("EUR");
    }

    @Test
    void shouldRefuseOutcomesThatAreNotOfABundle() {
        Outcome active = Outcome.active(LedgerFixture.SHOPPER, new Enrollment("exp", "a", 1, 0), "e", 1);
        assertThat(BundleAccount.bundlesOf(active)).isEmpty();
        assertThatThrownBy(() -> new BundleAccount("b1").plus(active)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSortTheBusiestFirst() {
        List<BundleAccount> accounts = new ArrayList<>(
                List.of(account("d", 1, 0), account("c", 2, 0), account("b", 2, 1), account("a", 2, 0)));
        accounts.sort(BundleAccount.BUSIEST);
        assertThat(accounts).extracting(BundleAccount::bundleId).containsExactly("b", "a", "c", "d");
    }

    private static BundleAccount account(String id, long offers, long conversions) {
        return new BundleAccount(id, offers, 0, conversions, 0, null);
    }
}
