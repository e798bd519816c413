package dev.kombo.shop.data;

import dev.kombo.math.StableHash;
import dev.kombo.schema.BehaviorEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a row of a file became: an accepted event, a rejected row with its reason, or a row left out. Each data row
 * gives exactly one, the header none.
 */
public sealed interface EventRow {
    /** With number and suffix, an id has 128 characters at most. */
    int LONGEST_NAME = 100;

    /** Physical line of the file, from 1, on which the row starts. */
    int line();

    /** Epoch milliseconds of the row, or of the row before it if its own is unknown; 0 if both are. */
    long eventTime();

    /**
     * Returns the row with keys of customers in place of their e-mails and phone numbers; an accepted row's event is
     * modified.
     */
    default EventRow keyed(UnaryOperator<String> customers) {
        return this;
    }

    /** Event id of a row: {@code <file name>:<line>}; the end of a long name is replaced by its hash. */
    static String id(String fileName, int line) {
        return prefix(fileName) + line;
    }

    private static String prefix(String fileName) {
        String name = fileName.length() <= LONGEST_NAME
                ? fileName
                : fileName.substring(0, LONGEST_NAME - 16) + "%016x".formatted(StableHash.of(fileName));
        return name + ':';
    }

    /** Returns the line of a row from its event id; -1 if the id does not belong to the file. */
    static int lineOf(String id, String fileName) {
        String prefix = prefix(fileName);
        if (id == null || !id.startsWith(prefix)) {
            return -1;
        }
        String line = id.substring(prefix.length());
        try {
            return line.isEmpty() || !Character.isDigit(line.charAt(0)) ? -1 : Integer.parseInt(line);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /**
     * A row that is an event.
     *
     * @param item what the row says about the event's item
     */
    record Accepted(int line, BehaviorEvent event, TitleAndCategory item) implements EventRow {
        @Override
        public long eventTime() {
            return event.getEventTime();
        }

        @Override
        public EventRow keyed(UnaryOperator<String> customers) {
            Map<String, String> attributes = new HashMap<>(event.getAttributes());
            attributes.replaceAll((name, value) -> customers.apply(value));
            event.setAttributes(attributes);
            event.setUserId(event.getUserId() == null ? null : customers.apply(event.getUserId()));
            event.setSessionId(event.getSessionId() == null ? null : customers.apply(event.getSessionId()));
            return this;
        }
    }

    /**
     * A row that is rejected.
     *
     * @param reason short stable code, such as {@code negative-quantity}
     * @param field column at fault; {@code row} for the whole row
     * @param detail what was found and what was expected, for a person
     * @param rawRow the row as read, without its line end
     */
    record Rejected(int line, String reason, String field, String detail, String rawRow, long eventTime)
            implements EventRow {

        @Override
        public EventRow keyed(UnaryOperator<String> customers) {
            return new Rejected(line, reason, field, FileSample.masked(detail), FileSample.masked(rawRow), eventTime);
        }
    }

    /**
     * A row that is left out although it can be read, as a cancelled order: counted, but not published.
     *
     * @param reason short stable code, such as {@code cancelled}
     */
    record LeftOut(int line, String reason, long eventTime) implements EventRow {}

    /**
     * What a row says about its item besides id and price paid.
     *
     * @param title name of the item; empty if the row has none
     * @param category category in the file's own terms; null if unknown
     * @param priceMinor price of one unit before discounts; null: the price paid
     */
    record TitleAndCategory(String title, String category, Long priceMinor) {
        public TitleAndCategory(String title, String category) {
            this(title, category, null);
        }
    }
}
