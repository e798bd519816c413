package dev.kombo.shop.data;

import dev.kombo.table.Amounts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A line of an {@link ExportedOrder}: how many units the customer kept, and what they cost. */
final class OrderLine {
    static final String RETURNED = "returned";
    static final String COUPON = "coupon";

    private final ColumnMapping columns;
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

    /**
     * Creates a line.
     *
     * @param number of its row in the file
     * @param cells values that are not empty, by field
     */
    OrderLine(ColumnMapping columns, int number, Map<String, String> cells) {
        this.columns = columns;
        this.number = number;
        this.cells = cells;
    }

    int number() {
        return number;
    }

    Map<String, String> cells() {
        return cells;
    }

    /** Why it is left out, or null. */
    String reason() {
        return reason;
    }

    void leaveOut(String why) {
        reason = why;
    }

    String item() {
        return item;
    }

    /** Units that were not returned; negative for those that came back. */
    int kept() {
        return kept;
    }

    /** What it costs before discounts of the order and refunds. */
    BigDecimal gross() {
        return gross;
    }

    /** What is left of that after its own refund. */
    BigDecimal net() {
        return net;
    }

    /** What was paid for it in minor units. */
    long paid() {
        return paid;
    }

    void pay(long minor) {
        paid = minor;
    }

    /** Adds what a part of it is discounted by. */
    void discount(BigDecimal ofPart) {
        discountOfParts = discountOfParts.add(ofPart);
    }

    boolean isPart() {
        return !cells.getOrDefault("parentLine", "0").matches("0|null");
    }

    /** Whether a product was ordered, be it returned or not. */
    boolean isGoods() {
        return reason == null || reason.equals(RETURNED);
    }

    /** Whether its price is known. */
    boolean isPriced() {
        return listPrice != null || gross.signum() != 0 || paid != 0;
    }

    /** The price of a unit before discounts; null if not known. */
    Long listPrice(int digits) {
        return listPrice == null ? null : Amounts.shifted("unitPrice", listPrice, digits);
    }

    /** Reads the units and amounts of a line, and why it is left out. */
    void measure() {
        String title = cells.getOrDefault("title", "");
        item = Stream.of("itemId", "title", "variantId", "productId")
                .map(cells::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(id -> id.substring(0, Math.min(id.length(), CheckedFile.LONGEST_ID)))
                .orElse(null);
        if (item == null) {
            reason = "no-item";
            return;
        }
        BigDecimal units = amount("quantity", amount("keptQuantity", BigDecimal.ONE));
        BigDecimal gone = amount("returnedQuantity", BigDecimal.ZERO)
                .abs()
                .add(amount("cancelledQuantity", BigDecimal.ZERO).abs());
        BigDecimal left = cells.containsKey("keptQuantity")
                ? amount("keptQuantity", units)
                : units.signum() < 0 ? units : units.subtract(gone).max(BigDecimal.ZERO);
        // Half a kilogram is one purchase.
        kept = Amounts.integer("quantity", left.setScale(0, RoundingMode.UP).toPlainString());
        listPrice = amount("unitPrice", amount("paidPrice", null));
        gross = gross(units).subtract(discountOfParts);
        net = net(left, units);
        if (isPart()) {
            reason = "part-of-another-line";
        } else {
            // Port wine has a number, postage has none.
            boolean wine = title.equalsIgnoreCase("porto") && cells.containsKey("itemId");
            reason = OrderStatus.noProduct(cells.getOrDefault("lineType", ""), wine ? "" : title);
        }
        if (reason == null && gross.signum() < 0 && kept > 0) {
            reason = COUPON;
        }
        boolean free = listPrice != null && listPrice.signum() == 0 && gross.signum() == 0;
        if (reason == null && free) {
            reason = "no-price";
        } else if (reason == null && kept == 0) {
            reason = RETURNED;
        }
    }

    /** Returns what a line costs before a discount of the order. */
    private BigDecimal gross(BigDecimal units) {
        BigDecimal total = amount("lineTotal", null);
        if (total != null) {
            return total;
        }
        BigDecimal price = amount("paidPrice", listPrice);
        BigDecimal before = price == null ? BigDecimal.ZERO : price.multiply(units);
        return amount("lineBefore", before)
                .subtract(amount("lineDiscount", BigDecimal.ZERO).abs());
    }

    /** Returns what is left of a line's cost after its own refund, by amount or else by units. */
    private BigDecimal net(BigDecimal left, BigDecimal units) {
        BigDecimal refund = amount("lineRefund", BigDecimal.ZERO).abs();
        boolean discounted = amount("lineDiscount", BigDecimal.ZERO).signum() != 0;
        boolean known = cells.containsKey("lineRefundDiscount") || !discounted;
        if (refund.signum() != 0 && known) {
            BigDecimal net = gross.subtract(refund)
                    .add(amount("lineRefundDiscount", BigDecimal.ZERO).abs());
            return net.max(BigDecimal.ZERO);
        }
        return units.signum() == 0 ? BigDecimal.ZERO : gross.multiply(left).divide(units, MathContext.DECIMAL64);
    }

    BigDecimal amount(String field, BigDecimal preset) {
        String text = cells.get(field);
        return text == null ? preset : columns.numbers().number(field, text);
    }
}
