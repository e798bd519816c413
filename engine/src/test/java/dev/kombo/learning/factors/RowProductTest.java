package dev.kombo.learning.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.math.FactorMath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class RowProductTest {
    private static final int FACTORS = SweptRows.FACTORS;
    static final int TARGETS = 60;
    static final int GROUPS = 8;

    /** How much a cosine of two entities may change between two generations after the vectors have settled. */
    private static final double MOST_CHANGE = 0.02;

    private static final PartnerTable.Limits SETTINGS =
            new PartnerTable.Limits(200, Duration.ofDays(60).toMillis());

    /** Entities of 8 groups; shoppers of a group interact with all entities of it, and with some others. */
    private static SweptRows shop(int partitions, List<Integer> order) {
        SweptRows shop = new SweptRows(partitions, 0);
        for (int entity : order) {
            PartnerTable row = new PartnerTable(SETTINGS);
            for (int other = 0; other < TARGETS; other++) {
                float count = other == entity ? 0f : count(Math.min(entity, other), Math.max(entity, other));
                if (count > 0) {
                    row.add(1f, new long[] {other}, new float[] {count}, SweptRows.NOW);
                }
            }
            shop.add(entity, row);
        }
        return shop;
    }

    private static float count(int low, int high) {
        Random random = new Random(low * 1000L + high);
        boolean together = group(low) == group(high);
        return together ? 0.5f + 0.5f * random.nextFloat() : random.nextInt(10) == 0 ? 0.1f : 0f;
    }

    static int group(int entity) {
        return entity * GROUPS / TARGETS;
    }

    private static List<Integer> inOrder() {
        List<Integer> order = new ArrayList<>();
        for (int entity = 0; entity < TARGETS; entity++) {
            order.add(entity);
        }
        return order;
    }

    static SweptRows swept(int sweeps) {
        SweptRows shop = shop(1, inOrder());
        sweep(shop, sweeps);
        return shop;
    }

    private static void sweep(SweptRows shop, int sweeps) {
        for (int s = 0; s < sweeps; s++) {
            shop.sweep();
        }
    }

    private static double entry(SweptRows shop, long entity, long partner) {
        PartnerTable row = shop.row(entity);
        for (int i = 0; i < row.size(); i++) {
            if (row.partner(i) == partner) {
                return row.storedCount(i)
                        * row.decayAt(SweptRows.NOW)
                        / (shop.massRoot(entity) * shop.massRoot(partner));
            }
        }
        return 0;
    }

    /** The loss of one row over all pairs, as it is defined: 1/2 sum of (s - r w)^2. */
    private static double loss(SweptRows shop, long entity, double[] row) {
        double loss = 0;
        for (long partner : shop.partners()) {
            double score = 0;
            for (int k = 0; k < FACTORS; k++) {
                score += row[k] * shop.whitened(partner)[k];
            }
            double error = entry(shop, entity, partner) - score;
            loss += error * error / 2;
        }
        return loss;
    }

    @Test
    void shouldStepAgainstTheGradientOfTheLossOverAllPairs() {
        SweptRows shop = swept(3);
        float[] row = new float[FACTORS];
        assertThat(shop.copyTo(7, row)).isTrue();
        double[] at = new double[FACTORS];
        for (int k = 0; k < FACTORS; k++) {
            row[k] += 0.1f * (k - 3);
            at[k] = row[k];
        }
        float[] product = new RowProduct(shop, FACTORS, 1).of(0, shop.row(7), SweptRows.NOW);
        float[] stepped = row.clone();
        RowProduct.step(stepped, product, 0.25f);
        for (int k = 0; k < FACTORS; k++) {
            double step = 1e-4;
            at[k] += step;
            double above = loss(shop, 7, at);
            at[k] -= 2 * step;
            double below = loss(shop, 7, at);
            at[k] += step;
            double gradient = (above - below) / (2 * step);
            assertThat(RowProduct.gradient(row[k], product[k])).isCloseTo((float) gradient, within(1e-3f));
            assertThat(stepped[k]).isCloseTo((float) (row[k] - 0.25 * gradient), within(1e-3f));
        }
    }

    @Test
    void shouldLowerTheLossWithEveryPartOfAStep() {
        SweptRows shop = swept(2);
        float[] row = new float[FACTORS];
        float[] product = new RowProduct(shop, FACTORS, 1).of(0, shop.row(3), SweptRows.NOW);
        double before = Double.MAX_VALUE;
        for (int s = 0; s < 5; s++) {
            double[] at = new double[FACTORS];
            for (int k = 0; k < FACTORS; k++) {
                at[k] = row[k];
            }
            double loss = loss(shop, 3, at);
            assertThat(loss).isLessThan(before);
            before = loss;
            RowProduct.step(row, product, 0.3f);
        }
    }

    @Test
    void shouldWhitenSoThatColumnsAreOrthonormal() {
        SweptRows shop = swept(1);
        for (int i = 0; i < FACTORS; i++) {
            for (int j = 0; j < FACTORS; j++) {
                double sum = 0;
                for (long entity : shop.partners()) {
                    sum += shop.whitened(entity)[i] * shop.whitened(entity)[j];
                }
                assertThat(sum).isCloseTo(i == j ? 1 : 0, within(1e-4));
            }
        }
    }

    @Test
    void shouldConvergeToTheLeadingEigenvectors() {
        SweptRows shop = swept(60);
        DMatrixRMaj matrix = new DMatrixRMaj(TARGETS, TARGETS);
        for (int i = 0; i < TARGETS; i++) {
            for (int j = 0; j < TARGETS; j++) {
                matrix.set(i, j, (entry(shop, i, j) + entry(shop, j, i)) / 2);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(TARGETS, true, true);
        assertThat(eigen.decompose(matrix)).isTrue();
        List<Integer> leading = new ArrayList<>();
        for (int e = 0; e < TARGETS; e++) {
            leading.add(e);
        }
        leading.sort((a, b) -> Double.compare(
                Math.abs(eigen.getEigenvalue(b).getReal()),
                Math.abs(eigen.getEigenvalue(a).getReal())));
        // Equal up to a rotation: each eigenvector lies entirely in the span of the vectors.
        for (int e : leading.subList(0, FACTORS)) {
            double inSpan = 0;
            for (int k = 0; k < FACTORS; k++) {
                double dot = 0;
                for (int entity = 0; entity < TARGETS; entity++) {
                    dot += eigen.getEigenVector(e).get(entity) * shop.whitened(entity)[k];
                }
                inSpan += dot * dot;
            }
            assertThat(inSpan).isGreaterThan(0.999);
        }
    }

    @Test
    void shouldLeaveCosinesOfPairsAsTheyAreOnceSettled() {
        SweptRows shop = swept(100);
        double[] before = cosines(shop);
        shop.sweep();
        double[] after = cosines(shop);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(MOST_CHANGE));
        }
        // The basis stays too: a vector is comparable with that of the generation before.
        float[] vector = shop.whitened(11).clone();
        shop.sweep();
        assertThat(FactorMath.cosine(vector, shop.whitened(11))).isGreaterThan(0.99f);
    }

    private static double[] cosines(SweptRows shop) {
        double[] cosines = new double[TARGETS];
        for (int entity = 0; entity < TARGETS; entity++) {
            cosines[entity] = FactorMath.cosine(shop.whitened(entity), shop.whitened((entity * 7 + 3) % TARGETS));
        }
        return cosines;
    }

    @Test
    void shouldGiveTheSameWhateverTheOrderAndThePartitions() {
        List<Integer> shuffled = inOrder();
        Collections.shuffle(shuffled, new Random(5));
        SweptRows one = shop(1, inOrder());
        SweptRows four = shop(4, shuffled);
        sweep(one, 5);
        sweep(four, 5);
        for (long entity : one.partners()) {
            assertThat(four.whitened(entity)).containsExactly(one.whitened(entity), within(1e-3f));
        }
    }

    @Test
    void shouldGiveARowOfANewEntityTheDirectionOfItsPartners() {
        SweptRows shop = swept(30);
        PartnerTable row = new PartnerTable(SETTINGS);
        row.add(1f, new long[] {2, 3}, new float[] {1f, 1f}, SweptRows.NOW);
        float[] product = new RowProduct(shop, FACTORS, 1).of(0, row, SweptRows.NOW);
        float[] whitened = new float[FACTORS];
        shop.basis().whiten(product, whitened);
        assertThat(FactorMath.cosine(whitened, shop.whitened(4))).isGreaterThan(0.75f);
        assertThat(FactorMath.cosine(whitened, shop.whitened(TARGETS - 1))).isLessThan(0.5f);
    }

    @Test
    void shouldHaveNoProductWhereNoPartnerIsKnown() {
        PartnerTable strangers = new PartnerTable(SETTINGS);
        strangers.add(1f, new long[] {5_000}, new float[] {1f}, SweptRows.NOW);
        assertThat(new RowProduct(swept(1), FACTORS, 1).of(0, strangers, SweptRows.NOW))
                .isNull();
    }

    @Test
    void shouldLeaveOutOfASweepWhatIsNotFinite() {
        SweptRows shop = swept(1);
        RowSweep sweep = new RowSweep(new FactorSettings(FACTORS, 1f, 0, 1, 1), shop, 2);
        assertThat(sweep.add(5_000, new PartnerTable(SETTINGS), SweptRows.NOW)).isNull();
        assertThat(sweep.dropped()).isZero();
        PartnerTable endless = PartnerTable.read(shop.row(1).write(), Double.NaN, SweptRows.NOW, SETTINGS);
        assertThat(sweep.add(1, endless, SweptRows.NOW)).as("it had one before").isSameAs(QuantizedVector.NONE);
        assertThat(sweep.dropped()).isEqualTo(1);
        assertThat(sweep.add(1, shop.row(1), SweptRows.NOW)).isNotNull();
        assertThat(sweep.gram().rows()).isEqualTo(1);
        assertThat(sweep.gram().trace()).isFinite().isPositive();
    }
}
