package dev.kombo.shop.data;

import java.io.Closeable;
import java.io.IOException;

/** The checked rows of a file of events, in the order of replay. Not thread-safe. */
public interface EventRows extends Closeable {
    /**
     * Returns the next row, or null at the end.
     *
     * @throws IOException if the file cannot be read on, as with a truncated gzip file
     */
    EventRow next() throws IOException;

    /** The catalogue derived from the file and those beside it, to be published before the first row. */
    default FileCatalog catalog() {
        return FileCatalog.EMPTY;
    }

    /** Progress of reading, from 0 to {@link #size()}. */
    long position() throws IOException;

    /** The whole, in the unit of {@link #position()}: bytes of the file, or rows if the file was sorted first. */
    long size() throws IOException;
}
