package dev.kombo.lab.quality.data;

import dev.kombo.lab.replay.ItemDescription;
import dev.kombo.lab.replay.ReplayFormat;
import dev.kombo.lab.replay.ReplayRow;
import dev.kombo.lab.replay.ReplayRows;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** Gathers the purchases of known users, as the replay of a file gives them, into baskets. For one file. */
final class BasketReader {
    private final IdIndex users = new IdIndex();
    private final IdIndex items = new IdIndex();
    private final Map<Key, OpenBasket> open = new LinkedHashMap<>();
    private final SortedMap<String, Long> rejected = new TreeMap<>();
    private long rows;
    private long lines;
    private long merged;
    private long anonymous;
    private long returned;

    private BasketReader() {}

    /**
     * Reads a file.
     *
     * @param described hears of each purchase's description and item number
     */
    static Baskets read(ReplayFormat format, Path file, ObjIntConsumer<ItemDescription> described) throws IOException {
        BasketReader reader = new BasketReader();
        try (ReplayRows source = format.open(file)) {
            for (ReplayRow row = source.next(); row != null; row = source.next()) {
                reader.rows++;
                if (row instanceof ReplayRow.Rejected refused) {
                    reader.rejected.merge(refused.reason(), 1L, Long::sum);
                } else if (row instanceof ReplayRow.Accepted accepted) {
                    reader.take(accepted, described);
                }
            }
        }
        return reader.close();
    }

    private void take(ReplayRow.Accepted row, ObjIntConsumer<ItemDescription> described) {
        BehaviorEvent event = row.event();
        if (event.getType() != EventType.PURCHASE) {
            returned++;
            return;
        }
        if (event.getUserId() == null) {
            anonymous++;
            return;
        }
        int item = items.add(event.getItemId());
        described.accept(row.item(), item);
        OpenBasket basket = open.computeIfAbsent(
                new Key(event.getUserId(), event.getOrderId()),
                key -> new OpenBasket(key.order(), users.add(key.user()), event.getEventTime()));
        if (basket.add(item, event)) {
            lines++;
        } else {
            merged++;
        }
    }

    private Baskets close() {
        List<Basket> baskets = new ArrayList<>(open.size());
        open.values().forEach(basket -> baskets.add(basket.close()));
        baskets.sort(Comparator.comparingLong(Basket::time));
        return new Baskets(baskets, users, items, new BasketCounts(rows, lines, merged, anonymous, returned, rejected));
    }

    private record Key(String user, String order) {}

    private static final class OpenBasket {
        private final String id;
        private final int user;
        private final long time;
        private final Map<Integer, OpenLine> lines = new LinkedHashMap<>();

        OpenBasket(String id, int user, long time) {
            this.id = id;
            this.user = user;
            this.time = time;
        }

        /** Adds a purchase; false where the item was there. */
        boolean add(int item, BehaviorEvent event) {
            OpenLine line = lines.get(item);
            boolean isNew = line == null;
            if (isNew) {
                line = new OpenLine(lines.size(), event.getEventTime());
                lines.put(item, line);
            }
            line.quantity = Math.addExact(line.quantity, event.getQuantity());
            line.paidMinor += Math.multiplyExact(event.getUnitPriceMinor(), (long) event.getQuantity());
            return isNew;
        }

        Basket close() {
            List<BasketLine> closed = new ArrayList<>(lines.size());
            lines.forEach((item, line) -> closed.add(line.close(item)));
            return new Basket(id, user, time, closed);
        }
    }

    private static final class OpenLine {
        private final int place;
        private final long time;
        private int quantity;
        private long paidMinor;

        OpenLine(int place, long time) {
            this.place = place;
            this.time = time;
        }

        BasketLine close(int item) {
            long unitPrice = BigDecimal.valueOf(paidMinor)
                    .divide(BigDecimal.valueOf(quantity), 0, RoundingMode.HALF_UP)
                    .longValueExact();
            return new BasketLine(item, quantity, unitPrice, place, time);
        }
    }
}
