package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reads exports of shop systems as they come. The samples are of made-up shops, written from the pages that the tables
 * beside {@link ExportTable} cite.
 */
class ExportsTest extends Exports {
    /** Revenue is the platform's: goods after discounts of the orders that count, less their refunds. */
    @ParameterizedTest
    @CsvSource({
        "shopify, Shopify orders, 41, 177327",
        "woocommerce, WooCommerce orders, 43, 171131",
        "magento, Magento order items, 47, 185486",
        "shopware, shopware orders, 45, 192662",
        "prestashop, PrestaShop order details, 40, 185485"
    })
    void shouldAccountForEachRowAndPennyOfAnExport(String platform, String name, int rows, long revenue)
            throws Exception {
        Path file = sample(platform + "-orders.csv");

        ShopFiles shop = shop(file, null);
        List<EventRow> read = read(shop, file);

        assertThat(shop.guesses().get(0).export()).isEqualTo(name);
        Set<Integer> lines = new HashSet<>();
        read.forEach(row -> lines.add(row.line()));
        assertThat(lines).hasSize(rows);
        assertThat(read).noneMatch(row -> row instanceof EventRow.Rejected);
        assertThat(read).extracting(EventRow::eventTime).isSorted();
        assertThat(revenue(read)).isEqualTo(revenue);
        assertThat(events(read))
                .allMatch(event -> event.getUserId() == null
                        ? event.getSessionId() != null
                        : event.getUserId().startsWith("c-")
                                || event.getUserId().matches("\\d+"));
    }

    @Test
    void shouldAccountForAShopOfThreeThousandOrdersNewestFirst() throws IOException {
        Path file = folder.resolve("o.csv");
        ShopifyShop truth = ShopifyShop.write(file, 3000, 7);

        ShopFiles shop = shop(file, null);
        List<EventRow> read = read(shop, file);

        Set<Integer> lines = new HashSet<>();
        read.forEach(row -> lines.add(row.line()));
        assertThat(lines).hasSize(truth.rows());
        assertThat(read).noneMatch(row -> row instanceof EventRow.Rejected);
        assertThat(read).extracting(EventRow::eventTime).isSorted();
        assertThat(revenue(read)).isEqualTo(truth.revenue());
        assertThat(shop.customerCount()).isBetween(700, 961);
    }

    @Test
    void shouldCountWhatIsLeftOutByReason() throws Exception {
        Path file = sample("shopify-orders.csv");

        Map<String, Integer> reasons = new TreeMap<>();
        read(shop(file, null), file).forEach(row -> {
            if (row instanceof EventRow.LeftOut left) {
                reasons.merge(left.reason(), 1, Integer::sum);
            }
        });

        assertThat(reasons)
                .isEqualTo(
                        Map.of("cancelled", 3, "expired", 1, "gift-card", 1, "pending", 1, "refunded", 5, "voided", 4));
    }

    @Test
    void shouldSplitWhatWasPaidOverUnitsToThePenny() throws IOException {
        Path file = shopify("""
                #1,a@example.com,paid,EUR,10.00,0,2026-03-01 10:00:00 +0100,3,Tea,3.50,TEA,0.50
                """);

        List<EventRow> rows = read(shop(file, null), file);

        List<BehaviorEvent> events = events(rows);
        assertThat(events).extracting(BehaviorEvent::getUnitPriceMinor).containsExactly(333L, 334L);
        assertThat(events).extracting(BehaviorEvent::getQuantity).containsExactly(2, 1);
        assertThat(events).extracting(BehaviorEvent::getEventId).containsExactly("o.csv:2/1", "o.csv:2");
        assertThat(((EventRow.Accepted) rows.get(0)).item().priceMinor())
                .as("list price")
                .isEqualTo(350);
    }

    @Test
    void shouldGiveCustomersTheSameKeyInEachFile() throws IOException {
        Path file = shopify("""
                #1,Ann@Example.com,paid,EUR,3.50,0,2026-03-01 10:00:00 +0100,1,Tea,3.50,TEA,0
                #2, ann@example.com,paid,EUR,3.50,0,2026-03-02 10:00:00 +0100,1,Tea,3.50,,0
                """);

        List<BehaviorEvent> events = events(read(shop(file, null), file));
        List<BehaviorEvent> again = events(read(shop(file, null), file));

        assertThat(events.get(0).getUserId())
                .matches("c-[0-9a-f]{24}")
                .isEqualTo(events.get(1).getUserId())
                .isEqualTo(again.get(0).getUserId());
        assertThat(events).extracting(BehaviorEvent::getItemId).containsExactly("TEA", "Tea");
        assertThat(shop(file, null).guesses().get(0).columns())
                .anyMatch(column ->
                        column.field().equals("email") && column.examples().equals("A***@*** | a***@***"));
    }

    @Test
    void shouldRejectAnOrderThatOccursAgainAndTakeEqualLinesOfOne() throws IOException {
        Path file = shopify("""
                #1,a@example.com,paid,EUR,7.00,0,2026-03-01 10:00:00 +0100,1,Tea,3.50,TEA,0
                #1,,,,,,2026-03-01 10:00:00 +0100,1,Tea,3.50,TEA,0
                #2,b@example.com,paid,EUR,3.50,0,2026-03-02 10:00:00 +0100,1,Tea,3.50,TEA,0
                #1,a@example.com,paid,EUR,7.00,0,2026-03-01 10:00:00 +0100,1,Tea,3.50,TEA,0
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(revenue(rows)).isEqualTo(1050);
        assertThat(rows.stream().map(EventFiles::reason))
                .containsOnlyOnce("duplicate-row")
                .hasSize(4);
    }

    @Test
    void shouldRejectEachRowOfAnOrderOnceWhenNobodyBoughtIt() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Order Number,Order Date,Email (Billing),Item Name,Quantity,Item Cost
                ,2026-03-01 10:00,,Shipping,1,5.00
                ,2026-03-01 10:00,,Tea,1,9.00
                1,2026-03-01 10:00,a@example.com,Tea,1,9.00
                """);

        assertThat(read(shop(file, null), file))
                .extracting(EventFiles::reason)
                .containsExactlyInAnyOrder("missing-user", "missing-user", "accepted");
    }

    private static Path sample(String name) throws URISyntaxException {
        return Path.of(ExportsTest.class.getResource("exports/" + name).toURI());
    }
}
