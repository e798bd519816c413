package dev.kombo.shop.data;

import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Reads a file before anything of it is published, and refuses one of which much cannot be used. */
public final class FileCheck {
    /** Share of the rows that may be unusable. */
    private static final double MOST_REJECTED = 0.2;

    private static final String CHANGE = "--column %1$s=NAME names another column, --column %1$s= none";

    /** The option that mends a field. */
    private static final Map<String, String> CURES = Map.of(
            "eventTime", "--time-format 'dd/MM/yyyy HH:mm' names another format of times, " + CHANGE,
            "currency", "--currency CODE names that of prices without one, " + CHANGE,
            "row", "save the file anew as CSV, with quotes about values that contain its delimiter");

    private FileCheck() {}

    /**
     * Reads a file.
     *
     * @throws DataException if more than a fifth of its rows would be rejected, with the first reason and what mends it
     */
    public static void requireUsable(EventFileFormat format, Path file) throws IOException {
        long all = 0;
        long rejected = 0;
        EventRow.Rejected first = null;
        try (EventRows rows = format.open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                all++;
                if (row instanceof EventRow.Rejected one && !one.reason().equals("duplicate-row")) {
                    rejected++;
                    first = first == null ? one : first;
                }
            }
        }
        if (first != null && rejected > MOST_REJECTED * all) {
            throw new DataException("%d of the %d rows of %s cannot be used, such as line %d, %s: %s. %s."
                    .formatted(
                            rejected,
                            all,
                            file,
                            first.line(),
                            first.field(),
                            FileSample.masked(first.detail()),
                            CURES.getOrDefault(first.field(), CHANGE).formatted(first.field())));
        }
    }
}
