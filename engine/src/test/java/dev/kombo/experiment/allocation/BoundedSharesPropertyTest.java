package dev.kombo.experiment.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Moving shares within bounds, for any wanted shares. */
class BoundedSharesPropertyTest {
    /** Shares within bounds, and wanted shares with the same sum. */
    private static final class Case {
        final double[] before;
        final double[] wanted;
        final double[] lowest;
        final double[] highest;
        final double sum;

        Case(Random random) {
            int arms = 2 + random.nextInt(5);
            before = new double[arms];
            wanted = new double[arms];
            lowest = new double[arms];
            highest = new double[arms];
            double weights = 0;
            for (int k = 0; k < arms; k++) {
                before[k] = (20 + random.nextInt(300)) / 1000.0;
                lowest[k] = before[k] - random.nextInt(20) / 1000.0;
                highest[k] = before[k] + random.nextInt(100) / 1000.0;
                wanted[k] = random.nextDouble();
                weights += wanted[k];
            }
            sum = Arrays.stream(before).sum();
            for (int k = 0; k < arms; k++) {
                wanted[k] *= sum / weights;
            }
        }

        double[] nearest() {
            return BoundedShares.nearest(wanted, lowest, highest, sum);
        }
    }

    @Property(tries = 500, seed = "61")
    void shouldKeepTheSumAndTheBounds(@ForAll Random random) {
        Case given = new Case(random);
        double[] shares = given.nearest();
        assertThat(Arrays.stream(shares).sum()).isCloseTo(given.sum, within(1e-12));
        for (int k = 0; k < shares.length; k++) {
            assertThat(shares[k]).isBetween(given.lowest[k], given.highest[k]);
        }
    }

    /** No other shares within the bounds are nearer. */
    @Property(tries = 500, seed = "62")
    void shouldBeNearest(@ForAll Random random) {
        Case given = new Case(random);
        double[] shares = given.nearest();
        for (int from = 0; from < shares.length; from++) {
            for (int to = 0; to < shares.length; to++) {
                double step =
                        Math.min(1e-4, Math.min(shares[from] - given.lowest[from], given.highest[to] - shares[to]));
                if (from != to && step > 1e-9) {
                    double[] other = shares.clone();
                    other[from] -= step;
                    other[to] += step;
                    assertThat(distance(other, given.wanted))
                            .isGreaterThanOrEqualTo(distance(shares, given.wanted) - 1e-12);
                }
            }
        }
    }

    @Property(tries = 500, seed = "63")
    void shouldNotTakeFromAShareOfWhichMoreIsWanted(@ForAll Random random) {
        Case given = new Case(random);
        double[] before = given.nearest();
        int arm = random.nextInt(before.length);
        double gain = random.nextDouble() * (given.sum - given.wanted[arm]);
        double others = given.sum - given.wanted[arm];
        for (int k = 0; k < before.length; k++) {
            given.wanted[k] = k == arm ? given.wanted[k] + gain : given.wanted[k] * (others - gain) / others;
        }
        assertThat(given.nearest()[arm]).isGreaterThanOrEqualTo(before[arm] - 1e-9);
    }

    @Property(tries = 500, seed = "64")
    void shouldRoundTowardsWhatWasAndKeepTheSum(@ForAll Random random) {
        Case given = new Case(random);
        double[] wanted = given.nearest();
        int[] units = BoundedShares.units(given.before, wanted);
        assertThat(Arrays.stream(units).sum()).isZero();
        double sum = 0;
        for (int k = 0; k < units.length; k++) {
            double share = BoundedShares.plus(given.before[k], units[k]);
            sum += share;
            assertThat(share)
                    .isBetween(Math.min(given.before[k], wanted[k]) - 1e-9, Math.max(given.before[k], wanted[k]) + 1e-9)
                    .isBetween(given.lowest[k] - 1e-12, given.highest[k] + 1e-12);
            assertThat(Math.abs(share - wanted[k])).isLessThan(BoundedShares.UNIT * units.length);
        }
        assertThat(sum).isCloseTo(given.sum, within(1e-12));
    }

    @Example
    void shouldMoveByWholeUnitsOnly() {
        assertThat(BoundedShares.units(new double[] {0.4, 0.5}, new double[] {0.45, 0.45}))
                .containsExactly(50, -50);
        assertThat(BoundedShares.units(new double[] {0.4, 0.5}, new double[] {0.4019, 0.4981}))
                .containsExactly(1, -1);
        assertThat(BoundedShares.units(new double[] {0.3, 0.3, 0.3}, new double[] {0.3016, 0.3016, 0.2968}))
                .as("one unit each is gained, so only two of three are lost")
                .containsExactly(1, 1, -2);
        assertThat(BoundedShares.plus(0.4, -100)).isEqualTo(0.3);
    }

    private static double distance(double[] shares, double[] wanted) {
        double sum = 0;
        for (int k = 0; k < shares.length; k++) {
            sum += (shares[k] - wanted[k]) * (shares[k] - wanted[k]);
        }
        return sum;
    }
}
