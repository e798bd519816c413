package dev.kombo.lab.replay;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** An open input file, plain or gzip as its first two bytes tell, that knows how far it has been read. */
final class ReplayFile extends FilterInputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final CountingStream counted;
    private final long size;

    private ReplayFile(InputStream content, CountingStream counted, long size) {
        super(content);
        this.counted = counted;
        this.size = size;
    }

    static ReplayFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ReplayException("no such file: " + file);
        }
        CountingStream counted = new CountingStream(Files.newInputStream(file));
        try {
            BufferedInputStream buffered = new BufferedInputStream(counted, BUFFER_BYTES);
            InputStream content = isGzip(buffered) ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
            return new ReplayFile(content, counted, Files.size(file));
        } catch (IOException | RuntimeException e) {
            counted.close();
            throw e;
        }
    }

    /** A file beside another, by its name or that with {@code .gz}; null where there is neither. */
    static Path beside(Path file, String name) {
        for (String stored : List.of(name, name + ".gz")) {
            Path beside = file.resolveSibling(stored);
            if (Files.isRegularFile(beside)) {
                return beside;
            }
        }
        return null;
    }

    /**
     * A file beside another.
     *
     * @throws ReplayException when there is none
     */
    static Path requireBeside(Path file, String name, String format) {
        Path beside = beside(file, name);
        if (beside == null) {
            throw new ReplayException("format " + format + " needs " + name + " or " + name + ".gz beside " + file);
        }
        return beside;
    }

    /** Bytes of the file, as stored, read so far. */
    long position() {
        return counted.bytes;
    }

    /** Bytes of the file as stored. */
    long size() {
        return size;
    }

    private static boolean isGzip(BufferedInputStream in) throws IOException {
        in.mark(2);
        int magic = in.read() | in.read() << 8;
        in.reset();
        return magic == GZIPInputStream.GZIP_MAGIC;
    }

    private static final class CountingStream extends FilterInputStream {
        private long bytes;

        CountingStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            bytes += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            bytes += Math.max(0, count);
            return count;
        }
    }
}
