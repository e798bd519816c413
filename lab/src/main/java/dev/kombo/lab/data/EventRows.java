package dev.kombo.lab.data;

import java.io.Closeable;
import java.io.IOException;

/** The rows of a file of events, judged, in the order in which they are replayed. Not thread safe. */
public interface EventRows extends Closeable {
    /**
     * Gives the next row, or null at the end.
     *
     * @throws IOException when the file cannot be read on, as with a truncated gzip file
     */
    EventRow next() throws IOException;

    /** What the file and those beside it tell of the catalogue, to be published before the first row. */
    default FileCatalog catalog() {
        return FileCatalog.EMPTY;
    }

    /** How far reading has come, from 0 to {@link #size()}. */
    long position() throws IOException;

    /** The whole, in the unit of {@link #position()}: bytes of the file, or rows where the file was sorted first. */
    long size() throws IOException;
}
