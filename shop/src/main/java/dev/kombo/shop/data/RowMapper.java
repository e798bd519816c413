package dev.kombo.shop.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;

/**
 * Fills an event from a row of a file; each format has its own. Either method may throw {@link RejectedRowException}.
 */
interface RowMapper {
    /** Epoch milliseconds of the row. */
    long eventTime(Row row);

    /** Fills in the event, whose id and time are already set. */
    TitleAndCategory fill(BehaviorEvent event, Row row);
}
