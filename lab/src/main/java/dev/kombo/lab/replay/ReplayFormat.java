package dev.kombo.lab.replay;

import java.io.IOException;
import java.nio.file.Path;

/**
 * How the rows of a kind of file are read as events.
 *
 * <p>Common to all formats: the file is plain or gzip (told by its first bytes), UTF-8. The event id is
 * {@code <file name>:<line>}. A row is judged in this order, and the first objection counts:
 *
 * <ol>
 *   <li>{@code duplicate-row}: its text, without the line end, equals that of an earlier row of the file, whatever became
 *       of that one. So this count is the number of rows less the number of distinct rows.
 *   <li>{@code unparsable-row}: quotes, number of columns, time, numbers, or a missing key.
 *   <li>the format's own rules, in the order which it documents.
 * </ol>
 *
 * <p>Lines that are wholly empty are no rows.
 */
public interface ReplayFormat {
    /** Name on the command line. */
    String name();

    /**
     * Opens the file at its first data row.
     *
     * @throws ReplayException when it is not a file of this format
     * @throws IOException when it cannot be read
     */
    ReplayRows open(Path file) throws IOException;
}
