package dev.kombo.learning.factors;

/**
 * A vector quantised to 8 bits per component: whole numbers from -127 to 127 times one scale, off by at most half the
 * scale.
 *
 * @param values not copied
 * @param scale at least 0
 */
public record QuantizedVector(byte[] values, float scale) {
    /** No vector. */
    public static final QuantizedVector NONE = new QuantizedVector(new byte[0], 0f);

    private static final int MOST = Byte.MAX_VALUE;

    /** Quantises a finite vector. */
    public static QuantizedVector of(float[] vector) {
        float largest = 0;
        for (float value : vector) {
            largest = Math.max(largest, Math.abs(value));
        }
        float scale = largest / MOST;
        byte[] values = new byte[vector.length];
        for (int k = 0; k < values.length && scale > 0; k++) {
            values[k] = (byte) Math.max(-MOST, Math.min(MOST, Math.round(vector[k] / scale)));
        }
        return new QuantizedVector(values, scale);
    }

    /** Components. */
    public int length() {
        return values.length;
    }

    /** Writes the components into an array of the same length. */
    public void copyTo(float[] vector) {
        for (int k = 0; k < values.length; k++) {
            vector[k] = scale * values[k];
        }
    }

    /** The components. */
    public float[] toFloats() {
        float[] vector = new float[values.length];
        copyTo(vector);
        return vector;
    }
}
