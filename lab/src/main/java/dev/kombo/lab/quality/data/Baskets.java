package dev.kombo.lab.quality.data;

import dev.kombo.lab.data.EventFormat;
import dev.kombo.lab.data.EventRow;
import dev.kombo.lab.data.EventRows;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Baskets in order of time; those with the same time in the order of the file. Immutable.
 *
 * @param baskets the baskets
 * @param users ids of the users by number
 * @param items ids of the items by number
 * @param counts counts of the rows of the file as read, regardless of what was left out since
 */
public record Baskets(List<Basket> baskets, IdIndex users, IdIndex items, BasketCounts counts) {
    public Baskets {
        baskets = List.copyOf(baskets);
    }

    /** Collects the purchases of known users, as a replay of the file reads them. */
    static Baskets read(EventFormat format, Path file) throws IOException {
        Gathered gathered = new Gathered();
        try (EventRows source = format.open(file)) {
            for (EventRow row = source.next(); row != null; row = source.next()) {
                gathered.take(row);
            }
        }
        return gathered.baskets();
    }

    /** Returns the baskets with their lines shuffled by the seed. */
    public Baskets withShuffledLines(long seed) {
        return with(baskets.stream().map(basket -> basket.shuffled(seed)).toList());
    }

    private Baskets with(List<Basket> others) {
        return new Baskets(others, users, items, counts);
    }

    /** Baskets under construction. */
    private static final class Gathered {
        private final IdIndex users = new IdIndex();
        private final IdIndex items = new IdIndex();
        private final Map<Key, Map<Integer, BasketLine>> open = new LinkedHashMap<>();
        private final SortedMap<String, Long> leftOut = new TreeMap<>();
        private long rows;
        private long merged;

        private record Key(int user, String order) {}

        void take(EventRow row) {
            rows++;
            if (row instanceof EventRow.Rejected rejected) {
                leftOut.merge(rejected.reason(), 1L, Long::sum);
            } else if (row instanceof EventRow.Accepted accepted) {
                BehaviorEvent event = accepted.event();
                if (event.getType() != EventType.PURCHASE) {
                    leftOut.merge("returned", 1L, Long::sum);
                } else if (event.getUserId() == null) {
                    leftOut.merge("anonymous", 1L, Long::sum);
                } else {
                    buy(event);
                }
            }
        }

        private void buy(BehaviorEvent event) {
            int item = items.add(event.getItemId());
            Map<Integer, BasketLine> lines = open.computeIfAbsent(
                    new Key(users.add(event.getUserId()), event.getOrderId()), key -> new LinkedHashMap<>());
            int units = event.getQuantity();
            long paid = Math.multiplyExact(event.getUnitPriceMinor(), (long) units);
            BasketLine earlier = lines.get(item);
            merged += earlier == null ? 0 : 1;
            lines.put(
                    item,
                    earlier == null
                            ? new BasketLine(item, units, paid, lines.size(), event.getEventTime())
                            : earlier.plus(units, paid));
        }

        Baskets baskets() {
            List<Basket> baskets = new ArrayList<>(open.size());
            long lines = 0;
            for (Map.Entry<Key, Map<Integer, BasketLine>> basket : open.entrySet()) {
                List<BasketLine> bought = List.copyOf(basket.getValue().values());
                lines += bought.size();
                baskets.add(new Basket(
                        basket.getKey().order(),
                        basket.getKey().user(),
                        bought.get(0).time(),
                        bought));
            }
            baskets.sort(Comparator.comparingLong(Basket::time));
            return new Baskets(baskets, users, items, new BasketCounts(rows, lines, merged, leftOut));
        }
    }
}
