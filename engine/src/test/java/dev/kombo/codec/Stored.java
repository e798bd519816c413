package dev.kombo.codec;

import java.util.function.Consumer;

/** Stores and reads objects through their fields. */
public final class Stored {
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
