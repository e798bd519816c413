package dev.kombo.shop.data;

import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.shop.data.ColumnGuess.Kind;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a shop's own files of items and of bundles. Their columns are guessed and named as those of
 * {@link CatalogTable}, which reads the cells, as in an import into the catalogue.
 */
final class ShopCatalogFiles {
    private static final String PRICE = "price";

    /** Fields that other words are known for as well. A column of the catalogue that is not here has its own name. */
    private static final List<String> OF_ITEMS =
            List.of("itemId", "title", "name", "category", PRICE, "currency", "cost", "stock", "image", "link");

    private static final List<String> OF_BUNDLES =
            List.of("bundleId", "itemId", "title", "name", "quantity", PRICE, "currency", "slots", "priceTiers");

    private final ShopFiles.Given given;
    private final List<GuessedColumns> guesses;
    private final SortedMap<String, Long> leftOut = new TreeMap<>();

    private ShopCatalogFiles(ShopFiles.Given given, List<GuessedColumns> guesses) {
        this.given = given;
        this.guesses = guesses;
    }

    /**
     * Reads the files.
     *
     * @param items or null
     * @param bundles or null
     * @param guesses gets the columns of each file
     */
    static FileCatalog read(Path items, Path bundles, ShopFiles.Given given, List<GuessedColumns> guesses)
            throws IOException {
        ShopCatalogFiles files = new ShopCatalogFiles(given, guesses);
        Map<String, Item> known = items == null ? Map.of() : files.items(items);
        List<Bundle> made = bundles == null ? List.of() : files.bundles(bundles, known);
        return new FileCatalog(List.copyOf(known.values()), made, files.leftOut);
    }

    private Map<String, Item> items(Path file) throws IOException {
        Map<String, String> stated = new LinkedHashMap<>(given.itemsColumns());
        // Events have a unitPrice, and --items-column takes that name, too.
        String price = stated.remove("unitPrice");
        if (price != null) {
            stated.putIfAbsent(PRICE, price);
        }
        ColumnMapping columns = columns(file, Kind.ITEMS, OF_ITEMS, stated, given.currency());
        boolean export = guesses.get(guesses.size() - 1).export() != null;
        ItemRows rows = new ItemRows(columns);
        Map<String, Item> known = new LinkedHashMap<>();
        columns.layout().read(file, leftOut, row -> {
            Item item = rows.item(row);
            if (export && item.getPriceMinor() == null) {
                throw new RejectedRowException("no-price", PRICE, "no variant that is sold");
            }
            known.put(item.getItemId(), item);
        });
        return known;
    }

    private List<Bundle> bundles(Path file, Map<String, Item> known) throws IOException {
        // A bundle with slots alone has no member whose currency it could take.
        String currency = known.values().stream()
                .map(Item::getCurrency)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(given.currency());
        ColumnMapping columns = columns(file, Kind.BUNDLES, OF_BUNDLES, Map.of(), currency);
        BundleRows rows = new BundleRows(columns, known, currency);
        columns.layout().read(file, leftOut, rows::add);
        List<Bundle> unpriced = new ArrayList<>();
        List<Bundle> made = rows.bundles(unpriced);
        if (!unpriced.isEmpty()) {
            leftOut.merge(file.getFileName() + ": no-price", (long) unpriced.size(), Long::sum);
        }
        return made;
    }

    private ColumnMapping columns(
            Path file, Kind kind, List<String> fields, Map<String, String> stated, String currency) throws IOException {
        ColumnGuess guess = ColumnGuess.of(file, kind, fields, stated, currency);
        if (kind == Kind.BUNDLES) {
            ShopFiles.require(file, guess, "bundleId");
        }
        // A slot needs no member, and an export may name its products by their titles.
        if (Stream.of("slots", "members").noneMatch(guess::found)
                && (guess.export() == null || !guess.found("title"))) {
            ShopFiles.require(file, guess, "itemId");
        }
        // In a file of orders this may be the customer's name.
        String name = guess.mapping().remove("name");
        if (name != null) {
            guess.mapping().putIfAbsent("title", name);
        }
        ColumnMapping columns = ColumnMapping.of(file.toString(), guess.mapping(), false);
        kind.table().columns().stream()
                .filter(column -> guess.found(column) && !fields.contains(column) && !stated.containsKey(column))
                .forEach(column -> guess.sample()
                        .whole(column)
                        .map(text -> problem(kind.table(), column, text, columns))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .ifPresent(problem -> guess.drop(column, problem)));
        guesses.add(guess.columns(fields));
        return ColumnMapping.of(file.toString(), guess.mapping(), false);
    }

    /**
     * Returns why a text cannot be in a column of the catalogue, or null; a shop may mean something else by its name.
     */
    private static String problem(CatalogTable<?> table, String column, String text, ColumnMapping columns) {
        try {
            table.document(Map.of(column, text), columns.constant("currency"), columns.numbers());
            return null;
        } catch (RejectedRowException e) {
            return e.getMessage();
        }
    }
}
