package dev.kombo.shop.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.format.EventFormat;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.serde.AvroJson;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.RowReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads events that other systems (GA4, Segment, Snowplow) log as JSON, a document per line, plain or gzip. A document
 * may contain several events, so rows are numbered by event; a rejected event names its line. A row is a {@code
 * duplicate-row} if an earlier event had the same id.
 */
final class DocumentRows implements EventRows {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What an id takes in a set. */
    private static final long BYTES_PER_EVENT = 200;

    private final FileChannel file;
    private final BufferedReader reader;
    private final Path path;
    private final EventFormat format;
    private final Deque<EventFormat.Converted> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private String text = "";
    private int line;
    private int events;
    private long timeBefore;

    private DocumentRows(FileChannel file, Path path, EventFormat format) throws IOException {
        this.file = file;
        this.path = path;
        this.format = format;
        this.reader = new BufferedReader(
                new InputStreamReader(RowReader.content(Channels.newInputStream(file), path), StandardCharsets.UTF_8));
    }

    static DocumentRows open(Path path, EventFormat format) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new DocumentRows(file, path, format);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public EventRow next() throws IOException {
        while (waiting.isEmpty()) {
            text = RowReader.line(reader, path);
            if (text == null) {
                return null;
            }
            line++;
            if (text.isBlank()) {
                continue;
            }
            try {
                waiting.addAll(format.read(JSON.readTree(text), null));
            } catch (JsonProcessingException e) {
                return rejected(RejectedRowException.UNPARSABLE_ROW, "row", "no JSON: " + e.getOriginalMessage());
            }
        }
        EventFormat.Converted converted = waiting.poll();
        AvroJson.Read<BehaviorEvent> read = converted.read();
        if (read.record() == null) {
            AvroJson.Fault fault = read.faults().get(0);
            return rejected(fault.reason(), fault.field(), fault.detail());
        }
        timeBefore = read.record().getEventTime();
        RowsInMemory.requireRoom(path, seen.size(), BYTES_PER_EVENT, 0);
        if (!seen.add(read.record().getEventId())) {
            return rejected("duplicate-row", "eventId", read.record().getEventId() + " was there before");
        }
        events++;
        read.record().setEventId(EventRow.id(path.getFileName().toString(), events));
        return new EventRow.Accepted(
                events, read.record(), new TitleAndCategory(converted.title(), converted.category()));
    }

    private EventRow rejected(String reason, String field, String detail) {
        events++;
        return new EventRow.Rejected(events, reason, field, "line " + line + ": " + detail, text, timeBefore);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
