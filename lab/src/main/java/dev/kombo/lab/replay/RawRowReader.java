package dev.kombo.lab.replay;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Cuts a delimited file into rows, keeping each row's text and line number.
 *
 * <p>A quoted value may span lines. A quote that is not closed within {@value #MAX_LINES_PER_ROW} lines is a mistake in
 * that one line: the line is given as a row of its own, which then does not parse, and reading goes on with the next line,
 * so that a stray quote costs one row and not the rest of the file.
 */
final class RawRowReader implements Closeable {
    static final int MAX_LINES_PER_ROW = 64;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ReplayFile file;
    private final BufferedReader reader;
    private final char delimiter;
    private final Deque<String> pushedBack = new ArrayDeque<>();
    private int linesTaken;

    private RawRowReader(ReplayFile file, char delimiter) {
        this.file = file;
        this.reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8), 1 << 16);
        this.delimiter = delimiter;
    }

    static RawRowReader open(Path file, char delimiter) throws IOException {
        return new RawRowReader(ReplayFile.open(file), delimiter);
    }

    /** Gives the next row that is not an empty line, or null at the end. */
    RawRow next() throws IOException {
        String line = takeLine();
        while (line != null && line.isEmpty()) {
            line = takeLine();
        }
        if (line == null) {
            return null;
        }
        int start = linesTaken;
        boolean open = line.indexOf('"') >= 0 && endsInQuotes(line, false);
        return new RawRow(start, open ? joinUntilClosed(line) : line);
    }

    /** Lines read so far; at the end those of the file. */
    int lines() {
        return linesTaken;
    }

    long position() {
        return file.position();
    }

    long size() {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private String joinUntilClosed(String first) throws IOException {
        List<String> following = new ArrayList<>();
        StringBuilder row = new StringBuilder(first);
        while (following.size() < MAX_LINES_PER_ROW - 1) {
            String line = takeLine();
            if (line == null) {
                break;
            }
            following.add(line);
            row.append('\n').append(line);
            if (!endsInQuotes(line, true)) {
                return row.toString();
            }
        }
        for (int i = following.size() - 1; i >= 0; i--) {
            pushedBack.addFirst(following.get(i));
        }
        linesTaken -= following.size();
        return first;
    }

    private String takeLine() throws IOException {
        String line = pushedBack.pollFirst();
        if (line == null) {
            line = reader.readLine();
        }
        if (line == null) {
            return null;
        }
        linesTaken = Math.incrementExact(linesTaken);
        boolean marked = linesTaken == 1 && !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
        return marked ? line.substring(1) : line;
    }

    /** A quote opens a quoted value only where the value starts; within one, two quotes stand for one (RFC 4180). */
    private boolean endsInQuotes(String line, boolean startsInQuotes) {
        boolean quoted = startsInQuotes;
        boolean valueStarts = !startsInQuotes;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                if (c == '"') {
                    boolean escaped = i + 1 < line.length() && line.charAt(i + 1) == '"';
                    quoted = escaped;
                    i += escaped ? 1 : 0;
                }
            } else if (c == delimiter) {
                valueStarts = true;
            } else {
                quoted = c == '"' && valueStarts;
                valueStarts = false;
            }
        }
        return quoted;
    }
}
