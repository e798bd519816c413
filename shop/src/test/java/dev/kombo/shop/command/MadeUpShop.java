package dev.kombo.shop.command;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A shop whose truth is known: 300 items, of which 36 sets of two or three are bought together and 4 staples by
 * everybody; durable goods, which nobody buys twice, and consumables, of which a shopper buys each again at every third
 * order; 3,000 orders of a year by 1,000 customers, of whom some return what they bought.
 */
final class MadeUpShop {
    static final int ORDERS = 3_000;
    private static final int ITEMS = 300;
    private static final int STAPLES = 4;
    private static final int PAIRS = 20;
    private static final int TRIPLES = 16;
    private static final int CUSTOMERS = 1_000;
    private static final LocalDateTime BEGIN = LocalDateTime.of(2025, 11, 1, 8, 0);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** What the customers own, as they bought it last; nothing that they returned. */
    final Map<String, Set<String>> owned = new HashMap<>();

    /** The sets; the first member is the dearest. */
    final List<List<String>> sets = new ArrayList<>();

    final Set<String> durables = new HashSet<>();
    final Set<String> staples = new LinkedHashSet<>();
    final Map<String, Integer> prices = new HashMap<>();
    private final List<String> items = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Random random;

    /** A line of an order or, with a quantity below 0, of a return. */
    private record Line(LocalDateTime time, String customer, int order, String item, int quantity) {}

    MadeUpShop(long seed) {
        random = new Random(seed);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < ITEMS; i++) {
            numbers.add(i);
        }
        // Ids say nothing of sets.
        Collections.shuffle(numbers, random);
        numbers.forEach(number -> items.add("SKU-%03d".formatted(number)));
        int next = 0;
        for (; next < STAPLES; next++) {
            price(items.get(next), false, 2);
            staples.add(items.get(next));
        }
        for (int s = 0; s < PAIRS + TRIPLES; s++) {
            int size = s < PAIRS ? 2 : 3;
            boolean durable = s % 2 == 0;
            List<String> set = List.copyOf(items.subList(next, next + size));
            for (int m = 0; m < size; m++) {
                // A durable set may come with a first pack of what is used up.
                price(set.get(m), durable && (m == 0 || s % 4 == 0), m == 0 ? 60 : 12);
            }
            sets.add(set);
            next += size;
        }
        for (; next < ITEMS; next++) {
            price(items.get(next), random.nextBoolean(), 15);
        }
        trade();
    }

    private void price(String item, boolean durable, int usual) {
        int euros = Math.max(1, (int) (usual * (durable ? 3 : 0.5) * Math.exp(0.5 * random.nextGaussian())));
        prices.put(item, 100 * euros + (random.nextBoolean() ? 99 : 95));
        if (durable) {
            durables.add(item);
        }
    }

    private void trade() {
        List<Integer> hours = new ArrayList<>();
        for (int order = 0; order < ORDERS; order++) {
            hours.add(random.nextInt(365 * 24));
        }
        hours.sort(Comparator.naturalOrder());
        Map<String, Set<String>> used = new HashMap<>();
        for (int order = 1; order <= ORDERS; order++) {
            // Some come often, most seldom.
            String customer = "K%04d".formatted((int) (CUSTOMERS * Math.pow(random.nextDouble(), 1.2)));
            LocalDateTime time = BEGIN.plusHours(hours.get(order - 1)).plusMinutes(random.nextInt(60));
            Set<String> own = owned.computeIfAbsent(customer, c -> new HashSet<>());
            Set<String> consumed = used.computeIfAbsent(customer, c -> new LinkedHashSet<>());
            Set<String> basket = basket(own, consumed);
            for (String item : basket) {
                lines.add(new Line(time, customer, order, item, 1));
                own.add(item);
                if (!durables.contains(item)) {
                    consumed.add(item);
                }
            }
            if (random.nextInt(25) == 0) {
                String returned = basket.iterator().next();
                lines.add(new Line(time.plusDays(3), customer, order, returned, -1));
                own.remove(returned);
                consumed.remove(returned);
            }
        }
        lines.sort(Comparator.comparing(Line::time));
    }

    private Set<String> basket(Set<String> own, Set<String> consumed) {
        Set<String> basket = new LinkedHashSet<>();
        if (random.nextInt(100) < 55) {
            int set = (int) ((PAIRS + TRIPLES) * Math.pow(random.nextDouble(), 1.3));
            for (String member : sets.get(set)) {
                if (random.nextInt(100) < 90) {
                    add(member, own, basket);
                }
            }
        }
        for (String item : consumed) {
            if (random.nextInt(100) < 35 && !staples.contains(item)) {
                basket.add(item);
            }
        }
        for (String staple : staples) {
            if (random.nextInt(100) < 20) {
                basket.add(staple);
            }
        }
        int others = basket.isEmpty() ? 2 : random.nextInt(2);
        while (others-- > 0 || basket.isEmpty()) {
            add(items.get(STAPLES + random.nextInt(ITEMS - STAPLES)), own, basket);
        }
        return basket;
    }

    private void add(String item, Set<String> own, Set<String> basket) {
        if (!durables.contains(item) || !own.contains(item)) {
            basket.add(item);
        }
    }

    /** The orders as the shop exports them; nothing says what is durable. */
    String export() {
        StringBuilder text = new StringBuilder("order;customer;date;item;quantity;price\n");
        for (Line line : lines) {
            int price = prices.get(line.item);
            text.append("%d;%s;%s;%s;%d;%d.%02d\n"
                    .formatted(
                            line.order,
                            line.customer,
                            TIME.format(line.time),
                            line.item,
                            line.quantity,
                            price / 100,
                            price % 100));
        }
        return text.toString();
    }

    /** The customers in the order of their names. */
    List<String> customers() {
        return owned.keySet().stream().sorted().toList();
    }

    String anyItem(Random draws) {
        return items.get(draws.nextInt(ITEMS));
    }
}
