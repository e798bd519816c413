package dev.kombo.lab.replay;

import dev.kombo.schema.EventType;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Tells what the columns of a delimited file mean: a properties file in UTF-8.
 *
 * <pre>
 * # event field = column of the file; any field may be left out that the event does not need
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
 * # without a header the columns are named 1, 2, 3 …, and columns must say how many there are
 * delimiter = ;
 * header = true
 * columns = 7
 * # epoch-seconds, epoch-millis, iso-8601 (default, with an offset), or a pattern of java.time with the zone it is in
 * time.format = dd.MM.yyyy HH:mm
 * time.zone = Europe/Berlin
 * # digits of the minor unit that prices are shifted by; default that of the currency; 0: prices are minor units already
 * price.scale = 2
 * </pre>
 *
 * Fields: {@code userId}, {@code sessionId}, {@code type}, {@code itemId}, {@code bundleId}, {@code offerId}, {@code
 * orderId}, {@code quantity}, {@code unitPrice}, {@code currency}, {@code ratingValue}, {@code placement}, {@code eventTime},
 * {@code title}, {@code category}. Needed are {@code type}, {@code eventTime}, and {@code userId} or {@code sessionId}.
 */
final class ColumnMapping {
    private static final Set<String> FIELDS = Set.of(
            "userId",
            "sessionId",
            "type",
            "itemId",
            "bundleId",
            "offerId",
            "orderId",
            "quantity",
            "unitPrice",
            "currency",
            "ratingValue",
            "placement",
            "eventTime",
            "title",
            "category");
    private static final Set<String> SETTINGS =
            Set.of("delimiter", "header", "columns", "time.format", "time.zone", "price.scale");
    private static final String CONSTANT = "constant.";
    private static final String ATTRIBUTE = "attribute.";
    private static final String TYPE = "type.";

    private final Path source;
    private final Map<String, String> columns = new TreeMap<>();
    private final Map<String, String> constants = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, EventType> types = new TreeMap<>();

    private ColumnMapping(Path source) {
        this.source = source;
    }

    /**
     * Reads a mapping.
     *
     * @throws ReplayException when it has an unknown key, names a field twice, or lacks a needed field
     */
    static ColumnMapping read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ReplayException("no such column mapping file: " + file);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new ReplayException("%s is no properties file: %s".formatted(file, e.getMessage()), e);
        }
        ColumnMapping mapping = new ColumnMapping(file);
        for (EventType type : EventType.values()) {
            mapping.types.put(type.name(), type);
        }
        for (String key : properties.stringPropertyNames()) {
            mapping.put(key, properties.getProperty(key));
        }
        mapping.requireFields();
        return mapping;
    }

    /** The column of a field; null where it has none. */
    String column(String field) {
        return columns.get(field);
    }

    /** The value of a field in every row; null where it has none. */
    String constant(String field) {
        return constants.get(field);
    }

    /** Columns by name of the attribute that they become. */
    Map<String, String> attributes() {
        return attributes;
    }

    /** The event type that a value of the type column means; null where it is not known. */
    EventType type(String value) {
        EventType exact = types.get(value);
        return exact != null ? exact : types.get(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    FileLayout layout(String format) {
        String delimiter = settings.getOrDefault("delimiter", ",");
        if (delimiter.length() != 1) {
            throw invalid("delimiter", delimiter, "one character, \\t for a tab");
        }
        Set<String> used = new HashSet<>(columns.values());
        used.addAll(attributes.values());
        return new FileLayout(format, delimiter.charAt(0), names(), used);
    }

    /** A setting read by a parser that throws a RuntimeException for what it cannot read. */
    <T> T setting(String key, String preset, String expected, Function<String, T> parser) {
        String value = settings.getOrDefault(key, preset);
        try {
            return parser.apply(value);
        } catch (RuntimeException e) {
            throw invalid(key, value, expected);
        }
    }

    private List<String> names() {
        String header = settings.getOrDefault("header", "true");
        if (!header.equals("true") && !header.equals("false")) {
            throw invalid("header", header, "true or false");
        }
        if (header.equals("true")) {
            return List.of();
        }
        int count = setting("columns", "", "the number of columns, as there is no header", Integer::valueOf);
        return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
    }

    private void put(String key, String rawValue) {
        String value = key.equals("delimiter") ? rawValue : rawValue.strip();
        if (SETTINGS.contains(key)) {
            settings.put(key, value);
        } else if (FIELDS.contains(key)) {
            columns.put(key, value);
        } else if (key.startsWith(CONSTANT) && FIELDS.contains(key.substring(CONSTANT.length()))) {
            constants.put(key.substring(CONSTANT.length()), value);
        } else if (key.startsWith(ATTRIBUTE) && key.length() > ATTRIBUTE.length()) {
            attributes.put(key.substring(ATTRIBUTE.length()), value);
        } else if (key.startsWith(TYPE) && key.length() > TYPE.length()) {
            EventType type = types.get(value);
            if (type == null || type == EventType.UNKNOWN) {
                throw invalid(key, value, "a type of event");
            }
            types.put(key.substring(TYPE.length()), type);
        } else {
            throw new ReplayException(
                    "%s: unknown key %s; known are the fields %s, constant.<field>, attribute.<name>, "
                                    .formatted(source, key, new TreeSet<>(FIELDS))
                            + "type.<value>, and the settings " + new TreeSet<>(SETTINGS));
        }
    }

    private void requireFields() {
        Set<String> twice = new TreeSet<>(columns.keySet());
        twice.retainAll(constants.keySet());
        if (!twice.isEmpty()) {
            throw new ReplayException(source + ": both a column and a constant for " + twice);
        }
        Set<String> missing = new TreeSet<>(Set.of("type", "eventTime"));
        missing.removeAll(columns.keySet());
        missing.removeAll(constants.keySet());
        if (!missing.isEmpty()) {
            throw new ReplayException(source + ": no column or constant for " + missing);
        }
        if (!columns.containsKey("userId") && !columns.containsKey("sessionId")) {
            throw new ReplayException(source + ": no column for userId or sessionId");
        }
    }

    private ReplayException invalid(String key, String value, String expected) {
        return new ReplayException("%s: %s = %s: expected %s".formatted(source, key, value, expected));
    }
}
