package dev.kombo.shop.data;

import dev.kombo.math.StableHash;
import dev.kombo.table.Amounts;
import dev.kombo.table.RejectedRowException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An order in a shop system's export: splits what was paid for its goods, after discounts and refunds, over its lines.
 */
final class ExportedOrder {
    /** Kind of a line that is a refund of the order. */
    static final String REFUND = "refund";
    /** Fields of a whole order that only mappings of orders have. */
    static final List<String> ONLY_OF_ORDER = List.of(
            "email",
            "phone",
            "orderStatus",
            "paymentStatus",
            "cancelledAt",
            "goodsTotal",
            "goodsBefore",
            "orderDiscount",
            "orderRefund",
            "orderTotal",
            "orderShipping",
            "freeShipping");

    /** Fields of a whole order, which stand in at least one of its rows. */
    private static final List<String> OF_ORDER = Stream.concat(
                    Stream.of("eventTime", "currency", "userId"), ONLY_OF_ORDER.stream())
            .toList();

    private final ColumnMapping columns;
    private final String id;
    private final Map<String, String> values = new HashMap<>();
    private final List<OrderLine> lines = new ArrayList<>();
    private final Set<Long> rows = new HashSet<>();
    private final Set<Long> earlier = new HashSet<>();
    private long time;
    private String currency;
    private int digits;
    private boolean returnedInPart;

    ExportedOrder(ColumnMapping columns, String id) {
        this.columns = columns;
        this.id = id;
    }

    /** Its number; null if the file does not say it. */
    String id() {
        return id;
    }

    /** Epoch milliseconds; 0 if not known. */
    long time() {
        return time;
    }

    String currency() {
        return currency;
    }

    /** Decimals of its amounts. */
    int digits() {
        return digits;
    }

    List<OrderLine> lines() {
        return lines;
    }

    /** Whether a part of it was returned or refunded. */
    boolean returnedInPart() {
        return returnedInPart;
    }

    /** Takes note that rows of it follow those of another order. */
    void resume() {
        earlier.addAll(rows);
    }

    /** Takes note of a row, and returns whether it occurred before, apart from those next to it. */
    boolean repeats(String row) {
        long hash = StableHash.of(row);
        rows.add(hash);
        return earlier.contains(hash);
    }

    /** Whether nothing that a row says about its whole order differs from what is known of this one. */
    boolean agrees(Map<String, String> cells) {
        return OF_ORDER.stream()
                .noneMatch(field -> cells.containsKey(field)
                        && values.containsKey(field)
                        && !cells.get(field).equalsIgnoreCase(values.get(field)));
    }

    /** Takes what a row says about the whole order. */
    void state(Map<String, String> cells) {
        for (String field : OF_ORDER) {
            if (cells.containsKey(field)) {
                values.putIfAbsent(field, cells.get(field));
            }
        }
    }

    /** Reads what is stated of the whole order. */
    void read() {
        String ofLine = lines.get(0).cells().getOrDefault("eventTime", "");
        time = columns.times().epochMillis("eventTime", values.getOrDefault("eventTime", ofLine));
        currency = values.getOrDefault("currency", columns.constant("currency"));
        digits = columns.numbers().digits(currency);
        takeDiscountOfParts();
        takeRepeatedDiscount();
    }

    /**
     * Reads the amounts of the lines.
     *
     * @param reject takes lines that cannot be read
     * @return the others
     */
    List<OrderLine> measured(BiConsumer<OrderLine, RejectedRowException> reject) {
        String reason = reason();
        List<OrderLine> readable = new ArrayList<>();
        for (OrderLine line : lines) {
            try {
                line.leaveOut(reason);
                if (reason == null) {
                    line.measure();
                }
                readable.add(line);
            } catch (RejectedRowException e) {
                reject.accept(line, e);
            }
        }
        return readable;
    }

    /**
     * The customer; null if nothing says who it was. The e-mail comes before the account, which a guest may get later.
     */
    String customer() {
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

    /** A negative discount that all lines of an order repeat is the order's, as in the columns of Magento's orders. */
    private void takeRepeatedDiscount() {
        Set<String> discounts = lines.stream()
                .map(line -> line.cells().getOrDefault("lineDiscount", ""))
                .collect(Collectors.toSet());
        String only = discounts.iterator().next();
        if (lines.size() > 1 && discounts.size() == 1 && only.startsWith("-")) {
            values.putIfAbsent("orderDiscount", only);
            lines.forEach(line -> line.cells().remove("lineDiscount"));
        }
    }

    /** What a bundle costs less may stand in the rows of its parts, which follow it. */
    private void takeDiscountOfParts() {
        OrderLine whole = null;
        for (OrderLine line : lines) {
            BigDecimal discount = line.amount("lineDiscount", BigDecimal.ZERO).abs();
            if (!line.isPart()) {
                whole = discount.signum() == 0 ? line : null;
            } else if (whole != null) {
                whole.discount(discount);
            }
        }
    }

    private String reason() {
        if (values.containsKey("cancelledAt")) {
            return "cancelled";
        }
        return Stream.of("paymentStatus", "orderStatus")
                .map(values::get)
                .filter(Objects::nonNull)
                .map(columns::leftOut)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Splits what was paid for its goods over their lines. */
    void pay(List<OrderLine> readable) {
        List<OrderLine> goods = readable.stream().filter(OrderLine::isGoods).toList();
        List<OrderLine> kept =
                goods.stream().filter(line -> line.reason() == null).toList();
        if (kept.isEmpty()) {
            return;
        }
        if (goods.stream().anyMatch(line -> line.kept() < 0)) {
            // An exchange: the total is of what came and what went.
            kept.forEach(
                    line -> line.pay(Amounts.shifted("unitPrice", line.net().abs(), digits)));
            return;
        }
        BigDecimal gross = sum(goods, OrderLine::gross);
        BigDecimal net = sum(kept, OrderLine::net);
        BigDecimal share = share(readable, gross);
        BigDecimal paid = paid(readable, gross, share);
        BigDecimal refund =
                refundOfGoods().multiply(share).subtract(sum(leftOut(readable, REFUND::equals), OrderLine::gross));
        BigDecimal left = paid;
        if (refund.signum() > 0) {
            left = paid.subtract(refund).max(BigDecimal.ZERO);
        } else if (gross.signum() > 0) {
            left = paid.multiply(net).divide(gross, MathContext.DECIMAL64);
        }
        long minor = Amounts.shifted("goodsTotal", left, digits);
        boolean less = refund.signum() > 0 || gross.compareTo(net) != 0 || kept.size() < goods.size();
        returnedInPart = less && minor > 0;
        if (minor == 0 && refund.signum() > 0) {
            kept.forEach(line -> line.leaveOut("refunded"));
        } else {
            split(minor, kept);
        }
    }

    /** Returns the readable lines' share in what the order states, by what they cost, or else by their number. */
    private BigDecimal share(List<OrderLine> readable, BigDecimal gross) {
        BigDecimal total = goodsTotal();
        BigDecimal before = total == null ? BigDecimal.ZERO : total.add(discount());
        if (readable.size() == lines.size()) {
            return BigDecimal.ONE;
        }
        return before.signum() > 0
                ? gross.divide(before, MathContext.DECIMAL64).min(BigDecimal.ONE)
                : BigDecimal.valueOf(readable.size()).divide(BigDecimal.valueOf(lines.size()), MathContext.DECIMAL64);
    }

    /** A refund is of goods, their tax and shipping: it counts for the goods as if shipping was not refunded. */
    private BigDecimal refundOfGoods() {
        BigDecimal refund = amount("orderRefund", BigDecimal.ZERO).abs();
        BigDecimal goods = goodsTotal();
        if (refund.signum() == 0 || goods == null || goods.signum() <= 0) {
            return refund;
        }
        BigDecimal taxed = amount("orderTotal", goods).subtract(amount("orderShipping", BigDecimal.ZERO));
        return refund.multiply(goods).divide(taxed.max(goods), MathContext.DECIMAL64);
    }

    /**
     * Returns what the order states was paid for its goods, before refunds; null if it does not. If it states nothing
     * of them, this is what it costs, unless that has what went back.
     */
    private BigDecimal goodsTotal() {
        BigDecimal before = amount("goodsBefore", null);
        // Where only the units kept are known, so is only what they cost; the order's total has what went back too.
        boolean keptOnly = columns.has("keptQuantity") && !columns.has("quantity") && !columns.has("orderRefund");
        BigDecimal total = amount("goodsTotal", before == null || keptOnly ? null : before.subtract(discount()));
        BigDecimal all = amount("orderTotal", null);
        return total != null || all == null || keptOnly || lines.stream().anyMatch(OrderLine::isPriced)
                ? total
                : all.subtract(amount("orderShipping", BigDecimal.ZERO));
    }

    private BigDecimal discount() {
        BigDecimal discount = amount("orderDiscount", BigDecimal.ZERO).abs();
        return discount.compareTo(amount("freeShipping", BigDecimal.ZERO)) == 0 ? BigDecimal.ZERO : discount;
    }

    /** Returns what was paid for the readable products of an order, before refunds. */
    private BigDecimal paid(List<OrderLine> readable, BigDecimal gross, BigDecimal share) {
        BigDecimal discount = discount().multiply(share);
        BigDecimal before = amount("goodsBefore", null);
        BigDecimal total = goodsTotal();
        if (total == null && before != null && before.signum() > 0) {
            discount = discount().multiply(gross).divide(before, MathContext.DECIMAL64);
        }
        if (total == null) {
            boolean afterDiscount = readable.stream()
                    .anyMatch(line -> line.cells().containsKey("lineTotal")
                            || line.cells().containsKey("paidPrice"));
            BigDecimal coupons = sum(leftOut(readable, OrderLine.COUPON::equals), OrderLine::gross);
            return gross.add(coupons.min(BigDecimal.ZERO))
                    .subtract(afterDiscount ? BigDecimal.ZERO : discount)
                    .max(BigDecimal.ZERO);
        }
        total = total.multiply(share);
        // Some totals are of products alone, others have gift cards, or tips, too.
        BigDecimal gifts = sum(leftOut(readable, "gift-card"::equals), OrderLine::gross);
        BigDecimal tips = sum(leftOut(readable, "tip"::equals), OrderLine::gross);
        BigDecimal others = total.subtract(gross.subtract(discount));
        boolean known = Stream.of(BigDecimal.ZERO, gifts, tips).anyMatch(some -> some.compareTo(others) == 0);
        return total.subtract(known ? others : gifts.add(tips)).max(BigDecimal.ZERO);
    }

    private static List<OrderLine> leftOut(List<OrderLine> lines, Predicate<String> reason) {
        return lines.stream()
                .filter(line -> line.reason() != null && reason.test(line.reason()))
                .toList();
    }

    /** Gives each line its share, rounded down, and a unit more to those that lost most by that. */
    private static void split(long minor, List<OrderLine> lines) {
        boolean priced = sum(lines, OrderLine::net).signum() > 0;
        Function<OrderLine, BigDecimal> weight = line -> priced ? line.net() : BigDecimal.valueOf(line.kept());
        BigDecimal all = sum(lines, weight);
        Map<OrderLine, BigDecimal> lost = new HashMap<>();
        long rest = minor;
        for (OrderLine line : lines) {
            BigDecimal share =
                    weight.apply(line).multiply(BigDecimal.valueOf(minor)).divide(all, MathContext.DECIMAL64);
            line.pay(share.longValue());
            lost.put(line, share.subtract(BigDecimal.valueOf(line.paid())));
            rest -= line.paid();
        }
        lines.stream()
                .sorted(Comparator.comparing(lost::get, Comparator.reverseOrder()))
                .limit(rest)
                .forEach(line -> line.pay(line.paid() + 1));
    }

    private BigDecimal amount(String field, BigDecimal preset) {
        String text = values.get(field);
        return text == null ? preset : columns.numbers().number(field, text);
    }

    private static BigDecimal sum(List<OrderLine> lines, Function<OrderLine, BigDecimal> amount) {
        return lines.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
