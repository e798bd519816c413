package dev.kombo.shop.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.DataException;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads any delimited file by a mapping that defines its columns, a properties file in UTF-8:
 *
 * <pre>
 * # event field = column of the file; fields that the event does not need may be left out
 * userId = customer
 * itemId = sku
 * eventTime = at
 * type = action
 * quantity = units
 * unitPrice = price
 * attribute.country = land
 * # title and category of the item, for the catalogue
 * title = name
 * category = group
 * # or the same value for every row
 * constant.currency = EUR
 * # what the values of the type column mean; the names of the event types need no entry
 * type.pv = VIEW
 * type.put\ in\ cart = ADD_TO_CART
 * # layout: one character (default a comma), and whether the first row is a header (default true);
 * # without a header the columns are named 1, 2, 3 …, and their number must be given
 * delimiter = ;
 * header = true
 * columns = 7
 * # default UTF-8
 * encoding = windows-1252
 * # epoch-seconds, epoch-millis, iso-8601 (default, with an offset), or a pattern of java.time with the zone it is in;
 * # a date alone is the start of its day
 * time.format = dd.MM.yyyy HH:mm
 * time.zone = Europe/Berlin
 * # decimal mark. If it is given, the other mark may group digits, and signs and codes of currencies are allowed beside
 * # them
 * decimal = ,
 * # digits by which prices are shifted to minor units; default those of the currency; 0: prices are minor units already
 * price.scale = 2
 * </pre>
 *
 * Fields: {@code userId}, {@code sessionId}, {@code type}, {@code itemId}, {@code bundleId}, {@code offerId},
 * {@code orderId}, {@code quantity}, {@code unitPrice}, {@code currency}, {@code ratingValue}, {@code placement},
 * {@code eventTime}, {@code title}, {@code category}. Required are {@code type}, {@code eventTime}, and {@code userId}
 * or {@code sessionId}.
 *
 * <p>A purchase or return of fewer than 0 units is a {@code RETURN} of as many. Without {@code decimal}, a quantity
 * such as 1.000 is rejected: it may be 1 or 1,000. Rows are replayed in the order of their times: a file whose times
 * run backwards is sorted in memory. Rules after those of {@link EventFileFormat}, in this order: {@code unknown-type}
 * if the mapping does not know the type's value, {@code missing-user} if there is neither user nor session. All other
 * content is validated by the topology, like any publisher's.
 */
final class MappedCsv implements EventFileFormat, RowMapper {
    static final String NAME = "csv";

    private final ColumnMapping mapping;

    MappedCsv(ColumnMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Reads a mapping.
     *
     * @throws DataException if it has an unknown key, names a field twice, or lacks a required field
     */
    static MappedCsv read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException("no such column mapping file: " + file);
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            return new MappedCsv(ColumnMapping.read(file.toString(), reader));
        }
    }

    /** Rows in order of time; in that of the file, without keeping them, if they are sorted already. */
    @Override
    public EventRows open(Path file) throws IOException {
        if (mapping.ofOrders()) {
            return byTime(OrderRows.read(file, mapping).rows());
        }
        return runsBackwards(file) ? byTime(RowsInMemory.read(file, mapping.layout(), this)) : inOrderOfFile(file);
    }

    private static EventRows byTime(List<EventRow> rows) {
        return new RowsInMemory(rows, FileCatalog.EMPTY).byTime();
    }

    private EventRows inOrderOfFile(Path file) throws IOException {
        return new CheckedFile(file, mapping.layout(), this);
    }

    private boolean runsBackwards(Path file) throws IOException {
        long before = Long.MIN_VALUE;
        try (EventRows rows = inOrderOfFile(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof EventRow.Accepted && row.eventTime() < before) {
                    return true;
                }
                before = row instanceof EventRow.Accepted ? row.eventTime() : before;
            }
        }
        return false;
    }

    @Override
    public long eventTime(Row row) {
        return mapping.times().epochMillis(row, mapping.column("eventTime"));
    }

    @Override
    public TitleAndCategory fill(BehaviorEvent event, Row row) {
        ColumnMapping.TEXTS.forEach(field -> event.put(field, mapping.value(row, field)));
        event.setAttributes(mapping.attributes(row));
        fillNumbers(event, row);
        String named = mapping.value(row, "type");
        event.setType(named == null ? null : mapping.type(named));
        if (event.getType() == null) {
            throw new RejectedRowException(
                    "unknown-type",
                    "type",
                    "expected a value that the mapping knows, found " + Row.shown(String.valueOf(named)));
        }
        boolean bought = event.getType() == EventType.PURCHASE || event.getType() == EventType.RETURN;
        if (bought && event.getQuantity() < 0) {
            event.setType(EventType.RETURN);
            event.setQuantity(-event.getQuantity());
        }
        if (event.getUserId() == null && event.getSessionId() == null) {
            throw new RejectedRowException("missing-user", "userId", "expected a user or a session, found neither");
        }
        String title = mapping.value(row, "title");
        return new TitleAndCategory(title == null ? "" : title, mapping.value(row, "category"));
    }

    private void fillNumbers(BehaviorEvent event, Row row) {
        String quantity = mapping.value(row, "quantity");
        if (quantity != null) {
            event.setQuantity(mapping.numbers().count("quantity", quantity));
        }
        String rating = mapping.value(row, "ratingValue");
        if (rating != null) {
            event.setRatingValue(mapping.numbers().number("ratingValue", rating).doubleValue());
        }
        String price = mapping.value(row, "unitPrice");
        if (price != null) {
            String currency = mapping.value(row, "currency");
            event.setUnitPriceMinor(mapping.numbers().minor("unitPrice", price, currency));
            event.setCurrency(currency);
        }
    }
}
