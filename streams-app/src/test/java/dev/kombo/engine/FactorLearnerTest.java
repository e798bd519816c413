package dev.kombo.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.IndexSettings;
import dev.kombo.catalog.StableHash;
import dev.kombo.learning.CooccurrenceSettings;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.PartnerFactors;
import dev.kombo.learning.PartnerTable;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

class FactorLearnerTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final float STEP = 0.25f;

    /** One partner, whose vector is (1, 0); and what is known of a target itself. */
    private static final class OnePartner implements PartnerFactors {
        private int generation = 1;
        private float[] published;
        private float component = 1f;

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
    private final IndexSettings index = IndexSettings.of(SettingValues.defaults());
    private final TargetState state = TargetState.unknown(
            CooccurrenceSettings.of(SettingValues.defaults()), index.popularity(), index.responses());

    private boolean touch(float step, long partner) {
        state.count(
                TargetUpdate.touched(NOW, new TargetUpdate.Touch(1f, 0, null, new long[] {partner}, new float[] {1f})));
        return new FactorLearner(new FactorSettings(2, step, 0, 1, 1), factors).step("i:a", state, NOW);
    }

    @Test
    void shouldGiveANewTargetItsVectorAtOnce() {
        assertThat(touch(STEP, 7)).isTrue();
        assertThat(state.vector()).containsExactly(new float[] {1f, 0f}, within(1e-4f));
        assertThat(state.generation()).isEqualTo(1);
    }

    @Test
    void shouldGoPartOfTheWayFromWhereTheTargetIs() {
        state.moved(new float[] {0f, 1f}, 1);
        touch(STEP, 7);
        assertThat(state.vector()).containsExactly(new float[] {STEP, 1 - STEP}, within(1e-4f));
    }

    @Test
    void shouldStartFromWhatTheSweepMadeOfTheTarget() {
        state.moved(new float[] {9f, 9f}, 1);
        factors.generation = 2;
        factors.published = new float[] {0f, 2f};
        touch(STEP, 7);
        assertThat(state.vector()).containsExactly(new float[] {STEP, 2 - 2 * STEP}, within(1e-4f));
        assertThat(state.generation()).isEqualTo(2);
    }

    @Test
    void shouldLeaveTheVectorWhereNothingIsKnownOrStepsAreOff() {
        touch(STEP, 8);
        assertThat(state.vector()).as("no partner is known").isEmpty();
        touch(0f, 7);
        assertThat(state.vector()).as("no steps").isEmpty();
        factors.generation = 0;
        touch(STEP, 7);
        assertThat(state.vector()).as("no generation").isEmpty();
    }

    @Test
    void shouldDropAStepThatIsNotFinite() {
        state.moved(new float[] {0f, 1f}, 1);
        factors.component = Float.NaN;
        assertThat(touch(STEP, 7)).isFalse();
        assertThat(state.vector()).containsExactly(0f, 1f);
    }
}
