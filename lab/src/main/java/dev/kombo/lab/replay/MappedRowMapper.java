package dev.kombo.lab.replay;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/** Maps rows as a {@link ColumnMapping} says. */
final class MappedRowMapper implements RowMapper {
    private static final String CURRENCY_DIGITS = "-1";

    private final ColumnMapping mapping;
    private final TimeReader times;
    private final int priceScale;

    MappedRowMapper(ColumnMapping mapping) {
        this.mapping = mapping;
        this.times = timeReader(mapping);
        this.priceScale = mapping.setting("price.scale", CURRENCY_DIGITS, "digits, 0 to 6", MappedRowMapper::digits);
        if (mapping.constant("eventTime") != null) {
            throw new ReplayException("eventTime must be a column: events of one time have no order");
        }
        if (mapping.constant("type") != null && mapping.type(mapping.constant("type")) == null) {
            throw new ReplayException("constant.type = " + mapping.constant("type") + ": expected a type of event");
        }
    }

    @Override
    public long eventTime(Fields fields) {
        return times.epochMillis(fields, mapping.column("eventTime"));
    }

    @Override
    public ItemDescription fill(BehaviorEvent event, Fields fields) {
        event.setUserId(value(fields, "userId"));
        event.setSessionId(value(fields, "sessionId"));
        event.setItemId(value(fields, "itemId"));
        event.setBundleId(value(fields, "bundleId"));
        event.setOfferId(value(fields, "offerId"));
        event.setOrderId(value(fields, "orderId"));
        event.setPlacement(value(fields, "placement"));
        event.setAttributes(attributes(fields));
        fillNumbers(event, fields);
        event.setType(type(value(fields, "type")));
        if (event.getUserId() == null && event.getSessionId() == null) {
            throw new RejectedRowException("missing-user", "userId", "expected a user or a session, found neither");
        }
        String title = value(fields, "title");
        return new ItemDescription(title == null ? "" : title, value(fields, "category"));
    }

    private void fillNumbers(BehaviorEvent event, Fields fields) {
        if (value(fields, "quantity") != null) {
            event.setQuantity(integerValue(fields, "quantity"));
        }
        if (value(fields, "ratingValue") != null) {
            event.setRatingValue(decimalValue(fields, "ratingValue").doubleValue());
        }
        String currency = value(fields, "currency");
        if (value(fields, "unitPrice") != null) {
            BigDecimal price = decimalValue(fields, "unitPrice");
            int scale = priceScale >= 0 ? priceScale : currencyDigits(currency);
            event.setUnitPriceMinor(minorUnits(price, scale));
            event.setCurrency(currency);
        }
    }

    private long minorUnits(BigDecimal price, int scale) {
        try {
            return Fields.minorUnits(price, scale);
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable("unitPrice", "expected a price, found " + price);
        }
    }

    private EventType type(String value) {
        EventType type = value == null ? null : mapping.type(value);
        if (type == null) {
            throw new RejectedRowException(
                    "unknown-type", "type", "expected a value that the mapping knows, found " + value);
        }
        return type;
    }

    /** The value of a field, null where it has none or an empty one. */
    private String value(Fields fields, String field) {
        String column = mapping.column(field);
        String value = column == null ? mapping.constant(field) : fields.text(column);
        return value == null || value.isEmpty() ? null : value;
    }

    private int integerValue(Fields fields, String field) {
        String column = mapping.column(field);
        return column == null ? digitsOf(field).intValue() : fields.integer(column);
    }

    private BigDecimal decimalValue(Fields fields, String field) {
        String column = mapping.column(field);
        return column == null ? digitsOf(field) : fields.decimal(column);
    }

    private BigDecimal digitsOf(String constantField) {
        try {
            return new BigDecimal(mapping.constant(constantField));
        } catch (NumberFormatException e) {
            throw new ReplayException("constant." + constantField + " is not a number", e);
        }
    }

    private Map<String, String> attributes(Fields fields) {
        if (mapping.attributes().isEmpty()) {
            return Map.of();
        }
        Map<String, String> attributes = new HashMap<>();
        mapping.attributes().forEach((name, column) -> {
            String value = fields.text(column);
            if (!value.isEmpty()) {
                attributes.put(name, value);
            }
        });
        return attributes;
    }

    private static int currencyDigits(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits();
        } catch (IllegalArgumentException | NullPointerException e) {
            throw RejectedRowException.unparsable("currency", "a price needs an ISO 4217 code, found " + code);
        }
    }

    private static Integer digits(String value) {
        int digits = Integer.parseInt(value);
        if (digits > 6 || digits < -1) {
            throw new IllegalArgumentException(value);
        }
        return digits;
    }

    private static TimeReader timeReader(ColumnMapping mapping) {
        ZoneId zone = mapping.setting("time.zone", "UTC", "a time zone, such as Europe/Berlin", ZoneId::of);
        String format = mapping.setting("time.format", "iso-8601", "a time format", value -> value);
        return switch (format) {
            case "epoch-seconds" -> (fields, column) -> epoch(fields, column, 1000);
            case "epoch-millis" -> (fields, column) -> epoch(fields, column, 1);
            case "iso-8601" -> MappedRowMapper::isoTime;
            default -> mapping.setting(
                    "time.format",
                    format,
                    "epoch-seconds, epoch-millis, iso-8601 or a pattern such as yyyy-MM-dd HH:mm:ss",
                    pattern -> new LocalTimes(pattern, zone))::epochMillis;
        };
    }

    private static long epoch(Fields fields, String column, int millis) {
        try {
            return Fields.minorUnits(fields.decimal(column).multiply(BigDecimal.valueOf(millis)), 0);
        } catch (ArithmeticException e) {
            throw RejectedRowException.unparsable(column, "expected a time since 1970");
        }
    }

    private static long isoTime(Fields fields, String column) {
        String value = fields.text(column);
        try {
            return OffsetDateTime.parse(value).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw RejectedRowException.unparsable(
                    column, "expected a time as 2011-09-30T12:00:00Z, found " + Fields.shown(value));
        }
    }

    @FunctionalInterface
    private interface TimeReader {
        long epochMillis(Fields fields, String column);
    }
}
