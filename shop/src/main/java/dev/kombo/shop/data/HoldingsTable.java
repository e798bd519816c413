package dev.kombo.shop.data;

import dev.kombo.catalog.Bundle;
import dev.kombo.math.StableHash;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.settings.Millis;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.DataException;
import dev.kombo.table.FileLayout;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads which customers hold which products from a CSV with a header in one of two forms. Encoding, delimiter, names of
 * columns and date format are guessed, in English or German.
 *
 * <ul>
 *   <li>Wide: one row per customer, with the column {@code customer} and a column of 0 and 1 (yes and no, x and
 *       nothing) per product.
 *   <li>Long: one row per holding, with the columns {@code customer}, {@code product} and optionally {@code since}, a
 *       date.
 * </ul>
 *
 * Either may have {@code born}, a year, and {@code segments}, separated by bars. Other columns are attributes of the
 * customer, under their names; in the wide form, those whose values are mostly not 0 and 1. Each holding is a PURCHASE
 * without a price; in the wide form each cell counts as a row of the account, numbered from left to right. Unparsable
 * and duplicate holdings are rejected. Products are published first, each as an item and as a bundle of one, without a
 * price.
 *
 * <p>Without dates, customers follow each other in the order of the file, with the products of each in random order, a
 * second apart and the last at the time of the file; there are no orders then, so no bundles are found. With dates the
 * holdings of one customer and day are an order. Keeps all events in memory: about half a kilobyte each.
 */
public final class HoldingsTable implements EventFileFormat {
    /** Name of the format and of the data set. */
    public static final String NAME = "holdings";

    private static final String CUSTOMER = "customer";
    private static final String PRODUCT = "product";
    private static final String SINCE = "since";
    private static final String BORN = "born";
    private static final String SEGMENTS = "segments";
    private static final String ATTRIBUTE = "attribute.";
    private static final List<String> FIELDS = List.of(CUSTOMER, PRODUCT, SINCE, BORN, SEGMENTS);
    private static final Set<String> YES = Set.of("1", "true", "x", "yes", "ja", "y", "j");
    private static final Set<String> NO = Set.of("", "0", "false", "no", "nein", "n", "-");
    private static final long STEP_MILLIS = 1_000;
    private static final long NO_DATE = Long.MIN_VALUE;

    private final Map<String, String> given;
    private String someCustomer;

    /** All columns are guessed. */
    public HoldingsTable() {
        this(Map.of());
    }

    /**
     * @param given columns of fields that are not to be guessed; empty if a field has none
     */
    public HoldingsTable(Map<String, String> given) {
        for (String field : given.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new DataException("holdings have no field " + field + "; known are " + FIELDS);
            }
        }
        this.given = Map.copyOf(given);
    }

    /** Returns the guessed columns of a file; without a product column, the remaining columns are products. */
    public GuessedColumns guess(Path file) throws IOException {
        ColumnGuess guess = ColumnGuess.of(file, ColumnGuess.Kind.HOLDINGS, FIELDS, given, null);
        if (!guess.found(CUSTOMER)) {
            throw new DataException(
                    "%s: no column for the customer was recognised among %s; name it by --column customer=NAME"
                            .formatted(file, guess.header()));
        }
        List<String> products = products(guess);
        List<String> fields = new ArrayList<>(FIELDS);
        guess.mapping().keySet().stream()
                .filter(key -> key.startsWith(ATTRIBUTE))
                .forEach(fields::add);
        GuessedColumns columns = guess.columns(fields);
        return new GuessedColumns(
                columns.file(), null, columns.columns(), products, columns.notes(), columns.mapping());
    }

    /**
     * Returns the names of the attributes in a file: segments, which hold the year of birth too, and further columns.
     */
    public static Set<String> attributes(GuessedColumns guess) {
        return guess.columns().stream()
                .map(GuessedColumns.Column::field)
                .filter(field -> field.startsWith(ATTRIBUTE) || field.equals(BORN) || field.equals(SEGMENTS))
                .map(field -> field.startsWith(ATTRIBUTE) ? field.substring(ATTRIBUTE.length()) : SEGMENTS)
                .filter(name -> name.matches("[^=,]+"))
                .distinct()
                .limit(CustomerLevels.MOST_NAMES)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the columns that are products, none in the long form, and takes the others without a field as attributes
     * of the customer.
     */
    private static List<String> products(ColumnGuess guess) {
        List<String> products = guess.found(PRODUCT)
                ? List.of()
                : guess.unused().stream()
                        .filter(column -> guess.sample().mostly(column, HoldingsTable::isYesOrNo))
                        .toList();
        guess.unused().stream().filter(column -> !products.contains(column)).forEach(guess::attribute);
        return products;
    }

    private static boolean isYesOrNo(String value) {
        String folded = value.toLowerCase(Locale.ROOT);
        return YES.contains(folded) || NO.contains(folded);
    }

    /** Returns a customer of the file read last, or null. */
    public String someCustomer() {
        return someCustomer;
    }

    @Override
    public EventRows open(Path file) throws IOException {
        ColumnGuess guess = ColumnGuess.of(file, ColumnGuess.Kind.HOLDINGS, FIELDS, given, null);
        List<String> products = products(guess);
        Map<String, String> columns = guess.mapping();
        FileLayout layout = new FileLayout(
                NAME,
                columns.get("delimiter").charAt(0),
                Charset.forName(columns.get("encoding")),
                List.of(),
                Set.of(columns.getOrDefault(CUSTOMER, CUSTOMER)));
        try (RowReader reader = RowReader.open(file, layout)) {
            Reading reading = new Reading(
                    file.getFileName().toString(),
                    columns,
                    products,
                    Files.getLastModifiedTime(file).toMillis());
            for (Row row = reader.next(); row != null; row = reader.next()) {
                reading.add(row);
                RowsInMemory.requireRoom(file, reading.rows.size(), RowsInMemory.BYTES_PER_ROW, reader.characters());
            }
            someCustomer = reading.held.keySet().stream()
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            return reading.rows();
        }
    }

    /** One pass over a file. */
    private static final class Reading {
        private final String name;
        private final List<String> products;
        private final Map<String, String> columns;
        private final boolean wide;
        private final TimeFormat dates;
        private final long end;
        private final Set<String> known = new LinkedHashSet<>();
        private final Map<String, Set<String>> held = new HashMap<>();
        private final List<EventRow> rows = new ArrayList<>();

        Reading(String name, Map<String, String> columns, List<String> products, long end) {
            this.name = name;
            this.columns = columns;
            this.products = products;
            this.end = end;
            wide = !columns.containsKey(PRODUCT);
            dates = !wide && columns.containsKey(SINCE)
                    ? TimeFormat.of(columns.getOrDefault("time.format", "yyyy-MM-dd"), ZoneOffset.UTC)
                    : null;
            known.addAll(products);
        }

        /** Returns the value of a field; empty if the file has no column for it. */
        private String text(Row row, String field) {
            return columns.containsKey(field) ? row.text(columns.get(field)) : "";
        }

        void add(Row row) {
            int first = wide ? Math.multiplyExact(row.line() - 2, products.size()) + 2 : row.line();
            int line = first;
            try {
                String customer = row.key(columns.get(CUSTOMER));
                Map<String, String> attributes = attributes(row);
                if (wide) {
                    List<EventRow> cells = new ArrayList<>();
                    // A cell that cannot be read rejects the whole row, before any of it counts as held.
                    List<String> owned = products.stream()
                            .filter(product -> isHeld(row, product))
                            .toList();
                    for (String product : products) {
                        if (owned.contains(product)) {
                            cells.add(holding(row, line, customer, product, attributes));
                        }
                        line++;
                    }
                    cells.sort(Comparator.comparingLong(cell -> StableHash.of(name + cell.line())));
                    rows.addAll(cells);
                } else {
                    rows.add(holding(row, line, customer, row.key(columns.get(PRODUCT)), attributes));
                }
            } catch (RejectedRowException e) {
                rows.add(new EventRow.Rejected(first, e.reason(), e.field(), e.getMessage(), row.text(), end));
            }
        }

        private static boolean isHeld(Row row, String product) {
            if (!isYesOrNo(row.text(product))) {
                throw RejectedRowException.unparsable(
                        product, "expected 0 or 1, found " + Row.shown(row.text(product)));
            }
            return YES.contains(row.text(product).toLowerCase(Locale.ROOT));
        }

        private Map<String, String> attributes(Row row) {
            List<String> segments = new ArrayList<>();
            if (!text(row, BORN).isEmpty()) {
                segments.add("born=" + row.integer(columns.get(BORN)));
            }
            if (!text(row, SEGMENTS).isEmpty()) {
                segments.add(text(row, SEGMENTS).replace('|', ','));
            }
            Map<String, String> attributes = new TreeMap<>();
            columns.forEach((key, column) -> {
                if (key.startsWith(ATTRIBUTE) && !row.text(column).isEmpty()) {
                    attributes.put(key.substring(ATTRIBUTE.length()), row.text(column));
                }
            });
            if (!segments.isEmpty()) {
                attributes.put(SEGMENTS, String.join(",", segments));
            }
            return attributes;
        }

        private EventRow holding(Row row, int line, String customer, String product, Map<String, String> attributes) {
            known.add(product);
            if (!held.computeIfAbsent(customer, none -> new HashSet<>()).add(product)) {
                return new EventRow.Rejected(
                        line, "duplicate-row", "row", customer + " holds " + product + " already", row.text(), end);
            }
            long since =
                    dates == null || text(row, SINCE).isEmpty() ? NO_DATE : dates.epochMillis(row, columns.get(SINCE));
            BehaviorEvent event = new BehaviorEvent();
            event.setEventId(EventRow.id(name, line));
            event.setUserId(customer);
            event.setItemId(product);
            event.setType(EventType.PURCHASE);
            event.setOrderId(
                    since == NO_DATE ? null : NAME + "-" + LocalDate.ofEpochDay(Math.floorDiv(since, Millis.DAY)));
            event.setQuantity(1);
            event.setAttributes(attributes);
            event.setEventTime(since == NO_DATE ? end : since);
            return new EventRow.Accepted(line, event, new TitleAndCategory(product, null));
        }

        EventRows rows() {
            RowsInMemory read = new RowsInMemory(rows, catalog());
            return dates == null ? read.spaced(end - STEP_MILLIS * (rows.size() - 1), STEP_MILLIS) : read.byTime();
        }

        private FileCatalog catalog() {
            return new FileCatalog(
                    known.stream()
                            .map(id -> Item.newBuilder()
                                    .setItemId(id)
                                    .setTitle(id)
                                    .setUpdatedAt(end)
                                    .build())
                            .toList(),
                    known.stream().map(this::single).toList(),
                    new TreeMap<>());
        }

        private dev.kombo.schema.Bundle single(String product) {
            return FileCatalog.curated(product, end)
                    .setTitle(product)
                    .setMembers(List.of(new BundleMember(product, 1)))
                    .setPriceMinor(0)
                    .setCurrency(Bundle.NO_CURRENCY)
                    .build();
        }
    }
}
