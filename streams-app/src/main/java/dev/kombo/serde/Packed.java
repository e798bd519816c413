package dev.kombo.serde;

import java.nio.ByteBuffer;

/** Hashes of targets with a weight each, 12 bytes a pair: big-endian long and float. */
final class Packed {
    private static final int ENTRY_BYTES = Long.BYTES + Float.BYTES;

    private Packed() {}

    static ByteBuffer toBuffer(long[] targets, float[] weights) {
        ByteBuffer bytes = ByteBuffer.allocate(targets.length * ENTRY_BYTES);
        for (int i = 0; i < targets.length; i++) {
            bytes.putLong(targets[i]).putFloat(weights[i]);
        }
        return bytes.flip();
    }

    static long[] targets(ByteBuffer bytes) {
        long[] targets = new long[bytes.remaining() / ENTRY_BYTES];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = bytes.getLong(bytes.position() + i * ENTRY_BYTES);
        }
        return targets;
    }

    static float[] weights(ByteBuffer bytes) {
        float[] weights = new float[bytes.remaining() / ENTRY_BYTES];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = bytes.getFloat(bytes.position() + i * ENTRY_BYTES + Long.BYTES);
        }
        return weights;
    }
}
