package dev.kombo.shop.data;

import dev.kombo.math.StableHash;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads the rows of one file as events, in order, and rejects those that break a rule of {@link EventFileFormat}. */
final class CheckedFile implements EventRows {
    /** Longest id that the contract allows, in characters. */
    static final int LONGEST_ID = 128;

    /** What a row's hash takes in a set. */
    private static final long BYTES_PER_ROW = 100;

    private final Path path;
    private final RowReader reader;
    private final RowMapper mapper;
    private final String name;
    private final Set<RowHash> seen = new HashSet<>();
    private long timeBefore;

    /**
     * A 128-bit hash of a row's text: about 70 bytes of memory per row whatever its length. Among 10<sup>9</sup>
     * different rows, two share a hash with a probability of about 10<sup>-21</sup>.
     */
    private record RowHash(long high, long low) {
        static RowHash of(String text) {
            return new RowHash(StableHash.of(text, 1), StableHash.of(text, 2));
        }
    }

    CheckedFile(Path path, FileLayout layout, RowMapper mapper) throws IOException {
        this.path = path;
        this.reader = RowReader.open(path, layout);
        this.mapper = mapper;
        this.name = path.getFileName().toString();
    }

    @Override
    public EventRow next() throws IOException {
        Row row = reader.next();
        if (row == null) {
            return null;
        }
        boolean first = seen.add(RowHash.of(row.text()));
        RowsInMemory.requireRoom(path, seen.size(), BYTES_PER_ROW, 0);
        int line = row.line();
        try {
            timeBefore = mapper.eventTime(row);
            if (!first) {
                throw duplicate();
            }
            BehaviorEvent event = new BehaviorEvent();
            event.setEventId(EventRow.id(name, line));
            event.setEventTime(timeBefore);
            event.setQuantity(1);
            event.setAttributes(Map.of());
            return new EventRow.Accepted(line, event, mapper.fill(event, row));
        } catch (RejectedRowException e) {
            RejectedRowException reason = first ? e : duplicate();
            return new EventRow.Rejected(
                    line, reason.reason(), reason.field(), reason.getMessage(), row.text(), timeBefore);
        }
    }

    private static RejectedRowException duplicate() {
        return new RejectedRowException("duplicate-row", "row", "equals an earlier row of the file");
    }

    /** Characters of the file read so far. */
    long characters() {
        return reader.characters();
    }

    @Override
    public long position() throws IOException {
        return reader.position();
    }

    @Override
    public long size() throws IOException {
        return reader.size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
