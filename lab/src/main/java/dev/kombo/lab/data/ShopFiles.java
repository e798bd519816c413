package dev.kombo.lab.data;

import dev.kombo.cli.CommandException;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A shop's own files as it has them, their columns guessed: orders, a line each of an item bought, and if it has them its
 * items and its bundles. Events come in order of time.
 */
public final class ShopFiles implements EventFormat, RowMapper {
    /** Stands for several items: no id is blank. */
    private static final String MANY = "";

    private static final List<String> OF_ORDERS = List.of(
            "eventTime",
            "orderId",
            "userId",
            "sessionId",
            "itemId",
            "quantity",
            "unitPrice",
            "currency",
            "title",
            "category",
            "type");
    private static final List<String> OF_ITEMS =
            List.of("itemId", "title", "name", "category", "unitPrice", "currency");
    private static final List<String> OF_BUNDLES =
            List.of("bundleId", "itemId", "title", "name", "quantity", "unitPrice", "currency");
    private static final long UNPRICED = -1;

    /**
     * What the files do not tell.
     *
     * @param currency of prices without one, ISO 4217
     * @param zone of times without one
     * @param timeFormat pattern of times, or null: guessed
     * @param columns of the orders, by field, where the guess is wrong; empty where a field has none
     */
    public record Given(String currency, String zone, String timeFormat, Map<String, String> columns) {}

    /**
     * What a column was taken for.
     *
     * @param example a value of it
     */
    public record Column(String field, String name, String example) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<String> unused;
    private final List<String> notes;
    private final String mapping;
    private final MappedCsv orders;
    private final FileCatalog catalog;
    /** The item of an order, or that it has several. */
    private final Map<String, String> itemsOfOrders = new HashMap<>();

    private final Map<String, Integer> rowsOfUsers = new HashMap<>();

    private ShopFiles(ColumnGuess guess, FileCatalog catalog) {
        for (String field : OF_ORDERS) {
            if (guess.mapping().containsKey(field)) {
                columns.add(new Column(field, guess.mapping().get(field), guess.example(field)));
            }
        }
        this.unused = guess.header().stream()
                .filter(column -> !guess.mapping().containsValue(column))
                .toList();
        this.notes = guess.notes();
        this.mapping = guess.text();
        this.orders = MappedCsv.of("the guessed mapping", guess.mapping());
        this.catalog = catalog;
    }

    /**
     * Looks at the files.
     *
     * @param items or null
     * @param bundles or null: a line each of a member
     * @throws CommandException when a file is missing, or a needed column is not found
     */
    public static ShopFiles guess(Path orders, Path items, Path bundles, Given given) throws IOException {
        ColumnGuess guess = ColumnGuess.of(orders, OF_ORDERS, given.columns());
        require(orders, guess, "eventTime", "itemId");
        if (!guess.found("userId") && !guess.found("sessionId")) {
            require(orders, guess, "userId");
        }
        if (given.timeFormat() != null) {
            guess.mapping().put("time.format", given.timeFormat());
        }
        if (!guess.mapping().containsKey("time.format")) {
            throw CommandException.mistake(
                    "%s: no known way to write a time reads '%s' in column %s; name it by --time-format"
                            .formatted(
                                    orders,
                                    guess.example("eventTime"),
                                    guess.mapping().get("eventTime")));
        }
        guess.mapping().put("time.zone", given.zone());
        guess.constant("currency", given.currency());
        guess.constant("type", "PURCHASE");
        return new ShopFiles(guess, catalog(items, bundles, given));
    }

    private static void require(Path file, ColumnGuess guess, String... fields) {
        for (String field : fields) {
            if (!guess.found(field)) {
                throw CommandException.mistake("%s: no column for %s was recognised; name one of %s by --column %s=NAME"
                        .formatted(file, field, guess.header(), field));
            }
        }
    }

    /** What each column of the orders was taken for. */
    public List<Column> columns() {
        return columns;
    }

    /** Columns of the orders that mean nothing to Kombo. */
    public List<String> unused() {
        return unused;
    }

    /** Where the guess may well be wrong. */
    public List<String> notes() {
        return notes;
    }

    /** The guess as a column mapping, for {@code replay --mapping}. */
    public String mapping() {
        return mapping;
    }

    @Override
    public EventRows open(Path file) throws IOException {
        return new JoinedFiles(file, catalog).add(file, orders.layout(), this).byTime();
    }

    @Override
    public long eventTime(Row row) {
        return orders.eventTime(row);
    }

    @Override
    public ItemDescription fill(BehaviorEvent event, Row row) {
        ItemDescription item = orders.fill(event, row);
        if (event.getUserId() != null) {
            rowsOfUsers.merge(event.getUserId(), 1, Integer::sum);
        }
        if (event.getOrderId() != null && event.getItemId() != null) {
            itemsOfOrders.merge(
                    event.getOrderId(), event.getItemId(), (first, next) -> first.equals(next) ? first : MANY);
        }
        return item;
    }

    /** Orders read, those with one item only included. */
    public int orderCount() {
        return itemsOfOrders.size();
    }

    /** Orders read that have at least two different items: what bundles are found in. */
    public int basketCount() {
        return Collections.frequency(itemsOfOrders.values(), MANY);
    }

    /** The user with most rows; null where no row has a user. */
    public String busiestUser() {
        return rowsOfUsers.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static FileCatalog catalog(Path items, Path bundles, Given given) throws IOException {
        long now = System.currentTimeMillis();
        Map<String, Item> known = new LinkedHashMap<>();
        SortedMap<String, Long> leftOut = new TreeMap<>();
        if (items != null) {
            MappedCsv mapped = mapped(items, OF_ITEMS, given, "itemId");
            mapped.layout().read(items, leftOut, row -> {
                Item item = mapped.item(row, now);
                known.put(item.getItemId(), item);
            });
        }
        Map<String, Bundle> made = new LinkedHashMap<>();
        Set<String> unusable = new HashSet<>();
        if (bundles != null) {
            MappedCsv mapped = mapped(bundles, OF_BUNDLES, given, "bundleId", "itemId");
            mapped.layout().read(bundles, leftOut, row -> {
                String id = mapped.bundleId(row);
                try {
                    Bundle bundle = made.computeIfAbsent(id, ShopFiles::bundle);
                    addMember(bundle, mapped.item(row, now), mapped.units(row), known);
                } catch (RejectedRowException e) {
                    unusable.add(id);
                    throw e;
                }
            });
            // Without one of its members it is another bundle.
            made.keySet().removeAll(unusable);
            made.values().stream()
                    .filter(bundle -> bundle.getPriceMinor() == UNPRICED)
                    .forEach(bundle -> bundle.setPriceMinor(bundle.getListPriceMinor()));
        }
        return new FileCatalog(List.copyOf(known.values()), List.copyOf(made.values()), leftOut);
    }

    private static MappedCsv mapped(Path file, List<String> fields, Given given, String... needed) throws IOException {
        ColumnGuess guess = ColumnGuess.of(file, fields, Map.of());
        require(file, guess, needed);
        // In a file of orders that may be the customer's.
        String name = guess.mapping().remove("name");
        if (name != null) {
            guess.mapping().putIfAbsent("title", name);
        }
        guess.constant("currency", given.currency());
        return MappedCsv.ofCatalog(file.toString(), guess.mapping());
    }

    private static Bundle bundle(String id) {
        return Bundle.newBuilder()
                .setBundleId(id)
                .setMembers(new ArrayList<>())
                .setPriceMinor(UNPRICED)
                .setListPriceMinor(0)
                .setCurrency("")
                .setOrigin(BundleOrigin.CURATED)
                .setCreatedAt(System.currentTimeMillis())
                .build();
    }

    /**
     * Adds a member to its bundle, which costs what the first row with a price says.
     *
     * @param row the item id of the member, and title, price and currency of the bundle
     */
    private static void addMember(Bundle bundle, Item row, int units, Map<String, Item> items) {
        Item member = items.get(row.getItemId());
        if (member == null || member.getPriceMinor() == null) {
            throw new RejectedRowException("unknown-member", "itemId", row.getItemId() + " is no item with a price");
        }
        if (!bundle.getMembers().isEmpty() && !bundle.getCurrency().equals(member.getCurrency())) {
            throw new RejectedRowException("currency-differs", "currency", "members in several currencies");
        }
        bundle.setCurrency(member.getCurrency());
        bundle.setTitle(bundle.getTitle() == null || bundle.getTitle().isEmpty() ? row.getTitle() : bundle.getTitle());
        bundle.getMembers().add(new BundleMember(member.getItemId(), units));
        bundle.setListPriceMinor(bundle.getListPriceMinor() + units * member.getPriceMinor());
        if (bundle.getPriceMinor() == UNPRICED && row.getPriceMinor() != null) {
            bundle.setPriceMinor(row.getPriceMinor());
        }
    }
}
