package dev.kombo.shop.data;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Describes the file that a shop system exports its orders or products to, so that Kombo recognises such a file and
 * finds its columns by itself. Each is a properties file in the folder {@code exports}: {@code field = Column | another
 * name of it}, best first, and
 *
 * <ul>
 *   <li>{@code name}: of the export, for people
 *   <li>{@code signature}: columns by which it is recognised; case, gaps and punctuation do not matter
 *   <li>{@code items.}: columns with a product each, without their numbers
 *   <li>{@code advice}: what to export instead if the file has no products
 *   <li>{@code status.VALUE}: reason for which orders with this status are left out, beside {@link OrderStatus}
 * </ul>
 */
final class ExportTable {
    private static final List<String> PLATFORMS =
            List.of("shopify", "woocommerce", "magento", "shopware", "prestashop");
    /** Fewest columns of its signature that a file must have. */
    private static final int FEWEST_COLUMNS = 3;

    private static final Set<String> NO_FIELDS = Set.of("name", "signature", "advice");
    private static final String STATUS = "status.";

    private final Properties entries;

    private ExportTable(String resource) {
        entries = load(resource);
    }

    /** Reads a table of the folder. */
    static Properties load(String resource) {
        Properties table = new Properties();
        try (Reader reader = new InputStreamReader(
                ExportTable.class.getResourceAsStream("exports/" + resource + ".properties"), StandardCharsets.UTF_8)) {
            table.load(reader);
        } catch (IOException e) {
            throw new IllegalStateException(resource, e);
        }
        return table;
    }

    /** Returns the export that a header is of; null if it is of none. */
    static ExportTable recognised(Collection<String> header, ColumnGuess.Kind kind) {
        if (kind != ColumnGuess.Kind.ORDERS && kind != ColumnGuess.Kind.ITEMS) {
            return null;
        }
        Set<String> columns = header.stream().map(ColumnGuess::normalized).collect(Collectors.toSet());
        return PLATFORMS.stream()
                .map(platform -> new ExportTable(platform + '-' + kind.name().toLowerCase(Locale.ROOT)))
                .filter(table -> table.matches(columns) >= FEWEST_COLUMNS)
                .max(Comparator.comparingLong(table -> table.matches(columns)))
                .orElse(null);
    }

    private long matches(Set<String> columns) {
        Set<String> signature = new HashSet<>(names("signature"));
        signature.retainAll(columns);
        return signature.size();
    }

    private List<String> names(String key) {
        return Arrays.stream(entries.getProperty(key, "").split(" \\| ", -1))
                .map(ColumnGuess::normalized)
                .toList();
    }

    String name() {
        return entries.getProperty("name");
    }

    /** What to export if the file has no products; empty if there is nothing better. */
    String advice() {
        return entries.getProperty("advice", "");
    }

    /** The mapping of a file with these columns: a column has one field, and a field the best of its columns. */
    Map<String, String> mapping(Collection<String> header) {
        Map<String, String> byName = new LinkedHashMap<>();
        header.forEach(column -> byName.putIfAbsent(ColumnGuess.normalized(column), column));
        Map<String, String> mapping = new TreeMap<>();
        for (String key : entries.stringPropertyNames()) {
            if (key.startsWith(STATUS)) {
                mapping.put(key, entries.getProperty(key));
            } else if (key.equals(ProductCells.NUMBERED)) {
                byName.forEach((column, original) -> {
                    if (names(key).contains(column.replaceAll("\\d+$", ""))) {
                        mapping.put(key + column.replaceAll("\\D", ""), original);
                    }
                });
            } else if (!NO_FIELDS.contains(key)) {
                names(key).stream()
                        .filter(byName::containsKey)
                        .findFirst()
                        .ifPresent(name -> mapping.put(key, byName.get(name)));
            }
        }
        return mapping;
    }
}
