package dev.kombo.engine.entity;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Packs pairs of an entity's hash (its first 40 bits) and a weight in [0, 1] (in steps of 1/250) into 6 bytes each.
 */
public final class PackedEntities {
    private static final int ENTRY_BYTES = 6;
    private static final int PARTS = 250;
    private static final int WEIGHT_BITS = 8;
    private static final int WEIGHT_MASK = (1 << WEIGHT_BITS) - 1;

    private PackedEntities() {}

    /** Packs entities of weight 1. */
    public static ByteBuffer pack(long[] entities) {
        float[] weights = new float[entities.length];
        Arrays.fill(weights, 1f);
        return pack(entities, weights);
    }

    /** Packs entities and their weights, of which there are as many. */
    public static ByteBuffer pack(long[] entities, float[] weights) {
        ByteBuffer bytes = ByteBuffer.allocate(entities.length * ENTRY_BYTES);
        for (int i = 0; i < entities.length; i++) {
            long entry = entities[i] << WEIGHT_BITS | Math.round(weights[i] * PARTS);
            bytes.putShort((short) (entry >>> Integer.SIZE)).putInt((int) entry);
        }
        return bytes.flip();
    }

    /** Returns the entities that were packed. */
    public static long[] entities(ByteBuffer bytes) {
        long[] entities = new long[bytes.remaining() / ENTRY_BYTES];
        for (int i = 0; i < entities.length; i++) {
            entities[i] = entry(bytes, i) >>> WEIGHT_BITS;
        }
        return entities;
    }

    /** Returns the weights that were packed. */
    public static float[] weights(ByteBuffer bytes) {
        float[] weights = new float[bytes.remaining() / ENTRY_BYTES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (entry(bytes, i) & WEIGHT_MASK) / (float) PARTS;
        }
        return weights;
    }

    private static long entry(ByteBuffer bytes, int i) {
        int start = bytes.position() + i * ENTRY_BYTES;
        long upper = Short.toUnsignedLong(bytes.getShort(start));
        return upper << Integer.SIZE | Integer.toUnsignedLong(bytes.getInt(start + Short.BYTES));
    }
}
