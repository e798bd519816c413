package dev.kombo.attribution.account;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.ledger;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.whole;
import static dev.kombo.attribution.LedgerFixture.wholeBack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.LedgerFixture;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Purchase;
import dev.kombo.attribution.Return;
import dev.kombo.attribution.ShopRun;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExperimentAccountTest {
    private static final long HOUR = 3_600_000;
    private static final Enrollment TREATMENT = new Enrollment("exp", "treatment", 3, 7);
    private static final Enrollment HOLDOUT = new Enrollment("exp", "holdout", 3, 8);

    private final ExperimentAccount account = new ExperimentAccount("exp", WindowKind.TOTAL, 0);

    /** In an hour, what was seen and bought before it is dismissed and returned. */
    @Test
    void shouldGiveNoRateAboveOneWhenAWindowHasTheEndOfMoreOffersThanItSaw() {
        ExperimentAccount hour = new ExperimentAccount("exp", WindowKind.HOUR, 0);
        OfferLedger ledger = ledger();
        List<Outcome> late = new ArrayList<>();
        for (String bundle : List.of("b1", "b2")) {
            String offer = "o" + bundle;
            ledger.offered(offer(offer, 10, bundle(bundle, 1, "a", bundle)), "e" + bundle);
            List<Outcome> seen = ledger.feedback(LedgerFixture.seen(offer, 20)).outcomes();
            List<Outcome> bought =
                    ledger.purchase(whole(bundle, null, 1, 900, 30)).outcomes();
            late.addAll(bundle.equals("b1") ? seen : List.of());
            late.addAll(bundle.equals("b1") ? bought : List.of());
            late.addAll(
                    ledger.feedback(LedgerFixture.dismiss(offer, bundle, 35)).outcomes());
            late.addAll(ledger.returned(wholeBack(bundle, null, 1, 40)).outcomes());
        }
        late.forEach(hour::apply);

        ArmAccount arm = hour.arms().iterator().next();
        assertThat(arm.count(OutcomeKind.DISMISSAL)).isGreaterThan(arm.count(OutcomeKind.IMPRESSION));
        assertThat(arm.dismissalRate()).isEqualTo(1);
        assertThat(arm.returnedShare()).isEqualTo(1);
        assertThat(arm.clickThroughRate()).isLessThanOrEqualTo(1);
    }

    @Test
    void shouldCountWhatAnArmDid() {
        assertThat(account.apply(
                        Outcome.entered(LedgerFixture.SHOPPER, TREATMENT, List.of(), DecisionRule.STANDARD, "e1")))
                .isTrue();
        account.apply(Outcome.active(LedgerFixture.SHOPPER, TREATMENT, "e2", 9));
        OfferLedger ledger = ledger();
        count(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "a", "c")), "e3"));
        count(ledger.feedback(click("o1", "b1", 20)));
        count(ledger.feedback(click("o1", "b2", 21)));
        count(ledger.feedback(LedgerFixture.dismiss("o1", "b2", 22)));
        count(ledger.purchase(whole("b1", null, 2, 900, 30)));
        count(ledger.purchase(LedgerFixture.item("a", 1, 100, 31)));
        count(ledger.returned(wholeBack("b1", null, 1, 40)));
        count(ledger.offered(offer("o2", 50, bundle("b3", 1, "a", "c")), "e4"));
        count(ledger.feedback(LedgerFixture.seen("o2", 51)));
        count(ledger.purchase(LedgerFixture.item("c", 1, 100, 52)));
        count(ledger.expire(5000, false));

        ArmAccount arm = account.arm("treatment");
        assertThat(counts(arm))
                .containsOnly(
                        Map.entry(OutcomeKind.ENTERED, 1L),
                        Map.entry(OutcomeKind.ACTIVE, 1L),
                        Map.entry(OutcomeKind.OFFERED, 2L),
                        Map.entry(OutcomeKind.IMPRESSION, 2L),
                        Map.entry(OutcomeKind.CLICK, 2L),
                        Map.entry(OutcomeKind.DISMISSAL, 1L),
                        // b2 of o1 was completed by the item c.
                        Map.entry(OutcomeKind.CONVERSION, 2L),
                        Map.entry(OutcomeKind.PARTIAL_CONVERSION, 0L),
                        Map.entry(OutcomeKind.CROSS_CONVERSION, 0L),
                        Map.entry(OutcomeKind.RETURN, 1L),
                        Map.entry(OutcomeKind.PURCHASED, 0L));
        assertThat(arm.viewThroughConversions()).isZero();
        assertThat(arm.returnedConversions()).isEqualTo(1);
        assertThat(arm.clickedOffers()).isEqualTo(1);
        assertThat(arm.clickThroughRate())
                .as("two bundles of one offer, of two seen")
                .isEqualTo(0.5);
        assertThat(arm.conversionRate()).isEqualTo(1.0);
        assertThat(arm.dismissalRate()).isEqualTo(0.5);
        assertThat(arm.returnedShare()).isEqualTo(0.5);
        CurrencyAccount pounds = arm.amounts().iterator().next();
        assertThat(pounds.attributedMinor()).isEqualTo(900 + 200);
        assertThat(pounds.savingMinor()).isEqualTo(100 + 800);
        assertThat(pounds.revenueMinor()).isZero();
        assertThat(account.lastEventTime()).isEqualTo(52);
    }

    @Test
    void shouldCountViewThroughConversionsApartAndAmongAll() {
        OfferLedger ledger = ledger();
        count(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "c", "d")), "e1"));
        count(ledger.feedback(click("o1", "b1", 20)));
        count(ledger.purchase(whole("b1", null, 1, 900, 30)));
        count(ledger.purchase(whole("b2", null, 1, 700, 31)));
        ArmAccount arm = account.arm("treatment");
        assertThat(arm.count(OutcomeKind.CONVERSION)).isEqualTo(2);
        assertThat(arm.viewThroughConversions()).isEqualTo(1);
        CurrencyAccount pounds = arm.amounts().iterator().next();
        assertThat(pounds.attributedMinor()).isEqualTo(900 + 700);
        assertThat(pounds.viewThroughMinor()).isEqualTo(700);
        count(ledger.returned(wholeBack("b2", null, 1, 40)));
        CurrencyAccount left = arm.amounts().iterator().next();
        assertThat(left.viewThroughMinor()).isZero();
        assertThat(left.attributedMinor()).isEqualTo(900);
    }

    @Test
    void shouldCountAConversionThatComesBackBitByBitOnceAmongThoseReturned() {
        OfferLedger ledger = ledger();
        count(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e1"));
        count(ledger.feedback(click("o1", "b1", 20)));
        count(ledger.purchase(whole("b1", null, 3, 900, 30)));
        count(ledger.returned(wholeBack("b1", null, 1, 40)));
        count(ledger.returned(wholeBack("b1", null, 2, 41)));
        ArmAccount arm = account.arm("treatment");
        assertThat(arm.count(OutcomeKind.RETURN)).isEqualTo(2);
        assertThat(arm.returnedConversions()).isEqualTo(1);
        assertThat(arm.returnedShare()).isEqualTo(1.0);
    }

    @Test
    void shouldCountByPlacementInTheTotalOnly() {
        ExperimentAccount day = new ExperimentAccount("exp", WindowKind.DAY, 0);
        OfferLedger ledger = ledger();
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(Outcome.purchased(LedgerFixture.SHOPPER, TREATMENT, LedgerFixture.item("a", 2, 300, 10)));
        outcomes.addAll(ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b"), bundle("b2", 2, "a", "c")), "e3")
                .outcomes());
        outcomes.addAll(ledger.feedback(click("o1", "b1", 20)).outcomes());
        outcomes.addAll(ledger.feedback(LedgerFixture.dismiss("o1", "b2", 22)).outcomes());
        outcomes.addAll(ledger.purchase(whole("b1", null, 2, 900, 30)).outcomes());
        outcomes.addAll(ledger.returned(wholeBack("b1", null, 1, 40)).outcomes());
        outcomes.forEach(account::apply);
        outcomes.forEach(day::apply);
        assertThat(day.arm("treatment").placements()).isEmpty();
        assertThat(account.arm("treatment").placements()).singleElement().satisfies(home -> {
            assertThat(home.placement()).isEqualTo("home");
            assertThat(home.offers()).isEqualTo(1);
            assertThat(home.impressions()).isEqualTo(1);
            assertThat(home.clicks()).isEqualTo(1);
            assertThat(home.dismissals()).isEqualTo(1);
            assertThat(home.conversions()).isEqualTo(1);
            assertThat(home.attributedMinor()).containsOnly(Map.entry("GBP", 900L));
        });
    }

    @Test
    void shouldCountPlacementsBeyondTheBoundTogether() {
        for (int i = 0; i < ArmAccount.MAX_PLACEMENTS + 3; i++) {
            OpenOffer named = new OpenOffer(
                    "o" + i, "place" + i, LedgerFixture.ARM, 10, 20, 1000, List.of(bundle("b1", 1, "a", "b")));
            count(ledger().offered(named, "e" + i));
        }
        ArmAccount arm = account.arm("treatment");
        assertThat(arm.placements()).hasSize(ArmAccount.MAX_PLACEMENTS + 1);
        assertThat(arm.placements())
                .filteredOn(placement -> placement.placement().equals(ArmAccount.OTHER_PLACEMENTS))
                .singleElement()
                .satisfies(others -> assertThat(others.offers()).isEqualTo(3));
        assertThat(arm.placements().stream().mapToLong(PlacementAccount::offers).sum())
                .isEqualTo(arm.count(OutcomeKind.OFFERED));
    }

    @Test
    void shouldDivideRevenueByThoseWhoBelongToTheWindow() {
        account.apply(Outcome.entered(LedgerFixture.SHOPPER, HOLDOUT, List.of(), DecisionRule.STANDARD, "e1"));
        account.apply(Outcome.entered(new Shopper("43", null), HOLDOUT, List.of(), DecisionRule.STANDARD, "e1"));
        account.apply(Outcome.active(LedgerFixture.SHOPPER, HOLDOUT, "e2", 9));
        account.apply(Outcome.purchased(LedgerFixture.SHOPPER, HOLDOUT, LedgerFixture.item("a", 1, 301, 10)));
        ArmAccount arm = account.arm("holdout");
        CurrencyAccount pounds = arm.amounts().iterator().next();
        assertThat(arm.revenuePerUser(pounds, WindowKind.TOTAL)).hasValue(150.5);
        assertThat(arm.revenuePerUser(pounds, WindowKind.DAY)).hasValue(301);
        assertThat(arm.revenuePerUser(pounds, WindowKind.HOUR)).isEmpty();
        assertThat(new ArmAccount("empty").revenuePerUser(pounds, WindowKind.TOTAL))
                .isEmpty();
    }

    @Test
    void shouldKeepRevenueOfAllPurchasesByCurrency() {
        account.apply(Outcome.purchased(LedgerFixture.SHOPPER, HOLDOUT, LedgerFixture.item("a", 2, 300, 10)));
        account.apply(Outcome.purchased(LedgerFixture.SHOPPER, HOLDOUT, LedgerFixture.item("a", 1, 100, 11)));
        account.apply(Outcome.purchased(
                LedgerFixture.SHOPPER, HOLDOUT, new Purchase("x", "b", null, null, null, 1, 50, "EUR", 12, Map.of())));
        Outcome back =
                Outcome.refunded(LedgerFixture.SHOPPER, HOLDOUT, new Return("y", "a", null, null, 1, 300, "GBP", 13));
        assertThat(back.bought().quantity()).isEqualTo(-1);
        account.apply(back);
        ArmAccount arm = account.arm("holdout");
        assertThat(arm.count(OutcomeKind.PURCHASED)).isEqualTo(3);
        assertThat(arm.count(OutcomeKind.RETURN)).isZero();
        assertThat(arm.amounts()).extracting(CurrencyAccount::currency).containsExactly("EUR", "GBP");
        assertThat(arm.amounts()).extracting(CurrencyAccount::revenueMinor).containsExactly(50L, 400L);
        assertThat(arm.amounts())
                .extracting(CurrencyAccount::revenueSquares)
                .containsExactly(2500.0, 360_000.0 + 10_000.0);
        assertThat(arm.amounts()).extracting(CurrencyAccount::attributedMinor).containsExactly(0L, 0L);
    }

    @Test
    void shouldGiveZeroRatiosWhenNothingWasSeen() {
        ArmAccount arm = new ArmAccount("a");
        assertThat(arm.clickThroughRate()).isZero();
        assertThat(arm.conversionRate()).isZero();
    }

    @Test
    void shouldChangeNothingWhenAnOfferExpires() {
        OfferLedger ledger = ledger();
        ledger.offered(offer("o1", 10, bundle("b1", 1, "a", "b")), "e");
        assertThat(account.apply(LedgerFixture.only(ledger.expire(2000, false))))
                .isFalse();
        assertThat(account.arms()).isEmpty();
        assertThat(account.lastEventTime()).isZero();
    }

    @Test
    void shouldRefuseOutcomesThatBelongElsewhere() {
        ExperimentAccount hour = new ExperimentAccount("exp", WindowKind.HOUR, HOUR);
        assertThatThrownBy(() -> hour.apply(Outcome.active(LedgerFixture.SHOPPER, HOLDOUT, "e", HOUR - 1)))
                .isInstanceOf(IllegalArgumentException.class);
        Enrollment other = new Enrollment("other", "a", 1, 0);
        assertThatThrownBy(() -> account.apply(Outcome.active(LedgerFixture.SHOPPER, other, "e", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(hour.apply(Outcome.active(LedgerFixture.SHOPPER, HOLDOUT, "e", 2 * HOUR - 1)))
                .isTrue();
    }

    @Property(tries = 100, seed = "5")
    void shouldNotDependOnTheOrderOfOutcomes(
            @ForAll @Size(min = 20, max = 100) List<@IntRange(min = 0, max = 1 << 24) Integer> numbers,
            @ForAll Random random) {
        ShopRun run = new ShopRun(new AttributionSettings(300, 5, 50, 50, 5), ShopRun.Orders.RIGHT);
        numbers.forEach(run::play);
        List<Outcome> outcomes = new ArrayList<>(run.outcomes());
        String expected = figures(outcomes);
        Collections.shuffle(outcomes, random);
        assertThat(figures(outcomes)).isEqualTo(expected);
        ExperimentAccount total = new ExperimentAccount("exp", WindowKind.TOTAL, 0);
        outcomes.forEach(total::apply);
        for (ArmAccount arm : total.arms()) {
            for (CurrencyAccount money : arm.amounts()) {
                assertThat(money.attributedMinor()).isEqualTo(run.attributed(money.currency()));
            }
        }
    }

    private void count(LedgerResult result) {
        result.outcomes().forEach(account::apply);
    }

    private static Map<OutcomeKind, Long> counts(ArmAccount arm) {
        Map<OutcomeKind, Long> counts = new EnumMap<>(OutcomeKind.class);
        for (OutcomeKind kind : OutcomeKind.values()) {
            if (kind.count() != null) {
                counts.put(kind, arm.count(kind));
            }
        }
        return counts;
    }

    private static String figures(List<Outcome> outcomes) {
        ExperimentAccount total = new ExperimentAccount("exp", WindowKind.TOTAL, 0);
        Map<String, BundleAccount> bundles = new HashMap<>();
        for (Outcome outcome : outcomes) {
            total.apply(outcome);
            for (String bundle : BundleAccount.bundlesOf(outcome)) {
                bundles.put(
                        bundle,
                        bundles.getOrDefault(bundle, new BundleAccount(bundle)).plus(outcome));
            }
        }
        StringBuilder figures = new StringBuilder().append(total.lastEventTime());
        for (ArmAccount arm : total.arms()) {
            figures.append(arm.arm())
                    .append(counts(arm))
                    .append(arm.viewThroughConversions())
                    .append(arm.returnedConversions());
            for (CurrencyAccount money : arm.amounts()) {
                figures.append(money.currency())
                        .append(' ')
                        .append(money.revenueMinor())
                        .append(' ')
                        .append(money.attributedMinor())
                        .append(' ')
                        .append(money.savingMinor())
                        .append(' ')
                        .append(money.revenueSquares());
            }
        }
        bundles.values().stream()
                .sorted(BundleAccount.BUSIEST)
                .forEach(bundle -> figures.append(bundle.bundleId())
                        .append(bundle.offers())
                        .append(' ')
                        .append(bundle.clicks())
                        .append(' ')
                        .append(bundle.conversions())
                        .append(' ')
                        .append(bundle.revenueMinor())
                        .append(bundle.currency()));
        return figures.toString();
    }
}
