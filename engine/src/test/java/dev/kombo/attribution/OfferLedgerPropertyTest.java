package dev.kombo.attribution;

import static dev.kombo.attribution.LedgerFixture.bundle;
import static dev.kombo.attribution.LedgerFixture.click;
import static dev.kombo.attribution.LedgerFixture.dismiss;
import static dev.kombo.attribution.LedgerFixture.item;
import static dev.kombo.attribution.LedgerFixture.offer;
import static dev.kombo.attribution.LedgerFixture.seen;
import static dev.kombo.attribution.LedgerFixture.whole;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OfferLedgerPropertyTest {
    private static final AttributionSettings WIDE = new AttributionSettings(1000, 20, 1000, 1000, 1000);
    private static final AttributionSettings TIGHT = new AttributionSettings(300, 2, 2, 3, 2);

    @Property(tries = 400, seed = "1")
    void shouldConserveMoneyWhenReturnsNameTheirOrder(
            @ForAll @Size(min = 20, max = 150) List<@IntRange(min = 0, max = 1 << 24) Integer> numbers) {
        ShopRun run = play(numbers, WIDE, ShopRun.Orders.RIGHT);
        run.giveEverythingBack();
        assertNothingIsLeft(run);
    }

    @Property(tries = 400, seed = "2")
    void shouldConserveMoneyWhenReturnsHaveNumbersOfTheirOwn(
            @ForAll @Size(min = 20, max = 150) List<@IntRange(min = 0, max = 1 << 24) Integer> numbers) {
        ShopRun run = play(numbers, WIDE, ShopRun.Orders.UNKNOWN);
        run.giveEverythingBack();
        assertNothingIsLeft(run);
    }

    @Property(tries = 200, seed = "3")
    void shouldKeepItsBoundsAndMoneyWhenTheyAreTight(
            @ForAll @Size(min = 20, max = 150) List<@IntRange(min = 0, max = 1 << 24) Integer> numbers) {
        play(numbers, TIGHT, ShopRun.Orders.RIGHT);
    }

    @Property(tries = 300, seed = "4")
    void shouldTellTheSameWhenOffersAndTouchesComeInAnotherOrder(@ForAll Random random) {
        // A seen offer, one clicked before it was seen, one clicked twice; random times up to the first purchase.
        List<Object> events = new ArrayList<>();
        for (int o = 0; o < 3; o++) {
            String id = "o" + o;
            events.add(id);
            int touches = random.nextInt(5);
            for (int t = 0; t < touches; t++) {
                long time = 30L + random.nextInt(40);
                events.add(
                        switch (random.nextInt(4)) {
                            case 0 -> seen(id, time);
                            case 1 -> dismiss(id, "b1", time);
                            default -> click(id, "b" + (1 + random.nextInt(2)), time);
                        });
            }
        }
        List<String> expected = outcomesOf(events);
        for (int shuffle = 0; shuffle < 5; shuffle++) {
            Collections.shuffle(events, random);
            assertThat(outcomesOf(events)).isEqualTo(expected);
        }
    }

    @Test
    void shouldMeetEveryKindOfOutcomeOftenInRandomRuns() {
        Random random = new Random(6);
        Map<OutcomeKind, Integer> met = new EnumMap<>(OutcomeKind.class);
        for (int r = 0; r < 150; r++) {
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                numbers.add(random.nextInt(1 << 24));
            }
            for (Outcome outcome : play(numbers, WIDE, ShopRun.Orders.RIGHT).outcomes()) {
                met.merge(outcome.kind(), 1, Integer::sum);
            }
        }
        met.remove(OutcomeKind.PURCHASED);
        // ENTERED, ACTIVE and MATURED do not come from the ledger.
        assertThat(met).hasSize(OutcomeKind.values().length - 4);
        assertThat(met.values()).allMatch(times -> times > 100);
    }

    private static ShopRun play(List<Integer> numbers, AttributionSettings settings, ShopRun.Orders orders) {
        ShopRun run = new ShopRun(settings, orders);
        for (int number : numbers) {
            run.play(number);
        }
        return run;
    }

    private static void assertNothingIsLeft(ShopRun run) {
        assertThat(run.attributed("GBP")).isZero();
        assertThat(run.attributed("EUR")).isZero();
        // Items bought without a price look like a bundle bought whole, so one may stay behind: without money.
        assertThat(run.ledger().state().conversions())
                .extracting(ConvertedBundle::amount)
                .allMatch(amount -> amount.revenueMinor() == 0 && amount.savingMinor() == 0);
        assertThat(run.ledger().state().bought()).isEmpty();
        assertThat(run.ledger().state().bundles()).isEmpty();
        long saving = 0;
        for (Outcome outcome : run.outcomes()) {
            saving += outcome.bought().amount().savingMinor();
        }
        assertThat(saving).isZero();
    }

    /**
     * Plays the events, then purchases; returns the outcomes without times and ids, which depend on the order of
     * arrival.
     */
    private static List<String> outcomesOf(List<Object> events) {
        OfferLedger ledger = LedgerFixture.ledger(WIDE);
        List<Outcome> outcomes = new ArrayList<>();
        for (Object event : events) {
            if (event instanceof Feedback feedback) {
                outcomes.addAll(ledger.feedback(feedback).outcomes());
            } else {
                OfferedBundle first = bundle("b1", 1, "a", "b");
                OfferedBundle second = bundle("b2", 2, "b", "c");
                outcomes.addAll(ledger.offered(offer((String) event, 20, first, second), "e" + event)
                        .outcomes());
            }
        }
        outcomes.addAll(ledger.purchase(whole("b1", null, 1, 800, 80)).outcomes());
        outcomes.addAll(ledger.purchase(item("a", 2, 300, 81)).outcomes());
        outcomes.addAll(ledger.purchase(item("b", 3, 400, 82)).outcomes());
        outcomes.addAll(ledger.purchase(item("c", 1, 500, 83)).outcomes());
        outcomes.addAll(ledger.expire(2000, false).outcomes());
        List<String> told = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            told.add(outcome.kind() + " " + outcome.scope() + outcome.bought().amount()
                    + outcome.bought().viewThrough());
        }
        Collections.sort(told);
        return told;
    }
}
