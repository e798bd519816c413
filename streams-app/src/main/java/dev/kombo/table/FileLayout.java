package dev.kombo.table;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The layout of a delimited file, plain or gzip.
 *
 * @param kind what the file is called in messages
 * @param names names of the columns of a file without a header; empty if the first row is the header
 * @param required columns that the header must have; others are allowed
 */
public record FileLayout(String kind, char delimiter, Charset charset, List<String> names, Set<String> required) {
    public FileLayout {
        names = List.copyOf(names);
        required = Set.copyOf(required);
    }

    /** Comma-separated UTF-8 with a header that has at least these columns. */
    public static FileLayout withHeader(String kind, String... required) {
        return new FileLayout(kind, ',', StandardCharsets.UTF_8, List.of(), Set.of(required));
    }

    /** UTF-8 without a header. */
    public static FileLayout withoutHeader(String kind, char delimiter, String... names) {
        return new FileLayout(kind, delimiter, StandardCharsets.UTF_8, List.of(names), Set.of(names));
    }

    /**
     * Passes each row of a file to a reader, in order. Rows that the reader rejects, because a value is not as
     * required, are left out.
     *
     * @param leftOut receives the number of rows left out, by name of the file and reason
     * @throws DataException if the file does not have this layout, or has no usable row
     * @throws IOException if the file cannot be read
     */
    public void read(Path file, SortedMap<String, Long> leftOut, Consumer<Row> reader) throws IOException {
        SortedMap<String, Long> reasons = new TreeMap<>();
        String first = "it is empty";
        int used = 0;
        try (RowReader rows = RowReader.open(file, this)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                try {
                    reader.accept(row);
                    used++;
                } catch (RejectedRowException e) {
                    if (reasons.isEmpty()) {
                        first = "line %d, %s: %s".formatted(row.line(), e.field(), e.getMessage());
                    }
                    reasons.merge(file.getFileName() + ": " + e.reason(), 1L, Long::sum);
                }
            }
        }
        if (used == 0) {
            throw new DataException("no row of %s can be used as %s: %s".formatted(file, kind, first));
        }
        leftOut.putAll(reasons);
    }
}
