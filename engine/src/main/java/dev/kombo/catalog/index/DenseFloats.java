package dev.kombo.catalog.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * A growing array of floats by ordinal, for loops that read one number of each of many entries without loading the
 * entries. One thread writes, any thread reads; a reader may see a number a moment before or after the entry it belongs
 * to, never half of it.
 */
final class DenseFloats {
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(float[].class);
    private static final int FIRST_CAPACITY = 64;

    private final float initial;
    private volatile float[] values;

    /** @param initial value of ordinals that were never set */
    DenseFloats(float initial) {
        this.initial = initial;
        values = filled(FIRST_CAPACITY);
    }

    private float[] filled(int length) {
        float[] array = new float[length];
        Arrays.fill(array, initial);
        return array;
    }

    float get(int ordinal) {
        float[] current = values;
        return ordinal < current.length ? (float) ELEMENT.getOpaque(current, ordinal) : initial;
    }

    /** Copies the numbers of the ordinals in [0, count). */
    void copy(float[] entity, int count) {
        float[] current = values;
        int known = Math.min(count, current.length);
        System.arraycopy(current, 0, entity, 0, known);
        Arrays.fill(entity, known, count, initial);
    }

    /** Sets a number; returns whether it changed. Called by the one writer. */
    boolean change(int ordinal, float value) {
        boolean other = Float.floatToIntBits(get(ordinal)) != Float.floatToIntBits(value);
        if (other) {
            set(ordinal, value);
        }
        return other;
    }

    /** Sets a number. Called by the one writer. */
    void set(int ordinal, float value) {
        float[] current = values;
        if (ordinal >= current.length) {
            float[] grown = filled(Math.max(ordinal + 1, 2 * current.length));
            System.arraycopy(current, 0, grown, 0, current.length);
            current = grown;
            values = grown;
        }
        ELEMENT.setOpaque(current, ordinal, value);
    }
}
