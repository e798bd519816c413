package dev.kombo.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Draws values for fields, those at the limits of their types as often as others. */
public final class RandomValues {
    private static final int LONGEST = 12;

    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    /** True or false. */
    public boolean flag() {
        return random.nextBoolean();
    }

    /** Any number, small ones most often. */
    public long number() {
        return switch (random.nextInt(LONGEST)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            case 2 -> Long.MIN_VALUE;
            default -> random.nextLong() >> random.nextInt(Long.SIZE);
        };
    }

    /** Any number of four bytes. */
    public int integer() {
        return (int) number();
    }

    /** Any number of single precision. */
    public float real() {
        return switch (random.nextInt(LONGEST)) {
            case 0 -> 0f;
            case 1 -> -0f;
            case 2 -> Float.NaN;
            case 3 -> Float.MAX_VALUE;
            case 4 -> Float.NEGATIVE_INFINITY;
            default -> (float) random.nextGaussian();
        };
    }

    /** Any number of double precision. */
    public double precise() {
        return switch (random.nextInt(LONGEST)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> Double.NaN;
            case 3 -> Double.MAX_VALUE;
            case 4 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }

    /** Text in any script; often none. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(LONGEST); i > 0; i--) {
            text.appendCodePoint(random.nextInt(4) == 0 ? 0x1f600 + random.nextInt(64) : 0x20 + random.nextInt(0x200));
        }
        return text.toString();
    }

    /** Any bytes. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Numbers of single precision; often none. */
    /** Numbers that {@link Fields#roundedReals} does not change. */
    public float[] roundedReals() {
        float[] all = reals();
        for (int i = 0; i < all.length; i++) {
            all[i] = Float.intBitsToFloat(Float.floatToRawIntBits(all[i]) & -1 << Short.SIZE);
        }
        return all;
    }

    public float[] reals() {
        float[] all = new float[length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = real();
        }
        return all;
    }

    /** Numbers of double precision; often none. */
    public double[] precises() {
        double[] all = new double[length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = precise();
        }
        return all;
    }

    /** A list; often an empty one. */
    public <T> List<T> list(Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = length(); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    /** A number of elements. */
    public int length() {
        return random.nextInt(3) == 0 ? 0 : random.nextInt(LONGEST);
    }
}
