package dev.kombo.lab.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.BundleDraft;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.DataException;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads a shop's own files with guessed columns: orders, one line per item bought, and optionally its items and its
 * bundles. Events are in order of time.
 */
public final class ShopFiles implements EventFileFormat {
    /** Name of the format. */
    public static final String NAME = "orders";

    /** Marks an order with several items; no id is blank. */
    private static final String MANY = "";

    private static final List<String> OF_ORDERS =
            List.of(("eventTime orderId userId sessionId itemId quantity unitPrice currency title category type "
                            + "orderStatus paymentStatus cancelledAt lineType")
                    .split(" ", -1));
    private static final List<String> OF_ITEMS =
            List.of("itemId", "title", "name", "category", "unitPrice", "currency", "cost", "stock", "image", "link");
    private static final List<String> OF_BUNDLES =
            List.of("bundleId", "itemId", "title", "name", "quantity", "unitPrice", "currency", "slots", "priceTiers");
    /** Columns that a bundle may have, as in a file of the catalogue. */
    private static final Set<String> RULES = Set.of("slots", "priceTiers");

    private static final long UNPRICED = -1;

    /**
     * What the files do not say.
     *
     * @param currency of prices without one, ISO 4217
     * @param zone of times without one
     * @param timeFormat pattern of times, or null: guessed
     * @param columns of the orders, by field, where the guess is wrong; empty if a field has none
     * @param itemsColumns likewise of the items
     */
    public record Given(
            String currency,
            String zone,
            String timeFormat,
            Map<String, String> columns,
            Map<String, String> itemsColumns) {
        /** The columns of items are guessed. */
        public Given(String currency, String zone, String timeFormat, Map<String, String> columns) {
            this(currency, zone, timeFormat, columns, Map.of());
        }
    }

    private final List<GuessedColumns> guesses;
    private final ColumnMapping orders;
    private final FileCatalog catalog;
    /** The item of an order, or the mark for several. */
    private final Map<String, String> itemsOfOrders = new HashMap<>();

    private final Map<String, Integer> rowsOfUsers = new HashMap<>();
    private final SortedMap<String, Long> revenue = new TreeMap<>();
    private int returnedInPart;

    private ShopFiles(ColumnGuess guess, List<GuessedColumns> guesses, FileCatalog catalog) {
        this.guesses = List.copyOf(guesses);
        this.orders = ColumnMapping.of("the guessed mapping", guess.mapping(), true);
        this.catalog = catalog;
    }

    /**
     * Guesses the columns of the files.
     *
     * @param items or null
     * @param bundles one line per member, or null
     * @throws DataException if a file is missing, or a required column is not found
     */
    public static ShopFiles guess(Path orders, Path items, Path bundles, Given given) throws IOException {
        ColumnGuess guess =
                ColumnGuess.of(orders, ColumnGuess.Kind.ORDERS, OF_ORDERS, given.columns(), given.currency());
        require(orders, guess, "eventTime");
        requireItems(orders, guess);
        boolean customers = ColumnMapping.OF_CUSTOMER.stream().anyMatch(guess::found);
        if (!customers && guess.export() == null) {
            require(orders, guess, "userId");
        }
        if (given.timeFormat() != null) {
            guess.mapping().put("time.format", given.timeFormat());
        }
        if (!guess.mapping().containsKey("time.format")) {
            throw new DataException(
                    "%s: no known way to write a time reads '%s' in column %s; name it by --time-format, such as --time-format 'dd/MM/yyyy HH:mm'"
                            .formatted(
                                    orders,
                                    guess.example("eventTime"),
                                    guess.mapping().get("eventTime")));
        }
        guess.mapping().put("time.zone", given.zone());
        guess.constant("type", "PURCHASE");
        List<GuessedColumns> guesses = new ArrayList<>(List.of(guess.columns(OF_ORDERS)));
        FileCatalog catalog = catalog(items, bundles, given, guesses);
        return new ShopFiles(guess, guesses, catalog);
    }

    private static void requireItems(Path file, ColumnGuess guess) {
        if (Stream.of("itemId", ProductCells.FIELD, ProductCells.NUMBERED + 1).anyMatch(guess::found)) {
            return;
        }
        if (guess.export() == null) {
            require(file, guess, "itemId");
        } else if (!guess.found("title")) {
            throw new DataException("%s is an export of %s without products. %s"
                    .formatted(file, guess.export().name(), guess.export().advice()));
        }
    }

    private static void require(Path file, ColumnGuess guess, String field) {
        if (!guess.found(field)) {
            throw new DataException("%s: no column for %s was recognised; name one of %s by --%s %s=NAME"
                    .formatted(
                            file,
                            field,
                            guess.header(),
                            guess.mapping().containsKey("eventTime") || field.equals("eventTime")
                                    ? "column"
                                    : "items-column",
                            field));
        }
    }

    /** The guessed columns of the files, those of the orders first. */
    public List<GuessedColumns> guesses() {
        return guesses;
    }

    @Override
    public EventRows open(Path file) throws IOException {
        itemsOfOrders.clear();
        rowsOfUsers.clear();
        revenue.clear();
        JoinedFiles joined = new JoinedFiles(file, catalog);
        if (orders.ofOrders()) {
            OrderRows read = OrderRows.read(file, orders);
            returnedInPart = read.returnedInPart();
            joined.add(read.rows());
        } else {
            joined.add(file, orders.layout(), new MappedCsv(orders));
        }
        return joined.byTime().map(this::noted);
    }

    private EventRow noted(EventRow row) {
        if (row instanceof EventRow.Accepted accepted) {
            note(accepted.event());
        }
        return row;
    }

    private void note(BehaviorEvent event) {
        if (event.getUserId() != null) {
            rowsOfUsers.merge(event.getUserId(), 1, Integer::sum);
        }
        if (event.getOrderId() != null && event.getItemId() != null) {
            itemsOfOrders.merge(
                    event.getOrderId(), event.getItemId(), (first, next) -> first.equals(next) ? first : MANY);
        }
        if (event.getUnitPriceMinor() != null) {
            long units = event.getType() == EventType.RETURN ? -event.getQuantity() : event.getQuantity();
            revenue.merge(event.getCurrency(), units * event.getUnitPriceMinor(), Long::sum);
        }
    }

    /** What was paid for the goods read, after discounts and refunds, by currency, in minor units. */
    public SortedMap<String, Long> revenueMinor() {
        return Collections.unmodifiableSortedMap(revenue);
    }

    /** Number of orders read of which a part was returned or refunded. */
    public int returnedInPartCount() {
        return returnedInPart;
    }

    /** Whether the file of items says what any of them costs the shop. */
    public boolean hasCosts() {
        return catalog.items().stream().anyMatch(item -> item.getCostMinor() != null);
    }

    /** Number of customers read. */
    public int customerCount() {
        return rowsOfUsers.size();
    }

    /** Number of orders read, including those with one item. */
    public int orderCount() {
        return itemsOfOrders.size();
    }

    /** Number of orders read with at least two different items, in which bundles can be found. */
    public int basketCount() {
        return Collections.frequency(itemsOfOrders.values(), MANY);
    }

    /** The user with most rows; null if no row has a user. */
    public String busiestUser() {
        return rowsOfUsers.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static FileCatalog catalog(Path items, Path bundles, Given given, List<GuessedColumns> guesses)
            throws IOException {
        long now = System.currentTimeMillis();
        Map<String, Item> known = new LinkedHashMap<>();
        SortedMap<String, Long> leftOut = new TreeMap<>();
        if (items != null) {
            MappedItems mapped = mapped(items, OF_ITEMS, given.itemsColumns(), given.currency(), guesses);
            boolean export = guesses.get(guesses.size() - 1).export() != null;
            Map<String, Map<String, String>> products = new HashMap<>();
            mapped.mapping().layout().read(items, leftOut, row -> {
                Item item = mapped.of(ofProduct(products, mapped.mapping().cells(row)), now);
                if (export && item.getPriceMinor() == null) {
                    throw new RejectedRowException("no-price", "unitPrice", "no variant that is sold");
                }
                known.put(item.getItemId(), item);
            });
        }
        Map<String, Bundle> made = new LinkedHashMap<>();
        Set<String> unusable = new HashSet<>();
        if (bundles != null) {
            // A bundle with slots alone has no member whose currency it could take.
            String currency = known.values().stream()
                    .map(Item::getCurrency)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(given.currency());
            MappedItems mapped = mapped(bundles, OF_BUNDLES, Map.of(), currency, guesses);
            mapped.mapping().layout().read(bundles, leftOut, row -> {
                String id = mapped.bundleId(row);
                Map<String, String> cells = mapped.mapping().cells(row);
                try {
                    Bundle before = made.computeIfAbsent(id, ShopFiles::bundle);
                    cells.putIfAbsent("currency", currency(before, known.get(cells.get("itemId")), currency));
                    setCurrency(before, cells.get("currency"));
                    Bundle bundle = ruled(before, cells);
                    made.put(id, bundle);
                    if (bundle.getSlots().isEmpty() || cells.containsKey("itemId")) {
                        addMember(bundle, mapped.of(cells, now), mapped.units(row), known);
                    } else {
                        // A slot needs no member besides.
                        cells.put("itemId", id);
                        state(bundle, mapped.of(cells, now));
                    }
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
                    leftOut.merge(bundles.getFileName() + ": no-price", 1L, Long::sum);
                }
            }
        }
        return new FileCatalog(List.copyOf(known.values()), List.copyOf(made.values()), leftOut);
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
            require(file, guess, "bundleId");
        }
        // A slot needs no member, and an export may name its products by their titles.
        if (!guess.found("slots") && (guess.export() == null || !guess.found("title"))) {
            require(file, guess, "itemId");
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
                        CatalogMapper.toDomain(bundle).members(), id -> CatalogMapper.toDomain(items.get(id)))
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
