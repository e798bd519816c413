package dev.kombo.shop.data;

import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The header of a delimited file and a sample of its rows, with the encoding and the delimiter by which they are read.
 *
 * @param empty columns without a value in any row of the file
 * @param rows evenly over the whole file: the first days of a month do not show which number is the month
 * @param first the first rows, one after the other
 */
record FileSample(
        Charset charset, String delimiter, List<String> header, Set<String> empty, List<Row> rows, List<Row> first) {
    private static final int SAMPLE_ROWS = 2_000;
    private static final int FIRST_ROWS = 500;
    private static final int VALUES_SHOWN = 3;
    /** Longer than an id, a time or an amount. */
    private static final int LONGEST_VALUE = 256;

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    /** With the lengths of RFC 5321, so that a long value without any takes no time. */
    private static final Pattern EMAIL =
            Pattern.compile("([^\\s@,;<>\"])[^\\s@,;<>\"]{0,63}@[^\\s@,;<>\"]{1,255}\\.[^\\s@,;<>\"]+");

    /**
     * Reads a file once.
     *
     * @throws DataException if there is no such file, or it has no row below its header
     */
    static FileSample of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw RowReader.noFile(file);
        }
        Charset charset = charset(file);
        String line;
        try (BufferedReader text = new BufferedReader(new InputStreamReader(content(file), charset))) {
            line = Objects.requireNonNullElse(RowReader.line(text, file), "");
        }
        if (line.chars().anyMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c))) {
            throw new DataException(
                    file + " is not text in UTF-8 or Windows' Western encoding; save a spreadsheet as CSV or .xlsx");
        }
        String delimiter = DELIMITERS.stream()
                .max(Comparator.comparingInt(mark -> line.split(Pattern.quote(mark), -1).length))
                .orElseThrow();
        FileLayout layout = new FileLayout("csv", delimiter.charAt(0), charset, List.of(), Set.of());
        try (RowReader reader = RowReader.open(file, layout)) {
            List<String> header = reader.columns();
            FileSample sample = new FileSample(
                    charset, delimiter, header, new HashSet<>(header), new ArrayList<>(), new ArrayList<>());
            sample.read(reader);
            sample.require(file);
            return sample;
        }
    }

    private void read(RowReader reader) throws IOException {
        int stride = 1;
        int read = 0;
        for (Row row = reader.next(); row != null; row = reader.next()) {
            if (row.values() == null || row.values().size() != header.size()) {
                continue;
            }
            removeFilled(row);
            if (first.size() < FIRST_ROWS) {
                first.add(shortened(row));
            }
            if (read++ % stride == 0) {
                rows.add(shortened(row));
            }
            if (rows.size() == SAMPLE_ROWS) {
                for (int kept = SAMPLE_ROWS / 2 - 1; kept >= 0; kept--) {
                    rows.remove(2 * kept + 1);
                }
                stride *= 2;
            }
        }
    }

    /** A sample of rows of a million characters does not fill memory. */
    private static Row shortened(Row row) {
        List<String> values = row.values().stream()
                .map(value -> value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE))
                .toList();
        return new Row(row.line(), "", row.columns(), values);
    }

    private void removeFilled(Row row) {
        empty.removeIf(column -> !ColumnMapping.text(row, column).isEmpty());
    }

    private void require(Path file) {
        if (header.size() == 1) {
            throw new DataException(
                    "%s has a single column, %s; commas, semicolons, tabs or bars are expected between columns"
                            .formatted(file, Row.shown(header.get(0))));
        }
        if (rows.isEmpty()) {
            throw new DataException(file + " has no row with as many columns as its header: " + header);
        }
    }

    private static InputStream content(Path file) throws IOException {
        return RowReader.content(Files.newInputStream(file), file);
    }

    /**
     * Returns UTF-8 if all bytes are valid, else Windows' Western European encoding, in which all bytes are characters.
     */
    private static Charset charset(Path file) throws IOException {
        try (InputStream bytes = content(file);
                Reader utf8 = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())) {
            utf8.transferTo(Writer.nullWriter());
            return StandardCharsets.UTF_8;
        } catch (MalformedInputException e) {
            return Charset.forName("windows-1252");
        }
    }

    /** Names of the columns with a value in any row of the file. */
    List<String> filled() {
        return header.stream().filter(column -> !empty.contains(column)).toList();
    }

    /** The values of a column that are not empty. */
    Stream<String> values(String column) {
        return rows.stream().map(row -> ColumnMapping.text(row, column)).filter(value -> !value.isEmpty());
    }

    /** The values of a column that are not empty and of which nothing was cut off. */
    Stream<String> whole(String column) {
        return values(column).filter(value -> value.length() < LONGEST_VALUE);
    }

    /** Whether most values of a column are of a kind, of those that are not empty. */
    boolean mostly(String column, Predicate<String> kind) {
        List<String> filled = values(column).toList();
        return 2 * filled.stream().filter(kind).count() >= filled.size();
    }

    /** Whether no two sampled rows have the same value, of at least so many. */
    boolean allDiffer(String column, int fewest) {
        List<String> filled = values(column).toList();
        return filled.size() >= fewest && Set.copyOf(filled).size() == filled.size();
    }

    /** Up to three different values of a column, for a person; e-mails are masked. */
    String examples(String column) {
        return values(column)
                .distinct()
                .limit(VALUES_SHOWN)
                .map(value -> Row.cut(masked(value)))
                .collect(Collectors.joining(" | "));
    }

    static boolean isEmail(String value) {
        return EMAIL.matcher(value).matches();
    }

    /** Returns a text in which the e-mails show only their first letter. */
    static String masked(String text) {
        return EMAIL.matcher(text).replaceAll("$1***@***");
    }
}
