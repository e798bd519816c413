package dev.kombo.lab.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A kind of delimited file, plain or gzip, that is no input to be judged row by row: reference data, of which the first
 * row that does not parse ends the reading.
 */
public final class TableFile {
    private final FileLayout layout;

    private TableFile(FileLayout layout) {
        this.layout = layout;
    }

    /**
     * Comma-separated, with a header that has at least the columns.
     *
     * @param kind what the file is called in messages
     */
    public static TableFile withHeader(String kind, String... required) {
        return new TableFile(FileLayout.withHeader(kind, required));
    }

    /**
     * Tab-separated, without a header.
     *
     * @param kind what the file is called in messages
     */
    public static TableFile tabbed(String kind, String... columns) {
        return new TableFile(FileLayout.tabbed(kind, columns));
    }

    /**
     * Gives each row to the reader, in the order of the file.
     *
     * @return number of rows
     * @throws ReplayException naming file, line (from 1) and column of a value that is not what the reader asked for
     * @throws IOException when the file cannot be read
     */
    public int read(Path file, Consumer<Fields> reader) throws IOException {
        try (RawRowReader rows = RawRowReader.open(file, layout.delimiter())) {
            Columns columns = layout.columns(rows, file);
            RowSplitter splitter = new RowSplitter(layout.delimiter());
            int count = 0;
            for (RawRow row = rows.next(); row != null; row = rows.next()) {
                try {
                    reader.accept(new Fields(columns, columns.checkCount(splitter.split(row.text()))));
                } catch (RejectedRowException e) {
                    throw new ReplayException(
                            "%s, line %d, %s: %s".formatted(file, row.line(), e.field(), e.getMessage()), e);
                }
                count++;
            }
            return count;
        }
    }
}
