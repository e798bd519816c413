package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BundleDirectionsTest {
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-6f);

    private final BundleDirections directions = new BundleDirections();

    private float[] cosines(int count, float... vector) {
        float[] cosines = new float[count];
        float[] others = new float[count];
        directions.cosines(vector, norm(vector), cosines, new float[vector.length], 0f, others, count);
        assertThat(others).containsOnly(0f);
        return cosines;
    }

    private static float norm(float... vector) {
        float squares = 0;
        for (float component : vector) {
            squares += component * component;
        }
        return (float) Math.sqrt(squares);
    }

    private static float cosine(float[] a, float[] b) {
        double dot = 0;
        for (int k = 0; k < a.length; k++) {
            dot += (double) a[k] * b[k];
        }
        return (float) (dot / norm(a) / norm(b));
    }

    @Test
    void shouldGiveTheCosinesOfBothVectorsWhenAskedForTwo() {
        Random random = new Random(3);
        for (int length : new int[] {1, 2, 7, 64}) {
            float[][] vectors = new float[300][length];
            for (int ordinal = 0; ordinal < vectors.length; ordinal++) {
                for (int k = 0; k < length; k++) {
                    vectors[ordinal][k] = (float) random.nextGaussian();
                }
                directions.set(ordinal, vectors[ordinal], norm(vectors[ordinal]));
            }
            int count = 298;
            float[] first = new float[count];
            float[] second = new float[count];
            Arrays.fill(first, 7f);
            Arrays.fill(second, 7f);
            directions.cosines(
                    vectors[298], norm(vectors[298]), first, vectors[299], norm(vectors[299]), second, count);
            for (int ordinal = 0; ordinal < count; ordinal++) {
                assertThat(first[ordinal]).isCloseTo(cosine(vectors[298], vectors[ordinal]), TOLERANCE);
                assertThat(second[ordinal]).isCloseTo(cosine(vectors[299], vectors[ordinal]), TOLERANCE);
            }
        }
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
        float[] others = {7f};
        directions.cosines(new float[] {1f, 0f}, 0f, cosines, new float[] {0f, 1f}, 0f, others, 1);
        assertThat(cosines).containsExactly(0f);
        assertThat(others).containsExactly(0f);
    }
}
