package dev.kombo.learning.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.math.StableHash;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartnerTableTest {
    private static final long HALF_LIFE = 1_000_000;
    private static final PartnerTable.Limits SETTINGS = new PartnerTable.Limits(200, HALF_LIFE);

    /** Bound of the error of one rounding, relative. */
    private static final double ROUNDING = 1.0 / (1 << 17);

    private static PartnerTable table(int capacity) {
        return new PartnerTable(new PartnerTable.Limits(capacity, HALF_LIFE));
    }

    private static void touch(PartnerTable table, long partner, float weight, long time) {
        table.add(weight, new long[] {partner}, new float[] {1f}, time);
    }

    private static double count(PartnerTable table, long partner, long now) {
        for (int i = 0; i < table.size(); i++) {
            if (table.partner(i) == partner) {
                return table.storedCount(i) * table.decayAt(now);
            }
        }
        return 0;
    }

    @Test
    void shouldCountTheSmallerOfTheTwoWeights() {
        PartnerTable table = table(200);
        table.add(0.5f, new long[] {1, 2, 3}, new float[] {1f, 0.25f, 0f}, 0);
        assertThat(count(table, 1, 0)).isEqualTo(0.5);
        assertThat(count(table, 2, 0)).isEqualTo(0.25);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.mass()).isEqualTo(0.5);
    }

    @Test
    void shouldCountOneForAnInteractionOfNowWhenTheRowBeganLongAgo() {
        PartnerTable table = table(200);
        touch(table, 1, 1f, 0);
        touch(table, 2, 1f, 3 * HALF_LIFE);
        PartnerTable now = table.at(3 * HALF_LIFE);
        assertThat(now.mass()).isCloseTo(1.125, within(1e-6));
        assertThat(now.storedCount(0)).isCloseTo(0.125f, within(1e-6f));
        assertThat(now.storedCount(1)).isCloseTo(1f, within(1e-6f));
        assertThat(table.time()).as("the row itself").isZero();
        assertThat(table.at(-1).mass()).as("as of its own time").isEqualTo(table.mass());
    }

    @Test
    void shouldCountNothingWithoutAWeight() {
        PartnerTable table = table(200);
        touch(table, 1, 0f, 0);
        touch(table, 1, Float.NaN, 0);
        touch(table, 1, Float.POSITIVE_INFINITY, 0);
        assertThat(table.size()).isZero();
        assertThat(table.mass()).isZero();
    }

    @Test
    void shouldHalveEveryHalfLifeWhateverTheOrderOfArrival() {
        PartnerTable early = table(200);
        touch(early, 1, 1f, 0);
        touch(early, 1, 1f, HALF_LIFE);
        PartnerTable late = table(200);
        touch(late, 1, 1f, HALF_LIFE);
        touch(late, 1, 1f, 0);
        for (PartnerTable table : new PartnerTable[] {early, late}) {
            assertThat(count(table, 1, HALF_LIFE)).isCloseTo(1.5, within(1e-4));
            assertThat(table.mass() * table.decayAt(2 * HALF_LIFE)).isCloseTo(0.75, within(1e-4));
        }
    }

    @Test
    void shouldDecayOverMoreHalfLivesThanAFloatSpans() {
        PartnerTable table = table(200);
        touch(table, 1, 1f, 0);
        touch(table, 2, 1f, 200 * HALF_LIFE);
        touch(table, 2, 1f, 209 * HALF_LIFE);
        assertThat(count(table, 2, 209 * HALF_LIFE)).isCloseTo(1 + 1.0 / 512, within(1e-4));
        assertThat(count(table, 1, 209 * HALF_LIFE)).isLessThan(1e-20);
        assertThat(table.mass() * table.decayAt(209 * HALF_LIFE)).isCloseTo(1 + 1.0 / 512, within(1e-6));
    }

    @Test
    void shouldReadWhatItWrote() {
        PartnerTable table = table(200);
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            touch(table, random.nextInt(150), random.nextFloat(), i * 100L);
        }
        PartnerTable read = PartnerTable.read(table.write(), table.mass(), table.time(), SETTINGS);
        assertThat(table.write().remaining()).isEqualTo(table.size() * PartnerTable.ENTRY_BYTES);
        assertThat(read.write()).isEqualTo(table.write());
        assertThat(read.mass()).isEqualTo(table.mass());
    }

    @Test
    void shouldKeepTheStrongestWhereLessIsAllowedThanWasStored() {
        PartnerTable table = table(200);
        for (int partner = 1; partner <= 100; partner++) {
            touch(table, partner, partner / 100f, 0);
        }
        PartnerTable read =
                PartnerTable.read(table.write(), table.mass(), table.time(), new PartnerTable.Limits(10, HALF_LIFE));
        assertThat(read.size()).isEqualTo(10);
        for (int partner = 91; partner <= 100; partner++) {
            assertThat(count(read, partner, 0)).isCloseTo(partner / 100.0, within(1e-4));
        }
    }

    @Test
    void shouldCountEntitiesWithTheSameUpperBitsAsOne() {
        long first = StableHash.of("i:first");
        long second = first ^ 0xabcdefL;
        assertThat(second).isNotEqualTo(first);
        PartnerTable table = table(200);
        touch(table, PartnerTable.partnerOf(first), 1f, 0);
        touch(table, PartnerTable.partnerOf(second), 1f, 0);
        touch(table, PartnerTable.partnerOf(~first), 1f, 0);
        assertThat(table.size()).isEqualTo(2);
        assertThat(count(table, PartnerTable.partnerOf(first), 0)).isEqualTo(2);
        assertThat(count(table, PartnerTable.partnerOf(~first), 0)).isEqualTo(1);
    }

    @Test
    void shouldRoundACountByNoMoreThanTheLastOf17Bits() {
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            float value = (float) Math.exp(40 * random.nextDouble() - 20);
            assertThat(PartnerTable.Float24.decode(PartnerTable.Float24.encode(value)))
                    .isCloseTo(value, within((float) (value * ROUNDING)));
        }
        assertThat(PartnerTable.Float24.decode(PartnerTable.Float24.encode(0f))).isZero();
        assertThat(PartnerTable.Float24.decode(PartnerTable.Float24.encode(Float.MAX_VALUE)))
                .isFinite()
                .isGreaterThan(3e38f);
    }

    @Test
    void shouldBeOffByNoMoreThanARoundingATouch() {
        PartnerTable table = table(200);
        Random random = new Random(3);
        double exact = 0;
        int touches = 5_000;
        for (int i = 0; i < touches; i++) {
            float weight = random.nextFloat();
            exact += weight;
            touch(table, 1, weight, 0);
        }
        // Rounding goes both ways, so that the error stays far below one rounding per interaction.
        assertThat(count(table, 1, 0)).isCloseTo(exact, within(exact * ROUNDING * 20));
    }

    @Test
    void shouldLetNewPartnersInByTheWeightTheyWouldHaveOfTheSmallest() {
        int admitted = 0;
        int trials = 4_000;
        for (int trial = 0; trial < trials; trial++) {
            PartnerTable table = table(2);
            touch(table, 1, 1f, 0);
            touch(table, 1, 1f, 0);
            touch(table, 2, 1f, 0);
            touch(table, 2, 1f, 0);
            touch(table, 2, 1f, 0);
            touch(table, 10 + trial, 1f, 0);
            assertThat(table.size()).isEqualTo(2);
            assertThat(count(table, 2, 0)).isEqualTo(3);
            double let = count(table, 10 + trial, 0);
            if (let > 0) {
                assertThat(let).isEqualTo(3);
                admitted++;
            }
        }
        assertThat(admitted / (double) trials).isCloseTo(1.0 / 3, within(0.03));
    }
}
