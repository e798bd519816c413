package dev.kombo.shop.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.price.BundleDraft;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.Item;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a shop's own files of items and of bundles with guessed columns. */
final class ShopCatalogFiles {
    private static final List<String> OF_ITEMS =
            List.of("itemId", "title", "name", "category", "unitPrice", "currency", "cost", "stock", "image", "link");
    private static final List<String> OF_BUNDLES =
            List.of("bundleId", "itemId", "title", "name", "quantity", "unitPrice", "currency", "slots", "priceTiers");
    /** Columns that a bundle may have, as in a file of the catalogue. */
    private static final Set<String> RULES = Set.of("slots", "priceTiers");

    private static final long UNPRICED = -1;

    private ShopCatalogFiles() {}

    /**
     * Reads the files.
     *
     * @param items or null
     * @param bundles one line per member, or null
     * @param guesses gets the columns of each file
     */
    static FileCatalog read(Path items, Path bundles, ShopFiles.Given given, List<GuessedColumns> guesses)
            throws IOException {
        SortedMap<String, Long> leftOut = new TreeMap<>();
        Map<String, Item> known = items == null ? Map.of() : items(items, given, guesses, leftOut);
        List<Bundle> made = bundles == null ? List.of() : bundles(bundles, known, given, guesses, leftOut);
        return new FileCatalog(List.copyOf(known.values()), made, leftOut);
    }

    private static Map<String, Item> items(
            Path file, ShopFiles.Given given, List<GuessedColumns> guesses, SortedMap<String, Long> leftOut)
            throws IOException {
        long now = System.currentTimeMillis();
        Map<String, Item> known = new LinkedHashMap<>();
        MappedItems mapped = mapped(file, OF_ITEMS, given.itemsColumns(), given.currency(), guesses);
        boolean export = guesses.get(guesses.size() - 1).export() != null;
        Map<String, Map<String, String>> products = new HashMap<>();
        mapped.mapping().layout().read(file, leftOut, row -> {
            Item item = mapped.of(ofProduct(products, mapped.mapping().cells(row)), now);
            if (export && item.getPriceMinor() == null) {
                throw new RejectedRowException("no-price", "unitPrice", "no variant that is sold");
            }
            known.put(item.getItemId(), item);
        });
        return known;
    }

    private static List<Bundle> bundles(
            Path file,
            Map<String, Item> known,
            ShopFiles.Given given,
            List<GuessedColumns> guesses,
            SortedMap<String, Long> leftOut)
            throws IOException {
        // A bundle with slots alone has no member whose currency it could take.
        String currency = known.values().stream()
                .map(Item::getCurrency)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(given.currency());
        MappedItems mapped = mapped(file, OF_BUNDLES, Map.of(), currency, guesses);
        Map<String, Bundle> made = new LinkedHashMap<>();
        Set<String> unusable = new HashSet<>();
        mapped.mapping().layout().read(file, leftOut, row -> {
            String id = row.key(mapped.mapping().column("bundleId"));
            try {
                made.put(id, withRow(made.computeIfAbsent(id, ShopCatalogFiles::bundle), mapped, row, known, currency));
            } catch (RejectedRowException e) {
                unusable.add(id);
                throw e;
            }
        });
        // Without one of its members it would be another bundle.
        made.keySet().removeAll(unusable);
        for (Bundle bundle : List.copyOf(made.values())) {
            if (!price(bundle, known)) {
                made.remove(bundle.getBundleId());
                leftOut.merge(file.getFileName() + ": no-price", 1L, Long::sum);
            }
        }
        return List.copyOf(made.values());
    }

    /** Returns a bundle with what a further row states of it. */
    private static Bundle withRow(
            Bundle before, MappedItems mapped, Row row, Map<String, Item> known, String currency) {
        long now = System.currentTimeMillis();
        Map<String, String> cells = mapped.mapping().cells(row);
        cells.putIfAbsent("currency", currency(before, known.get(cells.get("itemId")), currency));
        setCurrency(before, cells.get("currency"));
        Bundle bundle = ruled(before, cells);
        if (bundle.getSlots().isEmpty() || cells.containsKey("itemId")) {
            addMember(bundle, mapped.of(cells, now), mapped.units(row), known);
        } else {
            // A slot needs no member besides.
            cells.put("itemId", before.getBundleId());
            state(bundle, mapped.of(cells, now));
        }
        return bundle;
    }

    /** Returns the values of a variant with those that only the first row of its product states. */
    private static Map<String, String> ofProduct(Map<String, Map<String, String>> products, Map<String, String> cells) {
        Map<String, String> first = products.computeIfAbsent(cells.getOrDefault("group", ""), none -> cells);
        if (cells.containsKey("group")) {
            for (String field : List.of("title", "category", "image")) {
                if (first.containsKey(field)) {
                    cells.putIfAbsent(field, first.get(field));
                }
            }
        }
        return cells;
    }

    private static MappedItems mapped(
            Path file, List<String> fields, Map<String, String> columns, String currency, List<GuessedColumns> guesses)
            throws IOException {
        boolean ofItems = fields.equals(OF_ITEMS);
        ColumnGuess guess = ColumnGuess.of(
                file, ofItems ? ColumnGuess.Kind.ITEMS : ColumnGuess.Kind.BUNDLES, fields, columns, currency);
        if (!ofItems) {
            ShopFiles.require(file, guess, "bundleId");
        }
        // A slot needs no member, and an export may name its products by their titles.
        if (!guess.found("slots") && (guess.export() == null || !guess.found("title"))) {
            ShopFiles.require(file, guess, "itemId");
        }
        // In a file of orders this may be the customer's name.
        String name = guess.mapping().remove("name");
        if (name != null) {
            guess.mapping().putIfAbsent("title", name);
        }
        guesses.add(guess.columns(fields));
        return new MappedItems(ColumnMapping.of(file.toString(), guess.mapping(), false));
    }

    private static Bundle bundle(String id) {
        return FileCatalog.curated(id, System.currentTimeMillis())
                .setMembers(new ArrayList<>())
                .setPriceMinor(UNPRICED)
                .setListPriceMinor(0)
                .setCurrency("")
                .build();
    }

    /**
     * Adds a member to its bundle, whose price is that of the first row with one.
     *
     * @param row the item id of the member, and title and price of the bundle
     */
    private static void addMember(Bundle bundle, Item row, int units, Map<String, Item> items) {
        Item member = items.get(row.getItemId());
        if (member == null || member.getPriceMinor() == null) {
            throw new RejectedRowException(
                    "unknown-member", "itemId", row.getItemId() + " is not an item with a price");
        }
        setCurrency(bundle, member.getCurrency());
        state(bundle, row);
        bundle.getMembers().add(new BundleMember(member.getItemId(), units));
    }

    /** Returns the currency of a row that names none: that of the rows before it, else that of its member. */
    private static String currency(Bundle before, Item member, String otherwise) {
        if (!before.getCurrency().isEmpty()) {
            return before.getCurrency();
        }
        return member == null || member.getCurrency() == null ? otherwise : member.getCurrency();
    }

    private static void setCurrency(Bundle bundle, String currency) {
        if (!bundle.getCurrency().isEmpty() && !bundle.getCurrency().equals(currency)) {
            throw new RejectedRowException(
                    "currency-differs",
                    "currency",
                    "expected " + bundle.getCurrency() + " as before, found " + Row.shown(currency));
        }
        bundle.setCurrency(currency);
    }

    /** The bundle with the slots and tiers of prices that a row states, if any. */
    private static Bundle ruled(Bundle bundle, Map<String, String> cells) {
        Map<String, String> rules = new HashMap<>(cells);
        rules.keySet().retainAll(RULES);
        if (rules.isEmpty()) {
            return bundle;
        }
        ObjectNode document = AvroJson.write(bundle).setAll(CatalogTable.BUNDLES.document(rules, bundle.getCurrency()));
        AvroJson.Read<Bundle> read = AvroJson.read(document, Bundle.class);
        if (!read.faults().isEmpty()) {
            AvroJson.Fault fault = read.faults().get(0);
            throw RejectedRowException.unparsable(fault.field(), fault.detail());
        }
        return read.record();
    }

    private static void state(Bundle bundle, Item row) {
        bundle.setTitle(bundle.getTitle() == null || bundle.getTitle().isEmpty() ? row.getTitle() : bundle.getTitle());
        if (bundle.getPriceMinor() == UNPRICED && row.getPriceMinor() != null) {
            bundle.setPriceMinor(row.getPriceMinor());
        }
    }

    /**
     * A bundle without a price costs as much as its members; false where it has slots, and no rule prices it either.
     */
    private static boolean price(Bundle bundle, Map<String, Item> items) {
        long listPrice = BundleDraft.of(
                        CatalogMapper.BUNDLES.toDomain(bundle).members(),
                        id -> CatalogMapper.ITEMS.toDomain(items.get(id)))
                .listPriceMinor(bundle.getCurrency());
        bundle.setListPriceMinor(listPrice);
        boolean unpriced = bundle.getPriceMinor() == UNPRICED;
        if (unpriced) {
            bundle.setPriceMinor(listPrice);
        }
        return !unpriced
                || bundle.getSlots().isEmpty()
                || !bundle.getPriceTiers().isEmpty();
    }
}
