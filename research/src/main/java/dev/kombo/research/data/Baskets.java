package dev.kombo.research.data;

import dev.kombo.catalog.Bundle;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.EventRow;
import dev.kombo.shop.data.EventRows;
import dev.kombo.shop.data.OnlineRetail;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All orders of a data set in order of time; those with the same time in the order of the file. Immutable.
 *
 * @param baskets the baskets
 * @param users ids of the users by number
 * @param items ids of the items by number
 * @param tested keys of the baskets of the test file
 * @param counts counts of the rows of the file as read, regardless of what was left out since
 */
public record Baskets(List<Basket> baskets, IdIndex users, IdIndex items, Set<String> tested, Counts counts) {
    /**
     * Reads UCI Online Retail (Chen, Sain, Guo 2012) from the one {@code .csv} or {@code .csv.gz} in the folder:
     * invoices of known customers, cleaned as in a replay: products only, units and prices above 0, no cancellations,
     * no duplicate rows. Lines of one item in one invoice are merged.
     *
     * @param test file of the same kind, whose baskets are tested; null: none
     * @throws DataException if there is none or more than one, it is another kind of file, or no invoice is left
     * @throws IOException if it cannot be read
     */
    public static Baskets onlineRetail(Path folder, Path test) throws IOException {
        Path file = DataSetFolder.of(OnlineRetail.NAME, folder)
                .requireOne("a file *.csv", name -> name.endsWith(".csv") && !name.equals(PredictedPart.TEST_CSV));
        return new Gathered()
                .add(new OnlineRetail(), file)
                .addTest(new OnlineRetail(), test)
                .baskets(file, "purchase of a known customer");
    }

    /**
     * Reads any CSV of orders, plain or gzip, one row per item bought, with columns for the shopper, the order, the
     * time and the item, which are guessed from the header. Quantities and prices are not used. Without a column for
     * the order, what a shopper bought at the same time is one.
     *
     * @param columns columns that are not to be guessed, by field of the event
     * @param test file of the same kind, whose baskets are tested; null: none
     * @throws DataException if a column is not found, or no order is left
     * @throws IOException if the file cannot be read
     */
    public static Baskets orders(Path file, Map<String, String> columns, Path test) throws IOException {
        Map<String, String> used = new HashMap<>(columns);
        List.of("quantity", "unitPrice", "currency", "type", "sessionId", "title", "category")
                .forEach(field -> used.put(field, ""));
        ShopFiles.Given given = new ShopFiles.Given(Bundle.NO_CURRENCY, "UTC", null, used, Map.of());
        return new Gathered()
                .add(ShopFiles.guess(file, null, null, given), file)
                .addTest(test == null ? null : ShopFiles.guess(test, null, null, given), test)
                .baskets(file, "purchase of a known shopper");
    }

    /**
     * Returns the baskets before a time; null: all.
     *
     * @throws DataException if there is none
     */
    public Baskets before(Instant end) {
        if (end == null) {
            return this;
        }
        Baskets before = with(baskets.stream()
                .filter(basket -> basket.time() < end.toEpochMilli())
                .toList());
        if (before.baskets().isEmpty()) {
            throw new DataException("nothing is before " + end);
        }
        return before;
    }

    /** Returns the keys of the last basket of each user who has at least that many. */
    public Set<String> last(int least) {
        Map<Integer, String> last = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        baskets.forEach(basket -> {
            last.put(basket.user(), basket.key());
            counts.merge(basket.user(), 1, Integer::sum);
        });
        last.keySet().removeIf(user -> counts.get(user) < least);
        return Set.copyOf(last.values());
    }

    /** Returns the baskets with their lines shuffled by the seed. */
    public Baskets withShuffledLines(long seed) {
        return with(baskets.stream().map(basket -> basket.shuffled(seed)).toList());
    }

    private Baskets with(List<Basket> others) {
        return new Baskets(others, users, items, tested, counts);
    }

    /** Baskets under construction. */
    private static final class Gathered {
        private final IdIndex users = new IdIndex();
        private final IdIndex items = new IdIndex();
        private final Map<Key, Map<Integer, Basket.BasketLine>> open = new LinkedHashMap<>();
        private final SortedMap<String, Long> leftOut = new TreeMap<>();
        private final Set<String> tested = new HashSet<>();
        private long rows;
        private long merged;

        private record Key(int user, String order) {}

        /** Takes the purchases of known users, as a replay of the file reads them. */
        Gathered add(EventFileFormat format, Path file) throws IOException {
            try (EventRows source = format.open(file)) {
                for (EventRow row = source.next(); row != null; row = source.next()) {
                    take(row);
                }
            }
            return this;
        }

        /** Takes those of the test file, if there is one. */
        Gathered addTest(EventFileFormat format, Path file) throws IOException {
            if (file == null) {
                return this;
            }
            Set<Key> before = Set.copyOf(open.keySet());
            add(format, file);
            open.keySet().stream()
                    .filter(key -> !before.contains(key))
                    .forEach(key -> tested.add(key.user() + " " + key.order()));
            return this;
        }

        private void take(EventRow row) {
            rows++;
            if (row instanceof EventRow.Rejected rejected) {
                leftOut.merge(rejected.reason(), 1L, Long::sum);
            } else if (row instanceof EventRow.LeftOut left) {
                leftOut.merge(left.reason(), 1L, Long::sum);
            } else if (row instanceof EventRow.Accepted accepted) {
                BehaviorEvent event = accepted.event();
                if (event.getType() != EventType.PURCHASE) {
                    leftOut.merge("returned", 1L, Long::sum);
                } else if (event.getUserId() == null) {
                    leftOut.merge("anonymous", 1L, Long::sum);
                } else if (event.getItemId() == null) {
                    leftOut.merge("no-item", 1L, Long::sum);
                } else {
                    buy(event);
                }
            }
        }

        private void buy(BehaviorEvent event) {
            int item = items.add(event.getItemId());
            String order = Objects.requireNonNullElseGet(event.getOrderId(), () -> "at " + event.getEventTime());
            Map<Integer, Basket.BasketLine> lines =
                    open.computeIfAbsent(new Key(users.add(event.getUserId()), order), key -> new LinkedHashMap<>());
            int units = event.getQuantity();
            Long price = event.getUnitPriceMinor();
            long paid = price == null ? 0 : Math.multiplyExact(price, (long) units);
            Basket.BasketLine earlier = lines.get(item);
            merged += earlier == null ? 0 : 1;
            lines.put(
                    item,
                    earlier == null
                            ? new Basket.BasketLine(item, units, paid, lines.size(), event.getEventTime())
                            : earlier.plus(units, paid));
        }

        /**
         * Returns the baskets.
         *
         * @throws DataException if there is none
         */
        Baskets baskets(Path file, String missing) {
            List<Basket> baskets = new ArrayList<>(open.size());
            open.forEach((key, lines) -> {
                List<Basket.BasketLine> bought = List.copyOf(lines.values());
                baskets.add(new Basket(key.order(), key.user(), bought.get(0).time(), bought));
            });
            baskets.sort(Comparator.comparingLong(Basket::time));
            long lines =
                    baskets.stream().mapToLong(basket -> basket.lines().size()).sum();
            Counts counts = new Counts(rows, lines, merged, leftOut);
            if (baskets.isEmpty()) {
                throw new DataException(file + " holds no " + missing + ": " + counts);
            }
            return new Baskets(baskets, users, items, tested, counts);
        }
    }

    /**
     * Counts the rows of a file of baskets by result.
     *
     * @param rows data rows of the file
     * @param lines lines of baskets kept
     * @param merged rows merged into an earlier line of their basket with the same item
     * @param leftOut the other rows, by reason: {@code anonymous} and {@code no-item}, purchases without a user or an
     *     item; {@code returned}, rows that take something back; and those that a replay of the file rejects
     */
    public record Counts(long rows, long lines, long merged, SortedMap<String, Long> leftOut) {
        /** Checks the sum. */
        public Counts {
            long sum = lines
                    + merged
                    + leftOut.values().stream().mapToLong(Long::longValue).sum();
            if (sum != rows) {
                throw new IllegalArgumentException(rows + " rows, but " + sum + " are accounted for");
            }
        }
    }
}
