package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;

/** A format's own part: from the values of a row to an event. Either method may throw {@link RejectedRowException}. */
interface RowMapper {
    /** Epoch milliseconds of the row. */
    long eventTime(Fields fields);

    /** Fills the event, whose id and time are set. */
    ItemDescription fill(BehaviorEvent event, Fields fields);
}
