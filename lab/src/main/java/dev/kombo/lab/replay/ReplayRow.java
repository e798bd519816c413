package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;

/** What became of one row of the file: each data row gives exactly one of these; the header gives none. */
public sealed interface ReplayRow {
    /** Physical line of the file, from 1, on which the row starts. */
    int line();

    /** Epoch milliseconds of the row, or of the row before it where its own cannot be known; 0 where there is neither. */
    long eventTime();

    /**
     * A row that is an event.
     *
     * @param item what the row tells of the event's item
     */
    record Accepted(int line, BehaviorEvent event, ItemDescription item) implements ReplayRow {
        @Override
        public long eventTime() {
            return event.getEventTime();
        }
    }

    /**
     * A row that is no event.
     *
     * @param reason short stable code, such as {@code negative-quantity}
     * @param field column at fault; {@code row} where it is the whole row
     * @param detail what was found and what was expected, for a person
     * @param rawRow the row as read, without its line end
     */
    record Rejected(int line, String reason, String field, String detail, String rawRow, long eventTime)
            implements ReplayRow {}
}
