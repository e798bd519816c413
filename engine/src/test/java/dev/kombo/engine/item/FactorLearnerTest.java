package dev.kombo.engine.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.factors.PartnerFactors;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.StableHash;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class FactorLearnerTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final float STEP = 0.25f;

    /** One partner, whose vector is (1, 0), and the vectors of an entity itself. */
    private static final class OnePartner implements PartnerFactors {
        private int generation = 1;
        private float[] published;
        private float component = 1f;

        @Override
        public boolean knows(long partner) {
            return partner == 7;
        }

        @Override
        public int generation() {
            return generation;
        }

        @Override
        public boolean addTo(long partner, float weight, float[] sum) {
            if (partner != 7) {
                return false;
            }
            sum[0] += weight * component;
            return true;
        }

        @Override
        public boolean addColumn(long partner, float weight, float[] product) {
            return false;
        }

        @Override
        public void addWhitened(float[] sum, float[] whitened) {
            for (int k = 0; k < sum.length; k++) {
                whitened[k] += sum[k];
            }
        }

        @Override
        public boolean copyTo(long partner, float[] vector) {
            assertThat(partner).isEqualTo(PartnerTable.partnerOf(StableHash.of("i:a")));
            if (published != null) {
                System.arraycopy(published, 0, vector, 0, vector.length);
            }
            return published != null;
        }
    }

    private final OnePartner factors = new OnePartner();
    private final LongAdder dropped = new LongAdder();

    private FactorLearner.Stepped step(float step, long partner) {
        PartnerTable counts = new PartnerTable(PartnerTable.Limits.INTERACTIONS);
        counts.add(1f, new long[] {partner}, new float[] {1f}, NOW);
        return new FactorLearner(new FactorSettings(2, step, 0, 1, 1), factors, dropped).step("i:a", counts, NOW);
    }

    @Test
    void shouldGiveANewEntityItsVectorAtOnce() {
        FactorLearner.Stepped stepped = step(STEP, 7);
        assertThat(stepped.values()).containsExactly(new float[] {1f, 0f}, within(1e-4f));
        assertThat(stepped.generation()).isEqualTo(1);
    }

    @Test
    void shouldGoPartOfTheWayFromWhereTheEntityIs() {
        factors.generation = 2;
        factors.published = new float[] {0f, 2f};
        FactorLearner.Stepped stepped = step(STEP, 7);
        assertThat(stepped.values()).containsExactly(new float[] {STEP, 2 - 2 * STEP}, within(1e-4f));
        assertThat(stepped.generation()).isEqualTo(2);
        assertThat(factors.published).containsExactly(0f, 2f);
    }

    @Test
    void shouldStayWhereNothingIsKnownOrStepsAreOff() {
        factors.published = new float[] {0f, 2f};
        assertThat(step(STEP, 8).values()).as("no partner is known").isEmpty();
        assertThat(step(0f, 7).values()).as("no steps").isEmpty();
        factors.generation = 0;
        assertThat(step(STEP, 7).values()).as("no generation").isEmpty();
        assertThat(dropped.sum()).isZero();
    }

    @Test
    void shouldDropAStepThatIsNotFinite() {
        factors.component = Float.NaN;
        assertThat(step(STEP, 7).values()).isEmpty();
        assertThat(dropped.sum()).isEqualTo(1);
    }
}
