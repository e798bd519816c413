package dev.kombo.lab.replay;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The columns of a file, by name. */
final class Columns {
    private final Map<String, Integer> positions = new HashMap<>();

    Columns(List<String> names) {
        for (String name : names) {
            positions.putIfAbsent(name.strip(), positions.size());
        }
        if (positions.size() != names.size()) {
            throw new ReplayException("the header names a column twice: " + names);
        }
    }

    /** Gives the values of a row back, or rejects the row when they are more or fewer than the columns. */
    List<String> checkCount(List<String> values) {
        if (values.size() != positions.size()) {
            throw RejectedRowException.unparsable(
                    "row", "expected %d columns, found %d".formatted(positions.size(), values.size()));
        }
        return values;
    }

    /** Position of a column that {@link #require} has found. */
    int position(String name) {
        return positions.get(name);
    }

    /** Fails with a message for the person when a column is missing: then this is another kind of file. */
    Columns require(Collection<String> names, String format, Path file) {
        TreeSet<String> missing = new TreeSet<>(names);
        missing.removeAll(positions.keySet());
        if (!missing.isEmpty()) {
            throw new ReplayException("%s is not a file of format %s: it lacks the columns %s; its header has %s"
                    .formatted(file, format, missing, new TreeSet<>(positions.keySet())));
        }
        return this;
    }
}
