package dev.kombo.lab.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How a delimited file is laid out.
 *
 * @param format name of the format, for messages
 * @param names names of the columns of a file without a header; empty where the first row is the header
 * @param required columns that the header must have; others may stand beside them
 */
record FileLayout(String format, char delimiter, List<String> names, Set<String> required) {
    static FileLayout withHeader(String format, String... required) {
        return new FileLayout(format, ',', List.of(), Set.of(required));
    }

    /** Tab-separated. */
    static FileLayout tabbed(String format, String... names) {
        return new FileLayout(format, '\t', List.of(names), Set.of(names));
    }

    static FileLayout withoutHeader(String format, String... names) {
        return new FileLayout(format, ',', List.of(names), Set.of(names));
    }

    ReplayRows stream(Path file, RowMapper mapper) throws IOException {
        RawRowReader reader = RawRowReader.open(file, delimiter);
        try {
            return new StreamedRows(
                    reader, judge(reader, file, file.getFileName().toString(), mapper));
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** Takes the header, where there is one, from the reader. */
    Columns columns(RawRowReader reader, Path file) throws IOException {
        return new Columns(names.isEmpty() ? readHeader(reader, file) : names).require(required, format, file);
    }

    /**
     * A judge of the rows of an open file; takes the header, where there is one, from the reader.
     *
     * @param idName name of the file in the ids of events
     */
    RowJudge judge(RawRowReader reader, Path file, String idName, RowMapper mapper) throws IOException {
        return new RowJudge(idName, columns(reader, file), new RowSplitter(delimiter), mapper);
    }

    private List<String> readHeader(RawRowReader reader, Path file) throws IOException {
        RawRow header = reader.next();
        if (header == null) {
            throw new ReplayException(file + " is empty: format " + format + " starts with a header");
        }
        try {
            return new RowSplitter(delimiter).split(header.text());
        } catch (RejectedRowException e) {
            throw new ReplayException("the header of " + file + " does not parse: " + e.getMessage(), e);
        }
    }
}
