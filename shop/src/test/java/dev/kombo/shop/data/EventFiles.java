package dev.kombo.shop.data;

import dev.kombo.schema.BehaviorEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a format makes of a file. */
final class EventFiles {
    private EventFiles() {}

    static List<EventRow> read(EventFileFormat format, Path file) {
        List<EventRow> rows = new ArrayList<>();
        try (EventRows source = format.open(file)) {
            for (EventRow row = source.next(); row != null; row = source.next()) {
                rows.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** As it is published, with keys of customers. */
    static List<EventRow> read(EventFileFormat format, Path file, UnaryOperator<String> customers) {
        return read(format, file).stream().map(row -> row.keyed(customers)).toList();
    }

    static BehaviorEvent event(EventRow row) {
        return ((EventRow.Accepted) row).event();
    }

    static EventRow.Rejected rejected(EventRow row) {
        return (EventRow.Rejected) row;
    }

    static String reason(EventRow row) {
        return row instanceof EventRow.Rejected rejected ? rejected.reason() : "accepted";
    }

    static SortedMap<String, Long> counts(List<EventRow> rows) {
        SortedMap<String, Long> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(reason(row), 1L, Long::sum));
        return counts;
    }
}
