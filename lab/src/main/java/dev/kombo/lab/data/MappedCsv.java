package dev.kombo.lab.data;

import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.table.Amounts;
import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
 * Fields: {@code userId}, {@code sessionId}, {@code type}, {@code itemId}, {@code bundleId}, {@code offerId}, {@code
 * orderId}, {@code quantity}, {@code unitPrice}, {@code currency}, {@code ratingValue}, {@code placement}, {@code eventTime},
 * {@code title}, {@code category}. Required are {@code type}, {@code eventTime}, and {@code userId} or {@code sessionId}.
 *
 * <p>A purchase or return of fewer than 0 units is a {@code RETURN} of as many. Without {@code decimal}, a quantity such as 1.000 is rejected:
 * it may be 1 or 1,000. Rows are replayed in the order of their times: a file
 * whose times run backwards is sorted in memory. Rules after those of {@link EventFileFormat}, in this order: {@code
 * unknown-type} if the mapping does not know the type's value, {@code missing-user} if there is neither user nor session.
 * All other content is validated by the topology, like any publisher's.
 */
final class MappedCsv implements EventFileFormat, RowMapper {
    static final String NAME = "csv";
    /** Taobao UserBehavior, whose mapping is built in. */
    static final String TAOBAO = "taobao";
    /** Fields that say who bought; a mapping has one of them. */
    static final List<String> OF_CUSTOMER = List.of("userId", "sessionId", "email", "phone");

    /** Fields of the event that are copied as text. */
    private static final List<String> TEXTS =
            List.of("userId", "sessionId", "itemId", "bundleId", "offerId", "orderId", "placement");

    private static final Set<String> FIELDS = Stream.of(
                    TEXTS.stream(),
                    OrderRows.FIELDS.stream(),
                    Stream.of("type quantity unitPrice currency ratingValue eventTime title category".split(" ", -1)))
            .flatMap(fields -> fields)
            .collect(Collectors.toUnmodifiableSet());
    /** Fields that only catalogue files have. */
    private static final Set<String> CATALOG_FIELDS =
            Set.of("cost stock image link group option1 option2 option3 salePrice slots priceTiers".split(" ", -1));

    private static final Set<String> SETTINGS =
            Set.of("delimiter", "header", "columns", "encoding", "time.format", "time.zone", "decimal", "price.scale");
    private static final int SCALE_OF_CURRENCY = -1;
    /** Characters allowed beside the digits of a price: signs and codes of currencies, gaps. */
    static final Pattern SIGNS = Pattern.compile("[\\s\\p{Z}\\p{Sc}']|^[A-Z]{3}|[A-Z]{3}$");

    private final String source;
    private final boolean ofEvents;
    private final Map<String, String> columns = new TreeMap<>();
    private final Map<String, String> constants = new TreeMap<>();
    private final Map<String, String> attributes = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, EventType> types = new TreeMap<>();
    private final Map<String, String> statuses = new TreeMap<>();
    private final TimeFormat times;
    private final String decimal;
    private final String group;
    private final Pattern grouped;
    private final int priceScale;
    private final FileLayout layout;

    private MappedCsv(String source, Properties mapping, boolean ofEvents) {
        this.source = source;
        this.ofEvents = ofEvents;
        for (EventType type : EventType.values()) {
            types.put(type.name(), type);
        }
        mapping.stringPropertyNames().forEach(key -> put(key, mapping.getProperty(key)));
        if (ofEvents) {
            requireFields();
        }
        times = timeFormat();
        decimal = settings.get("decimal");
        if (decimal != null && !Set.of(".", ",").contains(decimal)) {
            throw invalid("decimal", decimal, "a point or a comma");
        }
        group = ",".equals(decimal) ? "." : ",";
        grouped =
                decimal == null ? null : Pattern.compile("-?\\d{1,3}(\\" + group + "\\d{3})+(\\" + decimal + "\\d+)?");
        priceScale = setting("price.scale", "-1", "digits, 0 to 6", Integer::valueOf);
        if (priceScale < SCALE_OF_CURRENCY || priceScale > 6) {
            throw invalid("price.scale", settings.get("price.scale"), "digits, 0 to 6");
        }
        layout = makeLayout();
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
            return read(file.toString(), reader);
        }
    }

    /** Opens a file by a built-in mapping, in the order of the file. */
    static EventRows builtIn(String format, Path file) throws IOException {
        try (Reader reader = new InputStreamReader(
                MappedCsv.class.getResourceAsStream(format + ".properties"), StandardCharsets.UTF_8)) {
            return read(format, reader).inOrderOfFile(file);
        }
    }

    private static MappedCsv read(String source, Reader reader) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new DataException("%s is not a properties file: %s".formatted(source, e.getMessage()));
        }
        return new MappedCsv(source, properties, true);
    }

    /** Returns the mapping of a file from its entries; that of a catalogue needs neither times nor types nor users. */
    static MappedCsv of(String source, Map<String, String> entries, boolean ofEvents) {
        Properties mapping = new Properties();
        mapping.putAll(entries);
        return new MappedCsv(source, mapping, ofEvents);
    }

    FileLayout layout() {
        return layout;
    }

    /** Rows in order of time; in that of the file, without keeping them, if they are sorted already. */
    @Override
    public EventRows open(Path file) throws IOException {
        JoinedFiles joined = new JoinedFiles(file, FileCatalog.EMPTY);
        if (ofOrders()) {
            return joined.add(OrderRows.read(file, this).rows()).byTime();
        }
        return runsBackwards(file) ? joined.add(file, layout, this).byTime() : inOrderOfFile(file);
    }

    private EventRows inOrderOfFile(Path file) throws IOException {
        return CheckedFile.open(file, layout, this);
    }

    private boolean runsBackwards(Path file) throws IOException {
        long before = Long.MIN_VALUE;
        try (EventRows rows = inOrderOfFile(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                if (row instanceof EventRow.Accepted && row.eventTime() < before) {
                    return true;
                }
                before = Math.max(before, row instanceof EventRow.Accepted ? row.eventTime() : before);
            }
        }
        return false;
    }

    /** Whether rows are lines of orders with a status or amounts of the whole, read by {@link OrderRows}. */
    boolean ofOrders() {
        return columns.keySet().stream().anyMatch(OrderRows.FIELDS::contains);
    }

    /** Whether a field has a column. */
    boolean has(String field) {
        return columns.containsKey(field);
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

    /** Returns the value of a field that is the same in all rows, or null. */
    String constant(String field) {
        return constants.get(field);
    }

    /** Returns why an order with a status is left out; null if it counts. */
    String leftOut(String status) {
        String reason = statuses.get(status);
        return reason != null ? reason : OrderStatus.leftOut(status);
    }

    /** Returns a number of the file's notation. */
    BigDecimal number(String field, String text) {
        return Amounts.decimal(field, plain(text));
    }

    /** Whether a column of a row has the price times the units, which a rounded price need not be exactly. */
    boolean multiplied(Row row, String column) {
        try {
            BigDecimal units = number("quantity", row.text(columns.get("quantity")));
            BigDecimal price = number("unitPrice", row.text(columns.get("unitPrice")));
            BigDecimal off = number("lineTotal", row.text(column)).subtract(price.multiply(units));
            return off.abs().compareTo(units.abs().movePointLeft(2)) <= 0;
        } catch (RejectedRowException e) {
            return false;
        }
    }

    /** Returns the decimals of a currency's amounts. */
    int digits(String currency) {
        return priceScale == SCALE_OF_CURRENCY ? Amounts.digits(currency) : priceScale;
    }

    /** Returns the epoch milliseconds of a time of the file. */
    long epochMillis(String text) {
        return times.epochMillis("eventTime", text);
    }

    @Override
    public long eventTime(Row row) {
        return times.epochMillis(row, columns.get("eventTime"));
    }

    @Override
    public TitleAndCategory fill(BehaviorEvent event, Row row) {
        TEXTS.forEach(field -> event.put(field, value(row, field)));
        event.setAttributes(attributes(row));
        fillNumbers(event, row);
        String named = value(row, "type");
        event.setType(named == null ? null : type(named));
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
        String title = value(row, "title");
        return new TitleAndCategory(title == null ? "" : title, value(row, "category"));
    }

    private void fillNumbers(BehaviorEvent event, Row row) {
        String quantity = value(row, "quantity");
        if (quantity != null) {
            event.setQuantity(count("quantity", quantity));
        }
        String rating = value(row, "ratingValue");
        if (rating != null) {
            event.setRatingValue(Amounts.decimal("ratingValue", plain(rating)).doubleValue());
        }
        String price = value(row, "unitPrice");
        if (price != null) {
            String currency = value(row, "currency");
            event.setUnitPriceMinor(Amounts.shifted("unitPrice", number("unitPrice", price), digits(currency)));
            event.setCurrency(currency);
        }
    }

    /**
     * Returns the item of a catalogue row; a variant without an id has that of its title and options, as in orders.
     *
     * @param cells values by field
     * @param time epoch milliseconds of its last change
     */
    Item item(Map<String, String> cells, long time) {
        String currency = cells.getOrDefault("currency", constants.get("currency"));
        String options = Stream.of("option1", "option2", "option3")
                .map(cells::get)
                .filter(value -> value != null && !value.equals("Default Title"))
                .collect(Collectors.joining(" / "));
        String title = cells.getOrDefault("title", "") + (options.isEmpty() ? "" : " - " + options);
        Long sale = amountMinor(cells, "salePrice", currency);
        Long price = sale != null && sale > 0 ? sale : amountMinor(cells, "unitPrice", currency);
        Long cost = amountMinor(cells, "cost", currency);
        String stock = cells.get("stock");
        return Item.newBuilder()
                .setItemId(itemId(cells, title))
                .setTitle(title)
                .setCategory(cells.get("category"))
                .setPriceMinor(price)
                .setCurrency(price == null && cost == null ? null : currency)
                .setCostMinor(cost)
                .setStock(stock == null ? null : (long) Math.max(0, count("stock", stock)))
                .setImage(cells.get("image"))
                .setLink(cells.get("link"))
                .setUpdatedAt(time)
                .build();
    }

    private String itemId(Map<String, String> cells, String title) {
        String id = cells.get("itemId");
        boolean named = columns.containsKey("productId") || columns.containsKey("group");
        if (id == null && (title.isEmpty() || !named)) {
            throw RejectedRowException.unparsable(columns.get("itemId"), "expected an id, found nothing");
        }
        return id == null ? title : id;
    }

    private Long amountMinor(Map<String, String> cells, String field, String currency) {
        String text = cells.get(field);
        return text == null ? null : Amounts.shifted(field, number(field, text), digits(currency));
    }

    /** Returns the units of a row's item; 1 if not specified. */
    int units(Row row) {
        String quantity = value(row, "quantity");
        return quantity == null ? 1 : Row.units(count("quantity", quantity), "quantity");
    }

    /** Returns the bundle of a row. */
    String bundleId(Row row) {
        return row.key(columns.get("bundleId"));
    }

    private int count(String field, String number) {
        if (decimal == null && FormatGuess.GROUPED.matcher(number).matches()) {
            throw RejectedRowException.unparsable(
                    field,
                    Row.shown(number) + " may be a thousand or not: the mapping must say decimal = . or decimal = ,");
        }
        return Amounts.integer(field, plain(number));
    }

    /** Converts a number from the file's notation to Java's; unchanged if the mapping does not specify the notation. */
    private String plain(String number) {
        if (decimal == null) {
            return number;
        }
        String bare = SIGNS.matcher(number).replaceAll("");
        return (grouped.matcher(bare).matches() ? bare.replace(group, "") : bare).replace(decimal, ".");
    }

    /** Returns the value of a field, null if it is absent or empty. */
    private String value(Row row, String field) {
        String column = columns.get(field);
        String value = column == null ? "" : text(row, column);
        value = value.isEmpty() ? constants.get(field) : value;
        return value == null || value.isEmpty() ? null : value;
    }

    private Map<String, String> attributes(Row row) {
        Map<String, String> values = new HashMap<>();
        attributes.forEach((name, column) -> {
            String value = text(row, column);
            if (!value.isEmpty()) {
                values.put(name, value);
            }
        });
        return values;
    }

    /** Returns the event type for a value of the type column; null if it is unknown. */
    private EventType type(String value) {
        EventType exact = types.get(value);
        return exact != null ? exact : types.get(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private TimeFormat timeFormat() {
        ZoneId zone = setting("time.zone", "UTC", "a time zone, such as Europe/Berlin", ZoneId::of);
        return setting(
                "time.format",
                "iso-8601",
                "epoch-seconds, epoch-millis, iso-8601 or a pattern such as yyyy-MM-dd HH:mm:ss",
                format -> TimeFormat.of(format, zone));
    }

    private FileLayout makeLayout() {
        String delimiter = settings.getOrDefault("delimiter", ",");
        if (delimiter.length() != 1) {
            throw invalid("delimiter", delimiter, "one character, \\t for a tab");
        }
        String header = settings.getOrDefault("header", "true");
        if (!Set.of("true", "false").contains(header)) {
            throw invalid("header", header, "true or false");
        }
        int unnamed = header.equals("true")
                ? 0
                : setting("columns", "", "the number of columns, as there is no header", Integer::valueOf);
        List<String> names =
                IntStream.rangeClosed(1, unnamed).mapToObj(Integer::toString).toList();
        Set<String> used = new HashSet<>(columns.values());
        used.addAll(attributes.values());
        Charset charset = setting("encoding", "UTF-8", "an encoding, such as windows-1252", Charset::forName);
        return new FileLayout(NAME, delimiter.charAt(0), charset, names, used);
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
                            .formatted(source, key, new TreeSet<>(FIELDS))
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
