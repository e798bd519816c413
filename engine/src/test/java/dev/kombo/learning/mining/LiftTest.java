package dev.kombo.learning.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LiftTest {
    private static final double Z = 1.645;

    @Test
    void shouldComputeAPairByHand() {
        // 20 of 1000 orders with both, 100 and 50 with one: 0.02 / (0.1 * 0.05) = 4
        Lift lift = Lift.ofPair(20, 1000, 100, 50);
        assertThat(lift.value()).isCloseTo(4, within(1e-12));
        // variance 1/20 - 1/100 - 1/50 + 7/1000 = 0.027
        assertThat(lift.lower()).isCloseTo(4 * Math.exp(-Z * Math.sqrt(0.027)), within(1e-12));
    }

    @Test
    void shouldComputeATripleByHand() {
        // 0.01 / (0.1 * 0.05 * 0.04) = 50
        Lift lift = Lift.ofTriple(10, 1000, new long[] {100, 50, 40}, new long[] {20, 16});
        assertThat(lift.value()).isCloseTo(Math.sqrt(50), within(1e-12));
        // pair lifts 4 and 4, the third at most 1000/50; 1/10 - 1/100 - 1/50 - 1/40 + (2 * 28 - 4)/1000
        assertThat(lift.lower()).isCloseTo(Math.sqrt(50 * Math.exp(-Z * Math.sqrt(0.097))), within(1e-12));
    }

    @Test
    void shouldStayFiniteWhenOtherCountsLagBehind() {
        Lift lift = Lift.ofPair(20, 3, 0, 1);
        assertThat(lift.value()).isEqualTo(1);
        assertThat(lift.lower()).isBetween(0.0, 1.0);
        Lift triple = Lift.ofTriple(20, 3, new long[] {1, 1, 1}, new long[] {20, 20});
        assertThat(triple.value()).isEqualTo(1);
        assertThat(triple.lower()).isBetween(0.0, 1.0);
    }

    @Test
    void shouldLieBelowTheTrueLiftOfPairsAsOftenAsItClaims() {
        assertThat(pairCoverage(0.05, 0.04, 2.5)).isBetween(0.93, 0.985);
        assertThat(pairCoverage(0.2, 0.1, 1.2)).isBetween(0.93, 0.97);
        assertThat(pairCoverage(0.1, 0.1, 1.0)).isBetween(0.93, 0.97);
    }

    @Test
    void shouldLieBelowTheTrueLiftOfTriplesAtLeastAsOftenAsItClaims() {
        Random random = new Random(11);
        int below = 0;
        for (int run = 0; run < 1500; run++) {
            long[] n = new long[3];
            long[] pairs = new long[2];
            int all = 0;
            for (int order = 0; order < 2000; order++) {
                // A joint purchase in one order of a hundred, else independent.
                boolean joint = random.nextInt(100) == 0;
                boolean a = joint || random.nextInt(10) == 0;
                boolean b = joint || random.nextInt(20) == 0;
                boolean c = joint || random.nextInt(20) == 0;
                n[0] += a ? 1 : 0;
                n[1] += b ? 1 : 0;
                n[2] += c ? 1 : 0;
                pairs[0] += a && b ? 1 : 0;
                pairs[1] += a && c ? 1 : 0;
                all += a && b && c ? 1 : 0;
            }
            double pa = 0.01 + 0.99 * 0.1;
            double pb = 0.01 + 0.99 * 0.05;
            double truth = Math.sqrt((0.01 + 0.99 * 0.1 * 0.05 * 0.05) / (pa * pb * pb));
            below += all == 0 || Lift.ofTriple(all, 2000, n, pairs).lower() <= truth ? 1 : 0;
        }
        assertThat(below / 1500.0).isGreaterThan(0.94);
    }

    private static double pairCoverage(double pa, double pb, double lift) {
        Random random = new Random(7);
        double joint = pa * pb * lift;
        int below = 0;
        for (int run = 0; run < 3000; run++) {
            int a = 0;
            int b = 0;
            int both = 0;
            for (int order = 0; order < 2000; order++) {
                double u = random.nextDouble();
                a += u < pa ? 1 : 0;
                both += u < joint ? 1 : 0;
                b += u < joint || (u >= pa && u < pa + pb - joint) ? 1 : 0;
            }
            below += both == 0 || Lift.ofPair(both, 2000, a, b).lower() <= lift ? 1 : 0;
        }
        return below / 3000.0;
    }
}
