package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BundleVectorsTest {
    private static final float[][] MEMBERS = {{4, 0}, {0, 8}};
    private static final int[] QUANTITIES = {3, 1};
    private static final float[] OWN = {-1, -2};

    private final float[] out = {9, 9};

    @Test
    void shouldBeTheMeanOfTheMembersByQuantityWhenNobodyTouchedIt() {
        BundleVectors.blend(MEMBERS, QUANTITIES, OWN, 0, 10, out);
        assertThat(out).containsExactly(3, 2);
    }

    @Test
    void shouldGiveTheOwnVectorMoreWeightWithEveryInteraction() {
        BundleVectors.blend(MEMBERS, QUANTITIES, OWN, 10, 10, out);
        assertThat(out).containsExactly(1, 0);
        BundleVectors.blend(MEMBERS, QUANTITIES, OWN, 30, 10, out);
        assertThat(out).containsExactly(0, -1);
    }

    @Test
    void shouldDoWithWhatThereIs() {
        BundleVectors.blend(new float[][] {null, {0, 8}}, QUANTITIES, null, 30, 10, out);
        assertThat(out).containsExactly(0, 8);
        BundleVectors.blend(new float[2][], QUANTITIES, OWN, 1, 10, out);
        assertThat(out).containsExactly(-1, -2);
        BundleVectors.blend(new float[2][], QUANTITIES, null, 1, 10, out);
        assertThat(out).containsExactly(0, 0);
    }
}
