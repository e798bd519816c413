package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import java.util.Map;

/** Judges the rows of one file, in the order that {@link ReplayFormat} documents. */
final class RowJudge {
    /** Longest event id that the contract allows, in characters. */
    private static final int MAX_ID_LENGTH = 128;

    private static final int LINE_DIGITS = 11;

    private final String fileName;
    private final Columns columns;
    private final RowSplitter splitter;
    private final RowMapper mapper;
    private final RowHashSet seen = new RowHashSet();

    RowJudge(String fileName, Columns columns, RowSplitter splitter, RowMapper mapper) {
        if (fileName.length() > MAX_ID_LENGTH - LINE_DIGITS) {
            throw new ReplayException("the file name is part of every event id and may have at most %d characters: %s"
                    .formatted(MAX_ID_LENGTH - LINE_DIGITS, fileName));
        }
        this.fileName = fileName;
        this.columns = columns;
        this.splitter = splitter;
        this.mapper = mapper;
    }

    /** Remembers a row; false when it was there before. To be asked once a row, in the order of the file. */
    boolean isFirst(RawRow row) {
        return seen.add(row.text());
    }

    /**
     * Epoch milliseconds of a row.
     *
     * @param timeBefore that of the row before; the answer where this row's own cannot be read
     */
    long timeOf(RawRow row, long timeBefore) {
        try {
            return mapper.eventTime(fieldsOf(row));
        } catch (RejectedRowException e) {
            return timeBefore;
        }
    }

    /**
     * Judges a row.
     *
     * @param first what {@link #isFirst} said of it
     * @param timeBefore epoch milliseconds that the reader has for the row: those of the row before, as a rule
     */
    ReplayRow judge(RawRow row, boolean first, long timeBefore) {
        long time = timeBefore;
        try {
            if (!first) {
                throw new RejectedRowException("duplicate-row", "row", "equals an earlier row of the file");
            }
            Fields fields = fieldsOf(row);
            time = mapper.eventTime(fields, timeBefore);
            BehaviorEvent event = new BehaviorEvent();
            event.setEventId(EventIds.of(fileName, row.line()));
            event.setEventTime(time);
            event.setQuantity(1);
            event.setAttributes(Map.of());
            ItemDescription item = mapper.fill(event, fields);
            return new ReplayRow.Accepted(row.line(), event, item);
        } catch (RejectedRowException e) {
            return new ReplayRow.Rejected(row.line(), e.reason(), e.field(), e.getMessage(), row.text(), time);
        }
    }

    private Fields fieldsOf(RawRow row) {
        return new Fields(columns, columns.checkCount(splitter.split(row.text())));
    }
}
