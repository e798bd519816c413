package dev.kombo.shop.data;

import dev.kombo.query.format.EventFormats;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A kind of file whose rows are events, such as an export of orders; knows how to open one.
 *
 * <p>The event id of a row is {@code <file name>:<line>}. A row is checked in this order, and the first problem counts:
 *
 * <ol>
 *   <li>{@code duplicate-row}: its text, without the line end, equals that of an earlier row of the file, whether that
 *       was accepted or not. So this count is the number of rows less the number of distinct rows.
 *   <li>{@code unparsable-row}: quotes, number of columns, time, numbers, or a missing key.
 *   <li>the format's own rules, in the order which it documents.
 * </ol>
 */
@FunctionalInterface
public interface EventFileFormat {
    /** Names that {@link #named} knows. */
    List<String> NAMES = List.of(OnlineRetail.NAME, MappedCsv.NAME, HoldingsTable.NAME, "ga4", "segment", "snowplow");

    /**
     * Opens the file at its first data row.
     *
     * @throws DataException if it is not a file of this format
     * @throws IOException if it cannot be read
     */
    EventRows open(Path file) throws IOException;

    /**
     * Returns the format with a name.
     *
     * @param mapping column mapping file, for {@code csv} only; else null
     * @throws DataException if there is no such format, or a mapping is missing or not applicable
     */
    static EventFileFormat named(String name, Path mapping) {
        boolean mapped = name.equals(MappedCsv.NAME);
        if (mapped != (mapping != null)) {
            throw new DataException(
                    mapped
                            ? "format csv needs a column mapping file"
                            : "format " + name + " takes no column mapping file");
        }
        return switch (name) {
            case OnlineRetail.NAME -> new OnlineRetail();
            case HoldingsTable.NAME -> new HoldingsTable();
            case MappedCsv.NAME -> file -> MappedCsv.read(mapping).open(file);
            case "ga4", "segment", "snowplow" -> file -> DocumentRows.open(file, EventFormats.BY_NAME.get(name));
            default -> throw new DataException("unknown format " + name + "; known are " + NAMES);
        };
    }
}
