package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BundleDirectionsTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-6f);

    private final BundleDirections directions = new BundleDirections();

    private float[] cosines(int count, float... vector) {
        float squares = 0;
        for (float component : vector) {
            squares += component * component;
        }
        float[] cosines = new float[count];
        directions.cosines(vector, (float) Math.sqrt(squares), cosines, count);
        return cosines;
    }

    @Test
    void shouldGiveCosinesWhenTablesGrow() {
        for (int ordinal = 0; ordinal < 1000; ordinal++) {
            float angle = ordinal / 100f;
            float norm = 1 + ordinal;
            float[] vector = {0f, norm * (float) Math.cos(angle), 0f, norm * (float) Math.sin(angle), 0f};
            directions.set(ordinal, vector, norm);
        }
        float[] cosines = cosines(1000, 0f, 3f, 0f, 0f, 0f);
        for (int ordinal = 0; ordinal < 1000; ordinal++) {
            assertThat(cosines[ordinal]).isCloseTo((float) Math.cos(ordinal / 100f), TOLERANCE);
        }
    }

    @Test
    void shouldKeepLengthsApartWhenVectorsDiffer() {
        directions.set(0, new float[] {1f, 0f}, 1f);
        directions.set(1, new float[] {1f, 0f, 0f}, 1f);
        assertThat(cosines(2, 1f, 0f)).containsExactly(1f, 0f);
        assertThat(cosines(2, 1f, 0f, 0f)).containsExactly(0f, 1f);
        directions.set(0, new float[] {1f, 0f, 0f}, 1f);
        assertThat(cosines(2, 1f, 0f)).containsExactly(0f, 0f);
        assertThat(cosines(2, 1f, 0f, 0f)).containsExactly(1f, 1f);
    }

    @Test
    void shouldSayNothingWhenAVectorCannotBeUsed() {
        directions.set(0, new float[] {1f, 0f}, 1f);
        directions.set(1, new float[] {Float.MAX_VALUE, 1f}, Float.POSITIVE_INFINITY);
        directions.set(0, new float[0], 0f);
        assertThat(cosines(3, 1f, 0f)).containsExactly(0f, 0f, 0f);
        float[] cosines = {7f};
        directions.cosines(new float[] {1f, 0f}, 0f, cosines, 1);
        assertThat(cosines).containsExactly(0f);
    }
}
