package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.OutcomeKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/**
 * Money is conserved: after each event, in each currency, what outcomes credit is what the rules of attribution accept
 * of what was paid, whatever comes late, twice, from somebody else, before its shopper logs in, or comes back before it
 * was bought, more often than it was, or in another currency.
 */
class MoneyPropertyTest {
    private static final List<String> CURRENCIES = List.of("GBP", "EUR");

    @Property(tries = 60, seed = "2026", shrinking = ShrinkingMode.OFF)
    void outcomesCreditWhatTheRulesAcceptOfWhatWasPaid(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        MoneyShop shop = new MoneyShop(seed);
        for (int i = 0; i < 250; i++) {
            shop.play();
        }
        shop.giveEverythingBack();
        for (String currency : CURRENCIES) {
            assertThat(shop.books.credited(currency)).as("all came back").isZero();
        }
    }

    @Test
    void shouldMeetWhatTheTestIsAboutOften() {
        Map<OutcomeKind, Integer> met = new EnumMap<>(OutcomeKind.class);
        int moved = 0;
        int duplicates = 0;
        int backBefore = 0;
        int backTooMany = 0;
        int backInOtherCurrency = 0;
        int history = 0;
        int completed = 0;
        for (int seed = 1; seed <= 10; seed++) {
            MoneyShop shop = new MoneyShop(seed);
            for (int i = 0; i < 250; i++) {
                shop.play();
            }
            shop.met.forEach((kind, times) -> met.merge(kind, times, Integer::sum));
            moved += shop.moved;
            duplicates += shop.duplicates;
            backBefore += shop.backBefore;
            backTooMany += shop.backTooMany;
            backInOtherCurrency += shop.backInOtherCurrency;
            history += shop.history;
            completed += shop.completed;
        }
        assertThat(met)
                .containsKeys(
                        OutcomeKind.CONVERSION,
                        OutcomeKind.PARTIAL_CONVERSION,
                        OutcomeKind.CROSS_CONVERSION,
                        OutcomeKind.RETURN,
                        OutcomeKind.EXPIRED,
                        OutcomeKind.PURCHASED);
        assertThat(met.get(OutcomeKind.CONVERSION)).isGreaterThan(100);
        assertThat(met.get(OutcomeKind.RETURN)).isGreaterThan(20);
        assertThat(moved).isGreaterThan(50);
        assertThat(duplicates).isGreaterThan(100);
        assertThat(backBefore).isGreaterThan(10);
        assertThat(backTooMany).isGreaterThan(10);
        assertThat(backInOtherCurrency).isGreaterThan(10);
        assertThat(history).isGreaterThan(10);
        assertThat(completed).as("offers of what is missing").isGreaterThan(50);
    }
}
