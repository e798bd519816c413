package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.shop.Acceptance.Appeal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class AcceptancePropertyTest {
    private final Acceptance acceptance = Acceptance.defaults();

    @Property(tries = 200, seed = "21")
    void shouldRiseWithAffinityAndSavingWhenAllElseIsEqual(
            @ForAll @DoubleRange(min = -3, max = 2.9) double affinity,
            @ForAll @DoubleRange(min = 0, max = 0.9) double saving,
            @ForAll @DoubleRange(min = 0.2, max = 2) double sensitivity,
            @ForAll @IntRange(min = 1, max = 10) int rank) {
        Appeal appeal = new Appeal(affinity, saving, 0.3, sensitivity, rank, 2);
        Appeal liked = new Appeal(affinity + 0.1, saving, 0.3, sensitivity, rank, 2);
        Appeal cheaper = new Appeal(affinity, saving + 0.1, 0.3, sensitivity, rank, 2);

        assertThat(acceptance.clickProbability(appeal)).isBetween(0.0, 1.0);
        assertThat(acceptance.clickProbability(liked)).isGreaterThan(acceptance.clickProbability(appeal));
        assertThat(acceptance.clickProbability(cheaper)).isGreaterThan(acceptance.clickProbability(appeal));
        assertThat(acceptance.buyProbability(liked)).isGreaterThan(acceptance.buyProbability(appeal));
        assertThat(acceptance.buyProbability(cheaper)).isGreaterThan(acceptance.buyProbability(appeal));
    }

    @Property(tries = 200, seed = "22")
    void shouldFallWithPriceRankAndFatigueWhenAllElseIsEqual(
            @ForAll @DoubleRange(min = -3, max = 3) double affinity,
            @ForAll @DoubleRange(min = -2, max = 1.9) double price,
            @ForAll @IntRange(min = 1, max = 10) int rank,
            @ForAll @DoubleRange(min = 0, max = 30) double fatigue) {
        double base = acceptance.clickProbability(new Appeal(affinity, 0.1, price, 0.8, rank, fatigue));

        assertThat(acceptance.clickProbability(new Appeal(affinity, 0.1, price + 0.1, 0.8, rank, fatigue)))
                .isLessThan(base);
        assertThat(acceptance.clickProbability(new Appeal(affinity, 0.1, price, 0.8, rank + 1, fatigue)))
                .isLessThan(base);
        assertThat(acceptance.clickProbability(new Appeal(affinity, 0.1, price, 0.8, rank, fatigue + 1)))
                .isLessThan(base);
    }
}
