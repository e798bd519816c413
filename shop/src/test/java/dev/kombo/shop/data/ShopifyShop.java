package dev.kombo.shop.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Writes the export of a made-up Shopify shop, the newest order first, and keeps what it should come to. */
final class ShopifyShop {
    private static final List<String> STATUSES = List.of(
            "paid", "paid", "paid", "paid", "authorized", "partially_refunded", "refunded", "voided", "pending");
    private static final DateTimeFormatter TIMES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final int ITEMS = 300;

    private final Random random;
    private final StringBuilder text = new StringBuilder(
            "Name,Email,Financial Status,Currency,Subtotal,Shipping,Total,Discount Code,Discount Amount,Created at,"
                    + "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,"
                    + "Lineitem discount,Notes\n");
    private int rows;
    private long revenue;

    private ShopifyShop(long seed) {
        random = new Random(seed);
    }

    static ShopifyShop write(Path file, int orders, long seed) throws IOException {
        ShopifyShop shop = new ShopifyShop(seed);
        LocalDateTime time = LocalDateTime.of(2026, 11, 21, 18, 0);
        for (int order = orders; order > 0; order--) {
            time = time.minusMinutes(shop.random.nextInt(200));
            shop.order(order, TIMES.format(time) + (time.getMonthValue() > 10 ? " +0100" : " +0200"));
        }
        Files.writeString(file, shop.text);
        return shop;
    }

    /** Rows below the header. */
    int rows() {
        return rows;
    }

    /** Subtotals less refunds of the orders that count, in cents. */
    long revenue() {
        return revenue;
    }

    private void order(int number, String time) {
        int lines = 1 + random.nextInt(4);
        int[][] bought = new int[lines][];
        long goods = 0;
        for (int i = 0; i < lines; i++) {
            int item = random.nextInt(ITEMS);
            int price = 199 + 37 * item;
            int units = 1 + random.nextInt(3);
            int discount = random.nextInt(6) == 0 ? price * units / 7 : 0;
            bought[i] = new int[] {item, price, units, discount};
            goods += (long) price * units - discount;
        }
        long discount = random.nextInt(5) == 0 ? goods / 9 : 0;
        long subtotal = goods - discount;
        String status = STATUSES.get(random.nextInt(STATUSES.size()));
        boolean cancelled = random.nextInt(40) == 0;
        long refunded = status.equals("refunded") ? subtotal : status.startsWith("partially") ? subtotal / 3 : 0;
        if (!cancelled && !List.of("refunded", "voided", "pending").contains(status)) {
            revenue += subtotal - refunded;
        }
        String email = random.nextInt(20) == 0 ? "" : "Customer%d@example.com".formatted(random.nextInt(961));
        for (int i = 0; i < lines; i++) {
            text.append('#').append(number).append(',').append(email).append(',');
            text.append(
                    i > 0
                            ? ",,,,,,,"
                            : "%s,EUR,%s,4.90,%s,%s,%s,"
                                    .formatted(
                                            status,
                                            euros(subtotal),
                                            euros(subtotal + 490),
                                            discount > 0 ? "AUTUMN" : "",
                                            euros(discount)));
            int item = bought[i][0];
            text.append("%s,%d,\"Item %d, large\",%s,%s,"
                    .formatted(time, bought[i][2], item, euros(bought[i][1]), item % 17 == 0 ? "" : "SKU-" + item));
            text.append(i > 0 ? ",," : "%s,%s,".formatted(cancelled ? time : "", euros(refunded)));
            text.append(euros(bought[i][3])).append(number % 31 == 0 ? ",\"ring\ntwice\"\n" : ",\n");
            rows++;
        }
    }

    private static String euros(long cents) {
        return "%d.%02d".formatted(cents / 100, cents % 100);
    }
}
