package dev.kombo.shop.data;

import dev.kombo.profile.EventRules;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** A service rejects what breaks them, so it does not count. */
    private static final EventRules RULES = EventRules.of(SettingValues.defaults());

    /** Marks an order with several items; no id is blank. */
    private static final String MANY = "";

    /** Fields whose columns are guessed in a file of orders, in the order in which they are shown. */
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
            "type",
            "orderStatus",
            "paymentStatus",
            "cancelledAt",
            "lineType");

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
            Map<String, String> itemsColumns) {}

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
     * @param bundles one line per bundle or per member, or null
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
        FileCatalog catalog = ShopCatalogFiles.read(items, bundles, given, guesses);
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

    static void require(Path file, ColumnGuess guess, String field) {
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
        List<EventRow> rows;
        if (orders.ofOrders()) {
            OrderRows read = OrderRows.read(file, orders);
            returnedInPart = read.returnedInPart();
            rows = read.rows();
        } else {
            rows = RowsInMemory.read(file, orders.layout(), new MappedCsv(orders));
        }
        return new RowsInMemory(rows, catalog).byTime().shownTo(this::count);
    }

    private void count(EventRow row) {
        if (row instanceof EventRow.Accepted accepted
                && RULES.check(EventMapper.toDomain(accepted.event()), System.currentTimeMillis()) == null) {
            count(accepted.event());
        }
    }

    private void count(BehaviorEvent event) {
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
}
