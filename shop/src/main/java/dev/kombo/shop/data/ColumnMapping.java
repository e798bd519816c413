package dev.kombo.shop.data;

import dev.kombo.schema.EventType;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which columns of a file hold which fields, and how it writes times and numbers; {@link MappedCsv} shows an example.
 */
final class ColumnMapping {
    /** Fields that say who bought; a mapping has one of them. */
    static final List<String> OF_CUSTOMER = List.of("userId", "sessionId", "email", "phone");

    /** Fields of the event that are copied as text. */
    static final List<String> TEXTS =
            List.of("userId", "sessionId", "itemId", "bundleId", "offerId", "orderId", "placement");

    private static final Set<String> FIELDS = Stream.of(
                    TEXTS.stream(),
                    OrderRows.FIELDS.stream(),
                    Stream.of(
                            "type",
                            "quantity",
                            "unitPrice",
                            "currency",
                            "ratingValue",
                            "eventTime",
                            "title",
                            "category"))
            .flatMap(fields -> fields)
            .collect(Collectors.toUnmodifiableSet());
    /** Fields of files of items and bundles: the columns of the catalogue, and what only exports of shops have. */
    private static final Set<String> CATALOG_FIELDS = Stream.of(
                    CatalogTable.ITEMS.columns(), CatalogTable.BUNDLES.columns(), ItemRows.FIELDS)
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> SETTINGS =
            Set.of("delimiter", "header", "columns", "encoding", "time.format", "time.zone", "decimal", "price.scale");

    /** Decimals of prices, as {@code price.scale} may state them; by default those of the currency. */
    private static final List<String> PRICE_SCALES =
            List.of(Integer.toString(NumberNotation.SCALE_OF_CURRENCY), "0", "1", "2", "3", "4", "5", "6");

    private final String source;
    private final boolean ofEvents;
    private final Map<String, String> columns = new TreeMap<>();
    private final Map<String, String> constants = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, EventType> types = new TreeMap<>();
    private final Map<String, String> statuses = new TreeMap<>();
    private final TimeFormat times;
    private final NumberNotation numbers;
    private final FileLayout layout;

    private ColumnMapping(String source, Properties mapping, boolean ofEvents) {
        this.source = source;
        this.ofEvents = ofEvents;
        for (EventType type : EventType.values()) {
            types.put(type.name(), type);
        }
        mapping.stringPropertyNames().forEach(key -> put(key, mapping.getProperty(key)));
        if (ofEvents) {
            requireFields();
        }
        ZoneId zone = setting("time.zone", "UTC", "a time zone, such as Europe/Berlin", ZoneId::of);
        times = setting(
                "time.format",
                "iso-8601",
                "epoch-seconds, epoch-millis, iso-8601 or a pattern such as yyyy-MM-dd HH:mm:ss",
                format -> TimeFormat.of(format, zone));
        numbers = new NumberNotation(
                choice("decimal", null, "a point or a comma", List.of(".", ",")),
                Integer.parseInt(choice("price.scale", PRICE_SCALES.get(0), "digits, 0 to 6", PRICE_SCALES)));
        layout = makeLayout();
    }

    /**
     * Reads the mapping of a file of events.
     *
     * @throws DataException if it has an unknown key, names a field twice, or lacks a required field
     */
    static ColumnMapping read(String source, Reader reader) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new DataException("%s is not a properties file: %s".formatted(source, e.getMessage()));
        }
        return new ColumnMapping(source, properties, true);
    }

    /** Returns the mapping of a file from its entries; that of a catalogue needs neither times nor types nor users. */
    static ColumnMapping of(String source, Map<String, String> entries, boolean ofEvents) {
        Properties mapping = new Properties();
        mapping.putAll(entries);
        return new ColumnMapping(source, mapping, ofEvents);
    }

    FileLayout layout() {
        return layout;
    }

    TimeFormat times() {
        return times;
    }

    NumberNotation numbers() {
        return numbers;
    }

    /** Whether rows are lines of orders with a status or amounts of the whole, read by {@link OrderRows}. */
    boolean ofOrders() {
        return columns.keySet().stream().anyMatch(OrderRows.FIELDS::contains);
    }

    /** Whether a field has a column. */
    boolean has(String field) {
        return columns.containsKey(field);
    }

    /** Returns the column of a field, or null. */
    String column(String field) {
        return columns.get(field);
    }

    /** Returns the value of a field that is the same in all rows, or null. */
    String constant(String field) {
        return constants.get(field);
    }

    /** Returns why an order with a status is left out; null if it counts. */
    String leftOut(String status) {
        String reason = statuses.get(status);
        return reason != null ? reason : OrderStatus.leftOut(status);
    }

    /** Returns the event type for a value of the type column; null if it is unknown. */
    EventType type(String value) {
        EventType exact = types.get(value);
        return exact != null ? exact : types.get(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Returns the values of a row that are not empty, by field. */
    Map<String, String> cells(Row row) {
        Map<String, String> cells = new HashMap<>(2 * columns.size());
        columns.forEach((field, column) -> {
            String value = text(row, column);
            if (!value.isEmpty()) {
                cells.put(field, value);
            }
        });
        attributes.forEach((name, column) -> cells.put("attribute." + name, text(row, column)));
        return cells;
    }

    /** Returns the value of a column; empty for what databases write in place of no value. */
    static String text(Row row, String column) {
        String value = row.text(column);
        return value.equals("NULL") || value.equals("\\N") ? "" : value;
    }

    /** Returns the value of a field, null if it is absent or empty. */
    String value(Row row, String field) {
        String column = columns.get(field);
        String value = column == null ? "" : text(row, column);
        value = value.isEmpty() ? constants.get(field) : value;
        return value == null || value.isEmpty() ? null : value;
    }

    /** Returns the attributes of a row that are not empty. */
    Map<String, String> attributes(Row row) {
        Map<String, String> values = new HashMap<>();
        attributes.forEach((name, column) -> {
            String value = text(row, column);
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        });
        return values;
    }

    /** Whether a column of a row has the price times the units, which a rounded price need not be exactly. */
    boolean multiplied(Row row, String column) {
        try {
            BigDecimal units = numbers.number("quantity", row.text(columns.get("quantity")));
            BigDecimal price = numbers.number("unitPrice", row.text(columns.get("unitPrice")));
            BigDecimal off = numbers.number("lineTotal", row.text(column)).subtract(price.multiply(units));
            return off.abs().compareTo(units.abs().movePointLeft(2)) <= 0;
        } catch (RejectedRowException e) {
            return false;
        }
    }

    private FileLayout makeLayout() {
        String delimiter =
                setting("delimiter", ",", "one character, \\t for a tab", text -> text.length() == 1 ? text : none());
        String header = choice("header", "true", "true or false", List.of("true", "false"));
        int unnamed = header.equals("true")
                ? 0
                : setting("columns", "", "the number of columns, as there is no header", Integer::valueOf);
        List<String> names =
                IntStream.rangeClosed(1, unnamed).mapToObj(Integer::toString).toList();
        Set<String> used = new HashSet<>(columns.values());
        used.addAll(attributes.values());
        Charset charset = setting("encoding", "UTF-8", "an encoding, such as windows-1252", Charset::forName);
        return new FileLayout(MappedCsv.NAME, delimiter.charAt(0), charset, names, used);
    }

    private String choice(String key, String preset, String expected, List<String> values) {
        return setting(key, preset, expected, value -> value == null || values.contains(value) ? value : none());
    }

    private static String none() {
        throw new IllegalArgumentException();
    }

    /** Reads a setting with a parser that throws a RuntimeException for invalid text. */
    private <T> T setting(String key, String preset, String expected, Function<String, T> parser) {
        String value = settings.getOrDefault(key, preset);
        try {
            return parser.apply(value);
        } catch (RuntimeException e) {
            throw invalid(key, value, expected);
        }
    }

    private void put(String key, String rawValue) {
        String value = key.equals("delimiter") ? rawValue : rawValue.strip();
        int dot = key.indexOf('.');
        String group = dot < 0 ? "" : key.substring(0, dot);
        String name = key.substring(dot + 1);
        if (SETTINGS.contains(key)) {
            settings.put(key, value);
        } else if (FIELDS.contains(key)
                || key.startsWith(ProductCells.NUMBERED)
                || (!ofEvents && CATALOG_FIELDS.contains(key))) {
            columns.put(key, value);
        } else if (group.equals("constant") && FIELDS.contains(name)) {
            constants.put(name, value);
        } else if (group.equals("attribute") && !name.isEmpty()) {
            attributes.put(name, value);
        } else if (group.equals("type") && !name.isEmpty()) {
            types.put(name, knownType(key, value));
        } else if (group.equals("status") && !name.isEmpty()) {
            statuses.put(name, value);
        } else {
            throw new DataException("%s: unknown key %s; known are the fields %s, constant.<field>, attribute.<name>, "
                            .formatted(source, key, new TreeSet<>(ofEvents ? FIELDS : CATALOG_FIELDS))
                    + "type.<value>, and the settings " + new TreeSet<>(SETTINGS));
        }
    }

    private EventType knownType(String key, String value) {
        EventType type = type(value);
        if (type == null || type == EventType.UNKNOWN) {
            throw invalid(key, value, "a type of event");
        }
        return type;
    }

    private void requireFields() {
        Set<String> twice = new TreeSet<>(columns.keySet());
        twice.retainAll(constants.keySet());
        twice.remove("currency");
        if (!twice.isEmpty()) {
            throw new DataException(source + ": both a column and a constant for " + twice);
        }
        if (!columns.containsKey("eventTime")) {
            throw new DataException(source + ": no column for eventTime");
        }
        boolean shopper = OF_CUSTOMER.stream().anyMatch(columns::containsKey);
        if (!shopper && !(ofOrders() && columns.containsKey("orderId"))) {
            throw new DataException(source + ": no column for userId or sessionId");
        }
        String always = constants.get("type");
        if (always == null && !columns.containsKey("type")) {
            throw new DataException(source + ": no column or constant for type");
        }
        if (always != null) {
            knownType("constant.type", always);
        }
    }

    private DataException invalid(String key, String value, String expected) {
        return new DataException("%s: %s = %s: expected %s".formatted(source, key, value, expected));
    }
}
