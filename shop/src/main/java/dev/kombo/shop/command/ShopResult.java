package dev.kombo.shop.command;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.kombo.config.Topic;
import dev.kombo.console.Figures;
import dev.kombo.console.TextTable;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.Item;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.replay.ReplaySummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code kombo try} found in a shop's orders: counts of orders and customers, revenue, and the strongest bundles.
 *
 * @param replay counts of rows
 * @param orders number of orders
 * @param ordersOfSeveral those of them with two different items or more, in which bundles are found
 * @param ordersReturnedInPart those of which something went back
 * @param customers number of customers
 * @param revenueMinor what was paid for the goods, after discounts and refunds, by currency, in minor units
 * @param bundlesFound number of bundles found in the orders
 * @param bundlesOffered those of them that are offered without approval
 * @param strongest the bundles found with the strongest evidence, best first
 */
record ShopResult(
        @JsonUnwrapped ReplaySummary replay,
        int orders,
        int ordersOfSeveral,
        int ordersReturnedInPart,
        int customers,
        Map<String, Long> revenueMinor,
        int bundlesFound,
        int bundlesOffered,
        List<Found> strongest) {
    /** Bundles that are printed and written. */
    private static final int MOST_SHOWN = 5;

    /**
     * A bundle found.
     *
     * @param items titles of its members, and of what fills its slot
     * @param orders orders with all of them
     * @param lift how many times as often as by chance
     */
    record Found(String bundleId, String items, long orders, double lift) {}

    /** Reads the bundles found so far and the titles of their items from the topics. */
    static ShopResult of(ShopFiles shop, ReplaySummary replay, KafkaClients clients) {
        List<BundleSuggestion> found = new ArrayList<>();
        Map<String, String> titles = new HashMap<>();
        try (TopicReader topics = clients.reader()) {
            topics.latest(
                    clients.topics().name(Topic.BUNDLE_SUGGESTION),
                    BundleSuggestion.class,
                    (id, one) -> found.add(one));
            topics.latest(
                    clients.topics().name(Topic.ITEM_CATALOG),
                    Item.class,
                    (id, item) -> titles.put(id, item.getTitle()));
        }
        List<Found> strongest = found.stream()
                .sorted(Comparator.comparingDouble((BundleSuggestion one) ->
                                CatalogMapper.SUGGESTIONS.toDomain(one).rank())
                        .reversed())
                .limit(MOST_SHOWN)
                .map(one -> new Found(one.getBundleId(), items(one, titles), one.getSupport(), one.getLift()))
                .toList();
        return new ShopResult(
                replay,
                shop.orderCount(),
                shop.basketCount(),
                shop.returnedInPartCount(),
                shop.customerCount(),
                shop.revenueMinor(),
                found.size(),
                (int) found.stream().filter(BundleSuggestion::getApproved).count(),
                strongest);
    }

    /** Titles of the members, and of the strongest item of a slot with how many others may take its place. */
    static String items(BundleSuggestion bundle, Map<String, String> titles) {
        Stream<String> items = bundle.getMembers().stream().map(member -> title(member.getItemId(), titles));
        if (bundle.getSlot() != null) {
            List<String> choice = bundle.getSlot().getItems();
            items = Stream.concat(
                    items, Stream.of(title(choice.get(0), titles) + " or " + (choice.size() - 1) + " others"));
        }
        return items.collect(Collectors.joining(" + "));
    }

    private static String title(String itemId, Map<String, String> titles) {
        String title = titles.getOrDefault(itemId, "");
        return title.isEmpty() ? itemId : title;
    }

    /** Prints the counts and the strongest bundles. */
    void print(PrintWriter out) {
        out.print(Figures.text(
                "%,d orders of %,d customers, %,d of two items or more, %,d returned in part. %,d sets of items are"
                        + " bought together: %,d can be offered, %,d wait for approval.%n",
                orders,
                customers,
                ordersOfSeveral,
                ordersReturnedInPart,
                bundlesFound,
                bundlesOffered,
                bundlesFound - bundlesOffered));
        revenueMinor.forEach((currency, minor) ->
                out.printf("Paid for goods, after discounts and refunds: %s.%n", Figures.money(minor, currency)));
        if (!strongest.isEmpty()) {
            TextTable table = new TextTable("strongest bundles", "orders", "times as often as by chance");
            strongest.forEach(
                    one -> table.row(one.items(), Long.toString(one.orders()), Figures.text("%.1f", one.lift())));
            out.println();
            out.print(table);
        }
        out.println();
    }
}
