package dev.kombo.codec;

import java.util.function.Consumer;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;

/** Stores and reads objects through their fields. */
public final class Stored {
    /** Compares objects field by field, in which NaN is NaN, and 0 is not -0. */
    public static final RecursiveComparisonConfiguration NUMBERS = RecursiveComparisonConfiguration.builder()
            .withEqualsForType(Float::equals, Float.class)
            .withEqualsForType(Double::equals, Double.class)
            .build();

    private Stored() {}

    /** What is stored of an object. */
    public static byte[] bytes(Consumer<Fields> shape) {
        FlatWriter out = new FlatWriter();
        shape.accept(out);
        return out.toBytes();
    }

    /** Stores one object and reads it into another. */
    public static void copy(Consumer<Fields> from, Consumer<Fields> into) {
        into.accept(new FlatReader(bytes(from)));
    }
}
