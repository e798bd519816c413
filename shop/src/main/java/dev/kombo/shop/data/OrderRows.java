package dev.kombo.shop.data;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads an export of orders, one row per line of an order. What only one row of an order states, such as its status,
 * holds for all of them. The price of an event is what was paid: the order's goods after discounts and refunds, split
 * over its lines to the smallest unit of the currency.
 *
 * <p>Left out, by reason: lines of orders that {@link OrderStatus} does not count, or that were refunded whole
 * ({@code refunded}); lines whose units all went back ({@code returned}); lines that are no product ({@code gift-card},
 * {@code shipping}, {@code tip} …, {@code no-item}), are given away ({@code no-price}), or are the variant of the line
 * before ({@code part-of-another-line}). Rejected are rows that cannot be read, and rows of an order that occurs again,
 * as where two exports overlap ({@code duplicate-row}).
 */
final class OrderRows {
    /** Fields of mappings that only lines of orders have. */
    static final Set<String> FIELDS = Stream.concat(
                    ExportedOrder.ONLY_OF_ORDER.stream(),
                    Stream.of(
                            "items",
                            "lineTotal",
                            "paidPrice",
                            "lineBefore",
                            "lineDiscount",
                            "lineRefund",
                            "lineRefundDiscount",
                            "returnedQuantity",
                            "cancelledQuantity",
                            "keptQuantity",
                            "lineType",
                            "parentLine",
                            "variantId",
                            "productId"))
            .collect(Collectors.toUnmodifiableSet());

    /** What a row takes in memory, measured on exports; with fewer bytes left, reading stops before memory ends. */
    private static final long BYTES_OF_ROW = 2_000;

    private final String name;
    private final ColumnMapping columns;
    private final Map<String, ExportedOrder> orders = new LinkedHashMap<>();
    private final List<EventRow> rows = new ArrayList<>();
    private ExportedOrder last;
    private int returnedInPart;

    private OrderRows(String name, ColumnMapping columns) {
        this.name = name;
        this.columns = columns;
    }

    /** Reads a file; one with more rows than memory holds is refused. */
    static OrderRows read(Path file, ColumnMapping columns) throws IOException {
        OrderRows reading = new OrderRows(file.getFileName().toString(), columns);
        int read = 0;
        try (RowReader reader = RowReader.open(file, columns.layout())) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                RowsInMemory.requireRoom(file, ++read, BYTES_OF_ROW, reader.characters());
                reading.add(row);
            }
        }
        reading.orders.values().forEach(reading::finish);
        return reading;
    }

    /** The rows of the file, those of an order together; a row of several units may be two events. */
    List<EventRow> rows() {
        return rows;
    }

    /** Number of orders of which a part was returned or refunded. */
    int returnedInPart() {
        return returnedInPart;
    }

    private void add(Row row) {
        Map<String, String> cells;
        try {
            cells = columns.cells(row);
        } catch (RejectedRowException e) {
            reject(row.line(), Map.of(), 0, e);
            return;
        }
        cells.computeIfPresent("orderRefund", (field, refunds) -> ProductCells.amount(refunds));
        String id = cells.get("orderId");
        // A row without a number belongs to the order above it, unless it says that it is another's.
        boolean belongs = id == null && columns.has("orderId") && last != null && last.agrees(cells);
        ExportedOrder order = belongs
                ? last
                : orders.computeIfAbsent(id == null ? "\n" + row.line() : id, none -> new ExportedOrder(columns, id));
        if (order != last) {
            order.resume();
            last = order;
        }
        if (order.repeats(row.text())) {
            reject(row.line(), cells, 0, new RejectedRowException("duplicate-row", "row", "equals an earlier row"));
            return;
        }
        if (columns.has(ProductCells.FIELD)
                && cells.getOrDefault("goodsTotal", "").startsWith("-")) {
            order.lines().add(new OrderLine(columns, row.line(), refund(cells)));
            return;
        }
        order.state(cells);
        ProductCells.of(cells).forEach(product -> order.lines().add(new OrderLine(columns, row.line(), product)));
    }

    /** A refund is a row of its own where rows are orders; of its order it states only what went back. */
    private static Map<String, String> refund(Map<String, String> cells) {
        Map<String, String> refund =
                new HashMap<>(Map.of("lineType", ExportedOrder.REFUND, "title", ExportedOrder.REFUND));
        refund.put("lineTotal", cells.get("goodsTotal"));
        refund.put("eventTime", cells.getOrDefault("eventTime", ""));
        return refund;
    }

    /** The payload names no person: only what a line and its amounts are. */
    private void reject(int line, Map<String, String> cells, long time, RejectedRowException e) {
        Map<String, String> shown = new HashMap<>(cells);
        Stream.of("email", "phone", "userId").forEach(shown::remove);
        rows.add(new EventRow.Rejected(line, e.reason(), e.field(), e.getMessage(), shown.toString(), time));
    }

    private void finish(ExportedOrder order) {
        int before = rows.size();
        List<OrderLine> readable = order.lines();
        try {
            order.read();
            readable = order.measured((line, e) -> reject(line.number(), line.cells(), order.time(), e));
            before = rows.size();
            order.pay(readable);
            returnedInPart += order.returnedInPart() ? 1 : 0;
            emit(order, readable);
        } catch (RejectedRowException e) {
            rows.subList(before, rows.size()).clear();
            readable.forEach(line -> reject(line.number(), line.cells(), order.time(), e));
        }
    }

    /** A row that holds several products is left out only if all of them are. */
    private void emit(ExportedOrder order, List<OrderLine> lines) {
        Map<Integer, List<OrderLine>> byRow =
                lines.stream().collect(Collectors.groupingBy(OrderLine::number, TreeMap::new, Collectors.toList()));
        byRow.forEach((number, products) -> {
            List<OrderLine> bought =
                    products.stream().filter(line -> line.reason() == null).toList();
            if (bought.isEmpty()) {
                rows.add(new EventRow.LeftOut(number, products.get(0).reason(), order.time()));
            }
            for (int i = 1; i <= bought.size(); i++) {
                emit(order, bought.get(i - 1), i == bought.size() ? "" : "/" + i);
            }
        });
    }

    /** Two events where a unit's price is no whole number of the currency's smallest unit. */
    private void emit(ExportedOrder order, OrderLine line, String suffix) {
        int units = Math.abs(line.kept());
        int dearer = (int) (line.paid() % units);
        if (dearer > 0) {
            emit(order, line, suffix + "/1", units - dearer, line.paid() / units);
        }
        emit(order, line, suffix, dearer > 0 ? dearer : units, line.paid() / units + (dearer > 0 ? 1 : 0));
    }

    private void emit(ExportedOrder order, OrderLine line, String suffix, int units, long price) {
        Map<String, String> cells = line.cells();
        BehaviorEvent event = new BehaviorEvent();
        event.setEventId(EventRow.id(name, line.number()) + suffix);
        event.setEventTime(order.time());
        event.setType(line.kept() < 0 ? EventType.RETURN : EventType.PURCHASE);
        event.setItemId(line.item());
        event.setQuantity(units);
        event.setUnitPriceMinor(line.isPriced() ? price : null);
        event.setCurrency(line.isPriced() ? order.currency() : null);
        event.setOrderId(order.id());
        event.setUserId(order.customer());
        event.setSessionId(cells.getOrDefault("sessionId", event.getUserId() == null ? order.id() : null));
        if (event.getUserId() == null && event.getSessionId() == null) {
            throw new RejectedRowException("missing-user", "userId", "expected a customer, found none");
        }
        Map<String, String> attributes = new HashMap<>();
        cells.forEach((field, value) -> {
            if (field.equals("variantId") || field.startsWith("attribute.")) {
                attributes.put(field.substring(field.indexOf('.') + 1), value);
            }
        });
        event.setAttributes(attributes);
        Long list = line.listPrice(order.digits());
        if (list == null && line.gross().signum() == 0 && order.lines().size() > 1) {
            // Only the whole order's price is known.
            list = 0L;
        }
        TitleAndCategory item = new TitleAndCategory(cells.getOrDefault("title", ""), cells.get("category"), list);
        rows.add(new EventRow.Accepted(line.number(), event, item));
    }
}
