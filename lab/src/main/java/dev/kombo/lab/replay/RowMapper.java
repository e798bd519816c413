package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;

/** A format's own part: from the values of a row to an event. Either method may throw {@link RejectedRowException}. */
interface RowMapper {
    /** Epoch milliseconds of the row. */
    long eventTime(Fields fields);

    /**
     * Epoch milliseconds of a row whose reader has a time for it: formats without times take that one.
     *
     * @param readersTime epoch milliseconds
     */
    default long eventTime(Fields fields, long readersTime) {
        return eventTime(fields);
    }

    /** Fills the event, whose id and time are set. */
    ItemDescription fill(BehaviorEvent event, Fields fields);
}
