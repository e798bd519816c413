package dev.kombo.lab.data;

import dev.kombo.schema.BehaviorEvent;

/** A format's own part: from a row to an event. Either method may throw {@link RejectedRowException}. */
interface RowMapper {
    /** Epoch milliseconds of the row; 0 in files without times. */
    long eventTime(Row row);

    /** Fills the event, whose id and time are set. */
    ItemDescription fill(BehaviorEvent event, Row row);
}
