package dev.kombo.lab.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Splits the text of one row into its values. */
final class RowSplitter {
    private final char delimiter;
    private final CSVFormat format;

    RowSplitter(char delimiter) {
        this.delimiter = delimiter;
        this.format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false)
                .get();
    }

    /**
     * Splits a row.
     *
     * @throws RejectedRowException when its quotes are not balanced
     */
    List<String> split(String row) {
        return row.indexOf('"') < 0 ? splitPlain(row) : splitQuoted(row);
    }

    private List<String> splitPlain(String row) {
        List<String> values = new ArrayList<>(12);
        int start = 0;
        for (int end = row.indexOf(delimiter); end >= 0; end = row.indexOf(delimiter, start)) {
            values.add(row.substring(start, end));
            start = end + 1;
        }
        values.add(row.substring(start));
        return values;
    }

    private List<String> splitQuoted(String row) {
        try (CSVParser parser = CSVParser.parse(row, format)) {
            List<CSVRecord> records = parser.getRecords();
            if (records.size() != 1) {
                throw RejectedRowException.unparsable("row", "expected one row, found " + records.size());
            }
            return records.get(0).toList();
        } catch (IOException | UncheckedIOException e) {
            throw RejectedRowException.unparsable("row", "expected balanced quotes: " + e.getMessage());
        }
    }
}
