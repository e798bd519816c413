package dev.kombo.lab.data;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.StableHash;
import dev.kombo.query.CatalogTable;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who holds which products: a CSV with a header, by commas, semicolons or tabs, in one of two forms.
 *
 * <ul>
 *   <li>Wide: a row a customer, with the columns {@code customer} and one of 0 and 1 for each product.
 *   <li>Long: a row a holding, with the columns {@code customer}, {@code product} and, where it is known, {@code since}, a
 *       date such as 2024-03-31.
 * </ul>
 *
 * Either may have {@code born}, a year, and {@code segments}, between bars. Each holding is a PURCHASE without a price; in
 * the wide form each cell counts as a row of the account, numbered from left to right. What is unparsable or there twice
 * is rejected. Products are published first, each as an item and as a bundle of one, at no price.
 *
 * <p>Without dates, customers come one after the other in the order of the file, the products of each in a drawn one, a
 * second apart, the last at the time of the file; there are no orders then, and so no bundles are found in them. With dates
 * the holdings of one customer and day are an order. Holds the events of the file in memory: about half a kilobyte each.
 */
public final class HoldingsTable implements EventFormat {
    /** Name of the format and of the data set. */
    public static final String NAME = "holdings";

    private static final String CUSTOMER = "customer";
    private static final String PRODUCT = "product";
    private static final String SINCE = "since";
    private static final String BORN = "born";
    private static final String SEGMENTS = "segments";
    private static final long STEP_MILLIS = 1_000;

    @Override
    public EventRows open(Path file) throws IOException {
        Layout layout = new Layout(NAME, delimiter(file), StandardCharsets.UTF_8, List.of(), Set.of(CUSTOMER));
        try (RowReader reader = RowReader.open(file, layout)) {
            Reading reading = new Reading(
                    file.getFileName().toString(),
                    reader.columns(),
                    Files.getLastModifiedTime(file).toMillis());
            for (Row row = reader.next(); row != null; row = reader.next()) {
                reading.add(row);
            }
            return reading.rows(file);
        }
    }

    private static char delimiter(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return ',';
        }
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(RowReader.content(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            String header = reader.readLine();
            return header == null ? ',' : CatalogTable.delimiter(header);
        }
    }

    /** One pass over a file. */
    private static final class Reading {
        private final String name;
        private final List<String> products = new ArrayList<>();
        private final boolean wide;
        private final boolean dated;
        private final boolean born;
        private final boolean segmented;
        private final long end;
        private final Set<String> known = new LinkedHashSet<>();
        private final Map<String, Set<String>> held = new HashMap<>();
        private final List<EventRow> rows = new ArrayList<>();

        Reading(String name, List<String> columns, long end) {
            this.name = name;
            this.end = end;
            wide = !columns.contains(PRODUCT);
            dated = !wide && columns.contains(SINCE);
            born = columns.contains(BORN);
            segmented = columns.contains(SEGMENTS);
            if (wide) {
                products.addAll(columns);
                products.removeAll(List.of(CUSTOMER, BORN, SEGMENTS));
                known.addAll(products);
            }
        }

        void add(Row row) {
            int first = wide ? Math.multiplyExact(row.line() - 2, products.size()) + 2 : row.line();
            int line = first;
            try {
                String customer = row.key(CUSTOMER);
                Map<String, String> attributes = attributes(row);
                if (wide) {
                    List<EventRow> cells = new ArrayList<>();
                    for (String product : products) {
                        if (isHeld(row, product)) {
                            cells.add(holding(row, line, customer, product, attributes));
                        }
                        line++;
                    }
                    cells.sort(Comparator.comparingLong(cell -> StableHash.of(name + cell.line())));
                    rows.addAll(cells);
                } else {
                    rows.add(holding(row, line, customer, row.key(PRODUCT), attributes));
                }
            } catch (RejectedRowException e) {
                rows.add(new EventRow.Rejected(first, e.reason(), e.field(), e.getMessage(), row.text(), end));
            }
        }

        private static boolean isHeld(Row row, String product) {
            return switch (row.text(product)) {
                case "1", "true" -> true;
                case "", "0", "false" -> false;
                default -> throw RejectedRowException.unparsable(
                        product, "expected 0 or 1, found " + Row.shown(row.text(product)));
            };
        }

        private Map<String, String> attributes(Row row) {
            List<String> segments = new ArrayList<>();
            if (born && !row.text(BORN).isEmpty()) {
                segments.add("born=" + row.integer(BORN));
            }
            if (segmented && !row.text(SEGMENTS).isEmpty()) {
                segments.add(row.text(SEGMENTS).replace('|', ','));
            }
            return segments.isEmpty() ? Map.of() : Map.of(SEGMENTS, String.join(",", segments));
        }

        private EventRow holding(Row row, int line, String customer, String product, Map<String, String> attributes) {
            known.add(product);
            if (!held.computeIfAbsent(customer, none -> new HashSet<>()).add(product)) {
                return new EventRow.Rejected(
                        line, "duplicate-row", "row", customer + " holds " + product + " already", row.text(), end);
            }
            String since = dated ? row.text(SINCE) : "";
            BehaviorEvent event = new BehaviorEvent();
            event.setEventId(EventRow.id(name, line));
            event.setUserId(customer);
            event.setItemId(product);
            event.setType(EventType.PURCHASE);
            event.setOrderId(since.isEmpty() ? null : NAME + "-" + since);
            event.setQuantity(1);
            event.setAttributes(attributes);
            event.setEventTime(since.isEmpty() ? end : date(since));
            return new EventRow.Accepted(line, event, new ItemDescription(product, null));
        }

        private static long date(String text) {
            try {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            } catch (DateTimeException e) {
                throw RejectedRowException.unparsable(
                        SINCE, "expected a date such as 2024-03-31, found " + Row.shown(text));
            }
        }

        EventRows rows(Path file) {
            if (!dated) {
                for (int i = 0; i < rows.size(); i++) {
                    rows.set(i, rows.get(i).at(end - STEP_MILLIS * (rows.size() - 1 - i)));
                }
            }
            return new JoinedFiles(file, catalog()).add(rows).byTime();
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
            return dev.kombo.schema.Bundle.newBuilder()
                    .setBundleId(product)
                    .setTitle(product)
                    .setMembers(List.of(new BundleMember(product, 1)))
                    .setPriceMinor(0)
                    .setCurrency(Bundle.NO_CURRENCY)
                    .setOrigin(BundleOrigin.CURATED)
                    .setCreatedAt(end)
                    .build();
        }
    }
}
