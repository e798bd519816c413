package dev.kombo.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of a stored class, or reads them. A class names its fields in one method, such as {@code count =
 * fields.number(count)}: {@link FlatWriter} writes the value and returns it, {@link FlatReader} ignores it and returns
 * the stored one. So what is written and what is read are the same by construction. Not thread-safe.
 */
public abstract sealed class Fields permits FlatWriter, FlatReader {
    /**
     * Names the fields of a class whose objects do not change.
     *
     * @param <T> the class
     */
    @FunctionalInterface
    public interface Shape<T> {
        /** Passes all fields of the value, and returns a value of what that returns. */
        T fields(T value, Fields fields);
    }

    private static final int OCTET = (1 << Byte.SIZE) - 1;

    /** Just less than half of the last bit that is kept. */
    private static final int ROUNDING_HALF = (1 << (Short.SIZE - 1)) - 1;

    private final boolean reading;
    private int version;

    Fields(boolean reading) {
        this.reading = reading;
    }

    /** Whether values are read, not written. */
    public final boolean reading() {
        return reading;
    }

    /**
     * Begins a state, with the version of its layout in one byte. Besides the version that is written, those are read
     * that the last release wrote.
     *
     * @param state what it is, for the message
     * @param written version to be written
     * @param oldest oldest version of the last release
     * @param released newest version of the last release
     * @throws IllegalArgumentException if another version is stored
     */
    public final void version(String state, int written, int oldest, int released) {
        version = octet(written);
        if (version != written && (version < oldest || version > released)) {
            throw new IllegalArgumentException(
                    state + " has the layout " + version + ", which this version of Kombo does not read");
        }
    }

    /**
     * Whether the state's version is at least this one. A field that was added to the layout later is passed only then,
     * and keeps its default where an older state is read.
     */
    public final boolean since(int first) {
        return version >= first;
    }

    /** A number of 0 to 255, in one byte. */
    public abstract int octet(int value);

    /** A signed number in seven bits per byte, smaller numbers in fewer bytes; the sign is the lowest bit (zigzag). */
    public abstract long number(long value);

    /** A number in eight bytes, for values whose bits are all equally likely to be set. */
    public abstract long fixed(long value);

    /** A number in four bytes. */
    public abstract int fixed(int value);

    /**
     * Text that may be null; else it has the bytes of {@link #text}.
     *
     * @return null where null was written
     */
    public abstract @Nullable String textOrNull(@Nullable String value);

    /**
     * Text.
     *
     * @throws IllegalArgumentException if the bytes say that there is none
     */
    public final String text(String value) {
        String text = textOrNull(value);
        if (text == null) {
            throw new IllegalArgumentException("no text is stored where one is needed");
        }
        return text;
    }

    /** Text that takes half the space if it is a 16-digit hexadecimal number, such as the id of an offer. */
    public abstract String hex(String value);

    /** Bytes, after their number. */
    public abstract byte[] bytes(byte[] value);

    /**
     * Bytes from the buffer's position to its limit, written as {@link #bytes}. What is read is not a copy: it shares
     * the bytes that the reader was given.
     */
    public abstract ByteBuffer block(ByteBuffer value);

    /**
     * Number of elements that follow.
     *
     * @throws IllegalArgumentException if it is larger than the number of bytes that follow
     */
    public abstract int size(int elements);

    /** Number of elements that follow, stored as the number of their bytes. */
    public final int size(int elements, int bytesEach) {
        return size(elements * bytesEach) / bytesEach;
    }

    public final boolean flag(boolean value) {
        return octet(value ? 1 : 0) != 0;
    }

    public final int number(int value) {
        return (int) number((long) value);
    }

    /** A time, as its distance from one that is usually later. */
    public final long before(long time, long later) {
        return later - number(later - time);
    }

    /** A time, as its distance from one that is usually earlier. */
    public final long after(long time, long earlier) {
        return earlier + number(time - earlier);
    }

    public final float real(float value) {
        return Float.intBitsToFloat(fixed(Float.floatToRawIntBits(value)));
    }

    public final double real(double value) {
        return Double.longBitsToDouble(fixed(Double.doubleToRawLongBits(value)));
    }

    public final float[] reals(float[] values) {
        int size = size(values.length);
        float[] all = reading ? new float[size] : values;
        for (int i = 0; i < size; i++) {
            all[i] = real(all[i]);
        }
        return all;
    }

    /**
     * Numbers of which many are 0, rounded to 8 significant bits: a bit each that tells whether it is 0, in whole bytes,
     * and two bytes for each other. What is read differs from what was written by 0.2 % at most.
     */
    public final float[] roundedReals(float[] values) {
        int octets = size((values.length + Byte.SIZE - 1) / Byte.SIZE);
        int size = octets * Byte.SIZE - octet(octets * Byte.SIZE - values.length);
        float[] all = reading ? new float[size] : values;
        for (int first = 0; first < size; first += Byte.SIZE) {
            int last = Math.min(size, first + Byte.SIZE);
            int known = 0;
            for (int i = first; i < last; i++) {
                known |= Float.floatToRawIntBits(all[i]) == 0 ? 0 : 1 << (i - first);
            }
            known = octet(known);
            for (int i = first; i < last; i++) {
                if ((known & (1 << (i - first))) != 0) {
                    all[i] = rounded(all[i]);
                }
            }
        }
        return all;
    }

    /** The upper half of a number's bits, which are its sign, its exponent and 8 significant bits. */
    private float rounded(float value) {
        int bits = Float.floatToRawIntBits(value);
        // Half to even, but infinity stays what it is.
        int half = Float.isFinite(value) ? ROUNDING_HALF + ((bits >>> Short.SIZE) & 1) : 0;
        int stored = octets((bits + half) >>> Short.SIZE);
        return reading ? Float.intBitsToFloat(stored << Short.SIZE) : value;
    }

    /** The lowest 16 bits of a number, the upper byte first. */
    private int octets(int value) {
        return (octet((value >>> Byte.SIZE) & OCTET) << Byte.SIZE) | octet(value & OCTET);
    }

    public final double[] reals(double[] values) {
        int size = size(values.length);
        double[] all = reading ? new double[size] : values;
        for (int i = 0; i < size; i++) {
            all[i] = real(all[i]);
        }
        return all;
    }

    /** Numbers, each as {@link #number(long)}. */
    public final long[] numbers(long[] values) {
        int size = size(values.length);
        long[] all = reading ? new long[size] : values;
        for (int i = 0; i < size; i++) {
            all[i] = number(all[i]);
        }
        return all;
    }

    /** Numbers of two bytes each. */
    public final short[] shorts(short[] values) {
        int size = size(values.length);
        short[] all = reading ? new short[size] : values;
        for (int i = 0; i < size; i++) {
            all[i] = (short) octets(all[i]);
        }
        return all;
    }

    /**
     * One of several constants, by its place among them.
     *
     * @param all the constants in an order that never changes
     */
    public final <T extends Enum<T>> T constant(T value, T[] all) {
        return all[octet(value.ordinal())];
    }

    /**
     * A value or null.
     *
     * @param blank any value; it is passed to the shape when reading
     */
    public final <T> @Nullable T optional(@Nullable T value, T blank, Shape<T> shape) {
        return flag(value != null) ? shape.fields(value == null ? blank : value, this) : null;
    }

    /** A value that takes one byte where it is the usual one. */
    public final <T> T usually(T usual, T value, Shape<T> shape) {
        return flag(value.equals(usual)) ? usual : shape.fields(value, this);
    }

    /** A list of values; the one that was read can be changed. */
    public final <T> List<T> each(List<T> values, T blank, Shape<T> shape) {
        int size = size(values.size());
        List<T> all = reading ? new ArrayList<>(size) : values;
        for (int i = 0; i < size; i++) {
            if (reading) {
                all.add(shape.fields(blank, this));
            } else {
                shape.fields(values.get(i), this);
            }
        }
        return all;
    }

    /** A list of texts; the one that was read can be changed. */
    public final List<String> texts(List<String> values) {
        return each(values, "", (text, fields) -> fields.text(text));
    }

    /** The values of a map by key; those that are read are added to it. */
    public final <T> void each(Map<String, T> values, T blank, Shape<T> shape) {
        each(values, "", (key, fields) -> fields.text(key), blank, shape);
    }

    /** The values of a map by a key that is no text; those that are read are added to it. */
    public final <K, T> void each(Map<K, T> values, K blankKey, Shape<K> keys, T blank, Shape<T> shape) {
        int size = size(values.size());
        if (reading) {
            for (int i = 0; i < size; i++) {
                values.put(keys.fields(blankKey, this), shape.fields(blank, this));
            }
            return;
        }
        for (Map.Entry<K, T> entry : values.entrySet()) {
            keys.fields(entry.getKey(), this);
            shape.fields(entry.getValue(), this);
        }
    }

    /**
     * The values of a map, without their keys; those that are read are added to it.
     *
     * @param key returns the key that a value holds
     */
    public final <K, T> void each(Map<K, T> values, T blank, Shape<T> shape, Function<T, K> key) {
        int size = size(values.size());
        if (reading) {
            for (int i = 0; i < size; i++) {
                T value = shape.fields(blank, this);
                values.put(key.apply(value), value);
            }
            return;
        }
        for (T value : values.values()) {
            shape.fields(value, this);
        }
    }

    /** Numbers by key; those that are read are added to the map. */
    public final void numbers(Map<String, Long> values) {
        each(values, 0L, (number, fields) -> fields.number(number));
    }
}
