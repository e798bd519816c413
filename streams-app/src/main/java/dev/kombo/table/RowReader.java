package dev.kombo.table;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * Reads the rows of a delimited file, plain or gzip as detected from its first two bytes. Empty lines are skipped.
 *
 * <p>Each line is parsed by itself, and together with following lines only if it does not parse alone, as a quoted
 * value may span lines. A parser of the whole file would take a stray quote for the start of a value that lasts until
 * the end of the file; here a quote that is not closed within {@value #MAX_LINES_PER_ROW} lines spoils only its own
 * row.
 */
public final class RowReader implements Closeable {
    static final int MAX_LINES_PER_ROW = 64;

    /** Longest line and row: a zipped file of a few megabytes can hold gigabytes of one. */
    private static final int LONGEST_LINE = 1 << 20;

    /** As many as a sheet of Excel has. */
    private static final int MOST_COLUMNS = 1 << 14;

    private static final int COLUMNS_NAMED = 50;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final FileChannel file;
    private final Path path;
    private final BufferedReader reader;
    private final CSVFormat format;
    private final Pattern delimiter;
    private final Map<String, Integer> columns = new LinkedHashMap<>();
    private final Deque<String> ahead = new ArrayDeque<>();
    private int lines;
    private long characters;

    private RowReader(FileChannel file, Path path, FileLayout layout, CodingErrorAction onMalformed)
            throws IOException {
        this.file = file;
        this.path = path;
        InputStream content = content(Channels.newInputStream(file), path);
        this.reader = new BufferedReader(
                new InputStreamReader(
                        content,
                        layout.charset()
                                .newDecoder()
                                .onMalformedInput(onMalformed)
                                .onUnmappableCharacter(onMalformed)),
                BUFFER_BYTES);
        this.format =
                CSVFormat.RFC4180.builder().setDelimiter(layout.delimiter()).get();
        this.delimiter = Pattern.compile(String.valueOf(layout.delimiter()), Pattern.LITERAL);
        nameColumns(layout.names().isEmpty() ? header(path) : layout.names(), path, layout);
    }

    /**
     * Returns the content of a stored file, unzipped if its first two bytes are those of gzip.
     *
     * @param path of the file, for the message of the {@link DataException} that reading ends with where the file is
     *     cut off or damaged
     */
    public static InputStream content(InputStream stored, Path path) throws IOException {
        InputStream bytes = new BufferedInputStream(stored, BUFFER_BYTES);
        bytes.mark(2);
        boolean gzip = (bytes.read() | bytes.read() << Byte.SIZE) == GZIPInputStream.GZIP_MAGIC;
        bytes.reset();
        if (!gzip) {
            return bytes;
        }
        try {
            return new Unzipped(new GZIPInputStream(bytes, BUFFER_BYTES), path);
        } catch (EOFException | ZipException e) {
            throw unreadable(path, e);
        }
    }

    private static DataException unreadable(Path path, IOException cause) {
        return new DataException(
                cause instanceof EOFException
                        ? path + " is cut off: it ends amid its compressed data; copy or export it again"
                        : path + " is damaged: its compressed data cannot be read (" + cause.getMessage()
                                + "); copy or export it again");
    }

    /** What is unzipped; says of which file it cannot go on. */
    private static final class Unzipped extends FilterInputStream {
        private final Path path;

        Unzipped(InputStream unzipping, Path path) {
            super(unzipping);
            this.path = path;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            try {
                return super.read(bytes, from, length);
            } catch (EOFException | ZipException e) {
                throw unreadable(path, e);
            }
        }
    }

    /** Opens a file at its first data row; what is not in the layout's encoding is replaced. */
    public static RowReader open(Path path, FileLayout layout) throws IOException {
        return open(path, layout, CodingErrorAction.REPLACE);
    }

    /**
     * Opens a file at its first data row.
     *
     * @param onMalformed what happens where the file is not in the layout's encoding
     * @throws DataException if there is no such file, or its header differs from the layout
     */
    static RowReader open(Path path, FileLayout layout, CodingErrorAction onMalformed) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw noFile(path);
        }
        FileChannel file = FileChannel.open(path);
        try {
            return new RowReader(file, path, layout, onMalformed);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Says why a path cannot be read as a file. */
    public static DataException noFile(Path path) {
        return new DataException(Files.exists(path) ? path + " is not a file" : "no such file: " + path);
    }

    /**
     * Reads the next line; null at the end.
     *
     * @throws DataException if the line is too long
     */
    public static String line(BufferedReader reader, Path path) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = reader.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n' && next != '\r'; next = reader.read()) {
            if (line.length() == LONGEST_LINE) {
                throw new DataException(path + " has a line of more than " + LONGEST_LINE + " characters");
            }
            line.append((char) next);
        }
        if (next == '\r') {
            reader.mark(1);
            if (reader.read() != '\n') {
                reader.reset();
            }
        }
        return line.toString();
    }

    /** Returns the next row, or null at the end. */
    public Row next() throws IOException {
        String line = takeLine();
        while (line != null && line.isBlank() && !delimiter.matcher(line).find()) {
            line = takeLine();
        }
        if (line == null) {
            return null;
        }
        int start = lines;
        List<String> values = parse(line);
        return values == null ? joined(start, line) : new Row(start, line, columns, values);
    }

    /** Names of the columns, in order. */
    public List<String> columns() {
        return List.copyOf(columns.keySet());
    }

    /** Characters read so far, unzipped. */
    public long characters() {
        return characters;
    }

    /** Bytes read so far of the file as stored. */
    public long position() throws IOException {
        return file.position();
    }

    /** Bytes of the file as stored. */
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** Returns the row that a line forms with those after it; if they form none, the line alone, without values. */
    private Row joined(int start, String first) throws IOException {
        Deque<String> following = new ArrayDeque<>();
        StringBuilder text = new StringBuilder(first);
        while (following.size() < MAX_LINES_PER_ROW - 1 && text.length() < LONGEST_LINE) {
            String line = takeLine();
            if (line == null) {
                break;
            }
            following.push(line);
            List<String> values = parse(text.append('\n').append(line).toString());
            if (values != null) {
                return new Row(start, text.toString(), columns, values);
            }
        }
        lines -= following.size();
        following.forEach(ahead::push);
        return new Row(start, first, columns, null);
    }

    private String takeLine() throws IOException {
        String line = ahead.isEmpty() ? line(reader, path) : ahead.pop();
        if (line == null) {
            return null;
        }
        lines = Math.incrementExact(lines);
        characters += line.length();
        boolean marked = lines == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
        return marked ? line.substring(1) : line;
    }

    /** Returns the values of a text that is one complete row, else null. */
    private List<String> parse(String text) {
        if (text.indexOf('"') < 0) {
            return List.of(delimiter.split(text, -1)); // as the parser would, for a tenth of the time
        }
        try (CSVParser parser = CSVParser.parse(text, format)) {
            return parser.iterator().next().toList();
        } catch (IOException | UncheckedIOException e) {
            return null; // unbalanced quotes
        }
    }

    private List<String> header(Path path) throws IOException {
        Row header = next();
        if (header == null) {
            throw new DataException(path + " is empty; a header is expected");
        }
        if (header.values() == null) {
            throw new DataException("the header of " + path + " does not parse: " + header.text());
        }
        return header.values();
    }

    /** Names a column by its header; by its position too if it has none or that of a column before. */
    private void nameColumns(List<String> names, Path path, FileLayout layout) {
        if (names.size() > MOST_COLUMNS) {
            throw new DataException(
                    "%s has %,d columns; at most %,d are read".formatted(path, names.size(), MOST_COLUMNS));
        }
        for (String header : names) {
            String name = header.strip();
            boolean free = !name.isEmpty() && !columns.containsKey(name);
            columns.putIfAbsent(free ? name : (name + " (" + (columns.size() + 1) + ")").strip(), columns.size());
        }
        if (columns.size() != names.size()) {
            throw new DataException("the header of " + path + " names a column twice: " + names);
        }
        TreeSet<String> missing = new TreeSet<>(layout.required());
        missing.removeAll(columns.keySet());
        if (!missing.isEmpty()) {
            throw new DataException("%s is not a file of format %s: it lacks the columns %s; its header has %s"
                    .formatted(
                            path,
                            layout.kind(),
                            missing,
                            columns.keySet().stream()
                                    .sorted()
                                    .limit(COLUMNS_NAMED)
                                    .toList()));
        }
    }
}
