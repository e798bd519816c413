package dev.kombo.shop.faults.proxy;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Reads and writes what Kafka sends over a connection: four bytes that tell a length, then so many bytes. */
final class Frames {
    /** More than any broker accepts: what tells a larger length is not Kafka. */
    private static final int MOST_BYTES = 256 << 20;

    private Frames() {}

    /**
     * The next frame, without its length.
     *
     * @throws EOFException where the other side has closed the connection
     */
    static byte[] read(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a frame of " + length + " bytes");
        }
        byte[] frame = new byte[length];
        in.readFully(frame);
        return frame;
    }

    static void write(OutputStream out, byte[] frame) throws IOException {
        out.write(withLength(frame));
    }

    /** Tells the whole length, and sends the first half. */
    static void writeHalf(OutputStream out, byte[] frame) throws IOException {
        out.write(withLength(frame), 0, Integer.BYTES + frame.length / 2);
    }

    private static byte[] withLength(byte[] frame) {
        return ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
    }
}
