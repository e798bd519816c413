package dev.kombo.lab.data;

import dev.kombo.catalog.StableHash;
import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.table.Amounts;
import dev.kombo.table.RejectedRowException;
import dev.kombo.table.Row;
import dev.kombo.table.RowReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
    /** Fields of a whole order that only mappings of orders have. */
    private static final List<String> ONLY_OF_ORDER = List.of(
            "email",
            "phone",
            "orderStatus",
            "paymentStatus",
            "cancelledAt",
            "goodsTotal",
            "goodsBefore",
            "orderDiscount",
            "orderRefund");

    /** Fields of a whole order, which stand in at least one of its rows. */
    private static final List<String> OF_ORDER = Stream.concat(
                    Stream.of("eventTime", "currency", "userId"), ONLY_OF_ORDER.stream())
            .toList();

    /** Fields of mappings that only lines of orders have. */
    static final Set<String> FIELDS = Stream.concat(
                    ONLY_OF_ORDER.stream(),
                    Stream.of(
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
                            "productId",
                            "items"))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> IN_GOODS_TOTAL = Set.of("gift-card", "tip");
    private static final String RETURNED = "returned";
    private static final String COUPON = "coupon";
    private static final String REFUND = "refund";

    /** "2× Mug, 1× Pot", or with bars between. */
    private static final Pattern ITEM = item("×");
    /** Where there is no ×, the letter, which stands in sizes, too. */
    private static final Pattern PLAIN_ITEM = item("x");

    private final String name;
    private final MappedCsv columns;
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final List<EventRow> rows = new ArrayList<>();
    private Order last;
    private int returnedInPart;

    private OrderRows(String name, MappedCsv columns) {
        this.name = name;
        this.columns = columns;
    }

    private static Pattern item(String times) {
        return Pattern.compile("(\\d{1,6})\\s*T\\s*(.+?)\\s*(?=[|,;]\\s*\\d+\\s*T|$)".replace("T", times));
    }

    /** One order. */
    private static final class Order {
        private final String id;
        private final Map<String, String> values = new HashMap<>();
        private final List<Line> lines = new ArrayList<>();
        private final Set<Long> texts = new HashSet<>();
        private final Set<Long> earlier = new HashSet<>();
        private long time;
        private String currency;
        private int digits;

        Order(String id) {
            this.id = id;
        }
    }

    /** One line of an order. */
    private static final class Line {
        private final int number;
        private final Map<String, String> cells;
        private String reason;
        private String item;
        private int kept;
        private BigDecimal listPrice;
        private BigDecimal discountOfParts = BigDecimal.ZERO;
        private BigDecimal gross = BigDecimal.ZERO;
        private BigDecimal net = BigDecimal.ZERO;
        private long paid;

        Line(int number, Map<String, String> cells) {
            this.number = number;
            this.cells = cells;
        }

        boolean isPart() {
            return !cells.getOrDefault("parentLine", "0").matches("0|null");
        }

        /** Whether a product was ordered, be it returned or not. */
        boolean isGoods() {
            return reason == null || reason.equals(RETURNED);
        }
    }

    /** Reads a file. */
    static OrderRows read(Path file, MappedCsv columns) throws IOException {
        OrderRows reading = new OrderRows(file.getFileName().toString(), columns);
        try (RowReader reader = RowReader.open(file, columns.layout())) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
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
        String id = cells.get("orderId");
        // Without numbers each row is an order of its own; a row without one belongs to the order above it.
        String key = id != null ? id : columns.has("orderId") ? "" : "\n" + row.line();
        Order order = key.isEmpty() && last != null ? last : orders.computeIfAbsent(key, none -> new Order(id));
        if (order != last) {
            order.earlier.addAll(order.texts);
            last = order;
        }
        long text = StableHash.of(row.text());
        order.texts.add(text);
        if (order.earlier.contains(text)) {
            reject(row.line(), cells, 0, new RejectedRowException("duplicate-row", "row", "equals an earlier row"));
            return;
        }
        if (columns.has("items") && cells.getOrDefault("goodsTotal", "").startsWith("-")) {
            order.lines.add(new Line(row.line(), refund(cells)));
            return;
        }
        OF_ORDER.forEach(field -> {
            if (cells.containsKey(field)) {
                order.values.putIfAbsent(field, cells.get(field));
            }
        });
        String items = cells.get("items");
        if (items == null || cells.containsKey("title") || cells.containsKey("itemId")) {
            order.lines.add(new Line(row.line(), cells));
            return;
        }
        List<Line> products = (items.contains("×") ? ITEM : PLAIN_ITEM)
                .matcher(items)
                .results()
                .map(item ->
                        new Line(row.line(), new HashMap<>(Map.of("quantity", item.group(1), "title", item.group(2)))))
                .toList();
        order.lines.addAll(products.isEmpty() ? List.of(new Line(row.line(), cells)) : products);
    }

    /** A refund is a row of its own where rows are orders; of its order it states only what went back. */
    private static Map<String, String> refund(Map<String, String> cells) {
        Map<String, String> refund = new HashMap<>(Map.of("lineType", REFUND, "title", REFUND));
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

    private void finish(Order order) {
        try {
            String ofLine = order.lines.get(0).cells.getOrDefault("eventTime", "");
            order.time = columns.epochMillis(order.values.getOrDefault("eventTime", ofLine));
            order.currency = order.values.getOrDefault("currency", columns.constant("currency"));
            order.digits = columns.digits(order.currency);
            takeDiscountOfParts(order);
        } catch (RejectedRowException e) {
            order.lines.forEach(line -> reject(line.number, line.cells, order.time, e));
            return;
        }
        takeRepeatedDiscount(order);
        String reason = reason(order);
        List<Line> readable = new ArrayList<>();
        for (Line line : order.lines) {
            try {
                line.reason = reason;
                if (reason == null) {
                    measure(line);
                }
                readable.add(line);
            } catch (RejectedRowException e) {
                reject(line.number, line.cells, order.time, e);
            }
        }
        int before = rows.size();
        try {
            if (reason == null) {
                pay(order, readable);
            }
            emit(order, readable);
        } catch (RejectedRowException e) {
            rows.subList(before, rows.size()).clear();
            readable.forEach(line -> reject(line.number, line.cells, order.time, e));
        }
    }

    /** A negative discount that all lines of an order repeat is the order's, as in the columns of Magento's orders. */
    private static void takeRepeatedDiscount(Order order) {
        Set<String> discounts = order.lines.stream()
                .map(line -> line.cells.getOrDefault("lineDiscount", ""))
                .collect(Collectors.toSet());
        String only = discounts.iterator().next();
        if (order.lines.size() > 1 && discounts.size() == 1 && only.startsWith("-")) {
            order.values.putIfAbsent("orderDiscount", only);
            order.lines.forEach(line -> line.cells.remove("lineDiscount"));
        }
    }

    /** What a bundle costs less may stand in the rows of its parts, which follow it. */
    private void takeDiscountOfParts(Order order) {
        Line whole = null;
        for (Line line : order.lines) {
            BigDecimal discount =
                    amount(line.cells, "lineDiscount", BigDecimal.ZERO).abs();
            if (!line.isPart()) {
                whole = discount.signum() == 0 ? line : null;
            } else if (whole != null) {
                whole.discountOfParts = whole.discountOfParts.add(discount);
            }
        }
    }

    private String reason(Order order) {
        if (order.values.containsKey("cancelledAt")) {
            return "cancelled";
        }
        return Stream.of("paymentStatus", "orderStatus")
                .map(order.values::get)
                .filter(Objects::nonNull)
                .map(columns::leftOut)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Reads the units and amounts of a line, and why it is left out. */
    private void measure(Line line) {
        Map<String, String> cells = line.cells;
        String title = cells.getOrDefault("title", "");
        line.item = Stream.of("itemId", "title", "variantId", "productId")
                .map(cells::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(id -> id.substring(0, Math.min(id.length(), CheckedFile.LONGEST_ID)))
                .orElse(null);
        if (line.item == null) {
            line.reason = "no-item";
            return;
        }
        BigDecimal units = amount(cells, "quantity", amount(cells, "keptQuantity", BigDecimal.ONE));
        BigDecimal gone = amount(cells, "returnedQuantity", BigDecimal.ZERO)
                .abs()
                .add(amount(cells, "cancelledQuantity", BigDecimal.ZERO).abs());
        BigDecimal kept = cells.containsKey("keptQuantity")
                ? amount(cells, "keptQuantity", units)
                : units.signum() < 0 ? units : units.subtract(gone).max(BigDecimal.ZERO);
        // Half a kilogram is one purchase.
        line.kept =
                Amounts.integer("quantity", kept.setScale(0, RoundingMode.UP).toPlainString());
        line.listPrice = amount(cells, "unitPrice", amount(cells, "paidPrice", null));
        line.gross = gross(cells, line.listPrice, units).subtract(line.discountOfParts);
        line.net = net(cells, line.gross, kept, units);
        if (line.isPart()) {
            line.reason = "part-of-another-line";
        } else {
            // Port wine has a number, postage has none.
            boolean wine = title.equalsIgnoreCase("porto") && cells.containsKey("itemId");
            line.reason = OrderStatus.noProduct(cells.getOrDefault("lineType", ""), wine ? "" : title);
        }
        if (line.reason == null && line.gross.signum() < 0 && line.kept > 0) {
            line.reason = COUPON;
        }
        boolean free = line.listPrice != null && line.listPrice.signum() == 0 && line.gross.signum() == 0;
        if (line.reason == null && free) {
            line.reason = "no-price";
        } else if (line.reason == null && line.kept == 0) {
            line.reason = RETURNED;
        }
    }

    /** Returns what a line costs before a discount of the order. */
    private BigDecimal gross(Map<String, String> cells, BigDecimal listPrice, BigDecimal units) {
        BigDecimal total = amount(cells, "lineTotal", null);
        if (total != null) {
            return total;
        }
        BigDecimal price = amount(cells, "paidPrice", listPrice);
        BigDecimal before = price == null ? BigDecimal.ZERO : price.multiply(units);
        return amount(cells, "lineBefore", before)
                .subtract(amount(cells, "lineDiscount", BigDecimal.ZERO).abs());
    }

    /** Returns what is left of a line's cost after its own refund, by amount or else by units. */
    private BigDecimal net(Map<String, String> cells, BigDecimal gross, BigDecimal kept, BigDecimal units) {
        BigDecimal refund = amount(cells, "lineRefund", BigDecimal.ZERO).abs();
        boolean discounted = amount(cells, "lineDiscount", BigDecimal.ZERO).signum() != 0;
        boolean known = cells.containsKey("lineRefundDiscount") || !discounted;
        if (refund.signum() != 0 && known) {
            BigDecimal net = gross.subtract(refund)
                    .add(amount(cells, "lineRefundDiscount", BigDecimal.ZERO).abs());
            return net.max(BigDecimal.ZERO);
        }
        return units.signum() == 0 ? BigDecimal.ZERO : gross.multiply(kept).divide(units, MathContext.DECIMAL64);
    }

    private BigDecimal amount(Map<String, String> cells, String field, BigDecimal preset) {
        String text = cells.get(field);
        return text == null ? preset : columns.number(field, text);
    }

    /** Splits what was paid for an order's goods over their lines. */
    private void pay(Order order, List<Line> readable) {
        List<Line> goods = readable.stream().filter(Line::isGoods).toList();
        List<Line> kept = goods.stream().filter(line -> line.reason == null).toList();
        if (goods.stream().anyMatch(line -> line.kept < 0)) {
            // An exchange: the total is of what came and what went.
            kept.forEach(line -> line.paid = Amounts.shifted("unitPrice", line.net.abs(), order.digits));
            return;
        }
        BigDecimal gross = sum(goods, line -> line.gross);
        BigDecimal net = sum(kept, line -> line.net);
        BigDecimal paid = readable.size() == order.lines.size() ? paid(order, readable, gross) : gross;
        BigDecimal refund = amount(order.values, "orderRefund", BigDecimal.ZERO)
                .abs()
                .subtract(sum(leftOut(readable, REFUND::equals), line -> line.gross));
        BigDecimal left = paid;
        if (refund.signum() > 0) {
            left = paid.subtract(refund).max(BigDecimal.ZERO);
        } else if (gross.signum() > 0) {
            left = paid.multiply(net).divide(gross, MathContext.DECIMAL64);
        }
        long minor = Amounts.shifted("goodsTotal", left, order.digits);
        boolean less = refund.signum() > 0 || gross.compareTo(net) != 0 || kept.size() < goods.size();
        returnedInPart += less && minor > 0 ? 1 : 0;
        if (minor == 0 && refund.signum() > 0) {
            kept.forEach(line -> line.reason = "refunded");
        } else {
            split(minor, kept);
        }
    }

    /** Returns what was paid for an order's products, before refunds. */
    private BigDecimal paid(Order order, List<Line> readable, BigDecimal gross) {
        BigDecimal discount =
                amount(order.values, "orderDiscount", BigDecimal.ZERO).abs();
        BigDecimal before = amount(order.values, "goodsBefore", null);
        BigDecimal total = amount(order.values, "goodsTotal", null);
        // Where only the units kept are known, so is only what they cost; the order's total has what went back too.
        boolean keptOnly = columns.has("keptQuantity") && !columns.has("quantity") && !columns.has("orderRefund");
        if (total == null && before != null && !keptOnly) {
            total = before.subtract(discount);
        } else if (total == null && before != null && before.signum() > 0) {
            discount = discount.multiply(gross).divide(before, MathContext.DECIMAL64);
        }
        if (total == null) {
            boolean afterDiscount = readable.stream()
                    .anyMatch(line -> line.cells.containsKey("lineTotal") || line.cells.containsKey("paidPrice"));
            BigDecimal coupons = sum(leftOut(readable, COUPON::equals), line -> line.gross);
            return gross.add(coupons.min(BigDecimal.ZERO))
                    .subtract(afterDiscount ? BigDecimal.ZERO : discount)
                    .max(BigDecimal.ZERO);
        }
        // Some totals are of products alone, others of all lines.
        boolean ofProducts = total.compareTo(gross.subtract(discount)) == 0;
        BigDecimal others = sum(leftOut(readable, IN_GOODS_TOTAL::contains), line -> line.gross);
        return total.subtract(ofProducts ? BigDecimal.ZERO : others).max(BigDecimal.ZERO);
    }

    private static List<Line> leftOut(List<Line> lines, Predicate<String> reason) {
        return lines.stream()
                .filter(line -> line.reason != null && reason.test(line.reason))
                .toList();
    }

    /** Gives each line its share, rounded down, and a unit more to those that lost most by that. */
    private static void split(long minor, List<Line> lines) {
        boolean priced = sum(lines, line -> line.net).signum() > 0;
        Function<Line, BigDecimal> weight = line -> priced ? line.net : BigDecimal.valueOf(line.kept);
        BigDecimal all = sum(lines, weight);
        Map<Line, BigDecimal> lost = new HashMap<>();
        long rest = minor;
        for (Line line : lines) {
            BigDecimal share =
                    weight.apply(line).multiply(BigDecimal.valueOf(minor)).divide(all, MathContext.DECIMAL64);
            line.paid = share.longValue();
            lost.put(line, share.subtract(BigDecimal.valueOf(line.paid)));
            rest -= line.paid;
        }
        lines.stream()
                .sorted(Comparator.comparing(lost::get, Comparator.reverseOrder()))
                .limit(rest)
                .forEach(line -> line.paid++);
    }

    private static BigDecimal sum(List<Line> lines, Function<Line, BigDecimal> amount) {
        return lines.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** A row that holds several products is left out only if all of them are. */
    private void emit(Order order, List<Line> lines) {
        Map<Integer, List<Line>> byRow =
                lines.stream().collect(Collectors.groupingBy(line -> line.number, TreeMap::new, Collectors.toList()));
        byRow.forEach((number, products) -> {
            List<Line> bought =
                    products.stream().filter(line -> line.reason == null).toList();
            if (bought.isEmpty()) {
                rows.add(new EventRow.LeftOut(number, products.get(0).reason, order.time));
            }
            for (int i = 1; i <= bought.size(); i++) {
                emit(order, bought.get(i - 1), i == bought.size() ? "" : "/" + i);
            }
        });
    }

    /** Two events where a unit's price is no whole number of the currency's smallest unit. */
    private void emit(Order order, Line line, String suffix) {
        int units = Math.abs(line.kept);
        int dearer = (int) (line.paid % units);
        if (dearer > 0) {
            emit(order, line, suffix + "/1", units - dearer, line.paid / units);
        }
        emit(order, line, suffix, dearer > 0 ? dearer : units, line.paid / units + (dearer > 0 ? 1 : 0));
    }

    private void emit(Order order, Line line, String suffix, int units, long price) {
        Map<String, String> cells = line.cells;
        BehaviorEvent event = new BehaviorEvent();
        event.setEventId(EventRow.id(name, line.number) + suffix);
        event.setEventTime(order.time);
        event.setType(line.kept < 0 ? EventType.RETURN : EventType.PURCHASE);
        event.setItemId(line.item);
        event.setQuantity(units);
        boolean priced = line.listPrice != null || line.gross.signum() != 0 || price != 0;
        event.setUnitPriceMinor(priced ? price : null);
        event.setCurrency(priced ? order.currency : null);
        event.setOrderId(order.id);
        event.setUserId(customer(order.values));
        event.setSessionId(cells.getOrDefault("sessionId", event.getUserId() == null ? order.id : null));
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
        TitleAndCategory item =
                new TitleAndCategory(cells.getOrDefault("title", ""), cells.get("category"), listPrice(order, line));
        rows.add(new EventRow.Accepted(line.number, event, item));
    }

    /** Returns the price of a unit before discounts; 0 if only the whole order's is known. */
    private static Long listPrice(Order order, Line line) {
        if (line.listPrice != null) {
            return Amounts.shifted("unitPrice", line.listPrice, order.digits);
        }
        return line.gross.signum() == 0 && order.lines.size() > 1 ? 0L : null;
    }

    /** The e-mail before the account: a guest may have got an account later. */
    private static String customer(Map<String, String> values) {
        String email = values.getOrDefault("email", "").toLowerCase(Locale.ROOT);
        String account = values.getOrDefault("userId", "0");
        if (!email.isEmpty()) {
            return FileSample.isEmail(email) ? email : CustomerKeys.NO_ADDRESS + email;
        }
        if (!account.equals("0")) {
            return account;
        }
        String phone = values.getOrDefault("phone", "").replaceAll("[^+\\d]", "");
        return phone.isEmpty() ? null : CustomerKeys.PHONE + phone;
    }
}
