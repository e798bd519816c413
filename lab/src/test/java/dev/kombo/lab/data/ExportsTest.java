package dev.kombo.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reads exports of shop systems as they come. The samples are of made-up shops, written from the pages that the tables
 * beside {@link ExportTable} cite.
 */
class ExportsTest {
    @TempDir
    private Path folder;

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
    void shouldUseAColumnThatOneRowOfThousandsFills() throws IOException {
        StringBuilder text = new StringBuilder(
                "Name,Financial Status,Phone,Billing Phone,Cancelled at,Created at,Lineitem name,Lineitem quantity,Lineitem price\n");
        for (int row = 0; row < 4500; row++) {
            text.append("#%d,paid,NULL,+49 %d,%s,3/31/2026 9:05:00,Tea,1,%s\n"
                    .formatted(row, row, row == 1001 ? "3/31/2026 9:06:00" : "\\N", row % 3 == 0 ? "39" : "7.80"));
        }
        Path file = Files.writeString(folder.resolve("o.csv"), text);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(rows).filteredOn(EventRow.LeftOut.class::isInstance).hasSize(1);
        assertThat(events(rows))
                .hasSize(4499)
                .allMatch(event -> event.getUserId().startsWith("c-"));
    }

    @Test
    void shouldLearnTheDecimalMarkFromAllAmounts() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                id_order;reference;date_add;product_reference;product_quantity;unit_price_tax_incl;total_products_wt;total_discounts_tax_incl
                1;SPLIT;2026-03-01 10:00:00;A;1;39;39;7,80
                2;SPLIT;2026-03-01 10:00:00;B;1;20;20;0
                """);

        List<BehaviorEvent> events = events(read(shop(file, null), file));

        assertThat(events).extracting(BehaviorEvent::getUnitPriceMinor).containsExactly(3120L, 2000L);
        assertThat(events).extracting(BehaviorEvent::getOrderId).containsExactly("1", "2");
    }

    /** Dinars have three decimals, which look like thousands; an amount below one does not. */
    @Test
    void shouldReadThreeDecimalsOfAmounts() throws IOException {
        Path file = shopify("""
                #1,a@example.com,paid,KWD,12.500,0.000,2026-03-01 10:00:00 +0300,1,Tea,12.500,TEA,0.000
                """);

        ShopFiles shop = shop(file, null);

        assertThat(revenue(read(shop, file))).isEqualTo(12_500);
        assertThat(shop.revenueMinor()).isEqualTo(Map.of("KWD", 12_500L));
    }

    @Test
    void shouldReadAFileWithColumnsOfTheSameNameAndWithout() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                customer;date;sku;price;qty;price;;
                K1;Mar 1, 2026, 2:05:00 PM;A;2.50;1;9.00;;
                """);

        ShopFiles shop = shop(file, null);

        assertThat(revenue(read(shop, file))).isEqualTo(250);
        assertThat(shop.guesses().get(0).unused()).containsExactly("price (6)", "(7)", "(8)");
    }

    @Test
    void shouldLeaveOutWhatAnyFileCallsCancelled() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Bestellnummer;Kunde;Datum;Artikelnummer;Preis;Menge;Status
                1;K1;01.03.2026;A1;2,50;1;abgeschlossen
                1;K1;01.03.2026;A2;4,00;2;abgeschlossen
                2;K2;02.03.2026;A1;2,50;1;storniert
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(revenue(rows)).isEqualTo(1050);
        assertThat(rows)
                .last()
                .isEqualTo(new EventRow.LeftOut(4, "cancelled", rows.get(2).eventTime()));
    }

    @Test
    void shouldTakeADiscountThatAllLinesRepeatForTheOrders() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                increment_id,created_at,status,customer_email,sku,name,qty_ordered,price,row_total,discount_amount
                1,2026-03-01 10:00:00,complete,a@example.com,A,Tea,1.0000,10.0000,10.0000,-3.0000
                1,2026-03-01 10:00:00,complete,a@example.com,B,Pot,1.0000,20.0000,20.0000,-3.0000
                """);

        List<BehaviorEvent> events = events(read(shop(file, null), file));

        assertThat(events).extracting(BehaviorEvent::getUnitPriceMinor).containsExactly(900L, 1800L);
    }

    @Test
    void shouldTakeWhatCostsLessThanNothingForADiscount() throws IOException {
        Path file = shopify("""
                #1,a@example.com,paid,EUR,9.00,0,2026-03-01 10:00:00 +0100,1,Tea,10.00,TEA,0
                #1,,,,,,2026-03-01 10:00:00 +0100,1,Goodwill,-1.00,,0
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(revenue(rows)).isEqualTo(900);
        assertThat(rows).last().extracting("reason").isEqualTo("coupon");
    }

    @ParameterizedTest
    @CsvSource({"10.00", "12.00", "60.00", "62.00"})
    void shouldTakeTipsAndGiftCardsOffASubtotalThatHasThem(String subtotal) throws IOException {
        Path file = shopify("""
                #1,a@example.com,paid,EUR,%s,0,2026-03-01 10:00:00 +0100,1,Tea,10.00,TEA,0
                #1,,,,,,2026-03-01 10:00:00 +0100,1,Tip,2.00,,0
                #1,,,,,,2026-03-01 10:00:00 +0100,1,Gift card,50.00,,0
                """.formatted(subtotal));

        assertThat(revenue(read(shop(file, null), file))).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"Item Cost,9.00", "Item Cost Before Discount,10.00"})
    void shouldTakeUnitsKeptAtWhatTheyCostWhenNothingElseTellsWhatWentBack(String column, String cost)
            throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Order Number,Order Date,Email (Billing),Item Name,Quantity (- Refund),%s,Cart Discount Amount,Order Subtotal Amount
                1,2026-03-01 10:00,a@example.com,Tea,2,%s,3.00,30.00
                1,2026-03-01 10:00,a@example.com,Pot,0,%s,3.00,30.00
                """.formatted(column, cost, cost));

        assertThat(revenue(read(shop(file, null), file))).isEqualTo(1800);
    }

    @Test
    void shouldTakeNoRevenueFromATotalThatHasWhatWentBack() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Order Number,Order Date,Email (Billing),Item Name,Quantity (- Refund),Order Total Amount
                1,2026-03-01 10:00,a@example.com,Tea,2,30.00
                1,2026-03-01 10:00,a@example.com,Pot,0,30.00
                """);

        assertThat(events(read(shop(file, null), file))).singleElement().satisfies(tea -> {
            assertThat(tea.getQuantity()).isEqualTo(2);
            assertThat(tea.getUnitPriceMinor()).as("not known").isNull();
        });
    }

    @Test
    void shouldNotTakeADiscountOffWhatIsAfterIt() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Order Number,Order Date,Email (Billing),Item Name,SKU,Quantity,Item Cost,Cart Discount Amount
                1,2026-03-01 10:00,a@example.com,Porto,P1,2,9.00,2.00
                2,2026-03-01 10:00,Ann Other,Tea,T1,1,9.00,0.00
                """);

        List<BehaviorEvent> events = events(read(shop(file, null), file));

        assertThat(events).extracting(BehaviorEvent::getUnitPriceMinor).containsExactly(900L, 900L);
        assertThat(events)
                .as("also what is no address is a person's")
                .allMatch(event -> event.getUserId().matches("c-[0-9a-f]{24}"));
    }

    @Test
    void shouldTakeDiscountsOfABundlesPartsOffTheBundle() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                increment_id,created_at,customer_email,item_id,parent_item_id,sku,qty_ordered,price,row_total,discount_amount
                1,2026-03-01 10:00:00,a@example.com,1,,SET,1,30.00,30.00,0.00
                1,2026-03-01 10:00:00,a@example.com,2,1,A,1,10.00,10.00,1.00
                1,2026-03-01 10:00:00,a@example.com,3,1,B,1,20.00,20.00,2.00
                1,2026-03-01 10:00:00,a@example.com,4,,C,1,5.00,5.00,0.00
                """);

        List<BehaviorEvent> events = events(read(shop(file, null), file));

        assertThat(events).extracting(BehaviorEvent::getUnitPriceMinor).containsExactly(2700L, 500L);
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

    @Test
    void shouldReadSeveralProductsOfOneCell() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue
                2026-03-01 10:00:00,11,completed,Ann Other,new,"2× Blue mug, large, 1× Frame, 20 x 30",3,,30.00
                2026-03-05 10:00:00,11,refunded,Ann Other,new,1× Blue mug,-1,,-3.00
                2026-03-02 10:00:00,12,cancelled,Bob Other,new,1× Tea pot,1,,12.00
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(events(rows))
                .extracting(BehaviorEvent::getItemId)
                .containsExactly("Blue mug, large", "Frame, 20 x 30");
        assertThat(revenue(rows)).isEqualTo(2700);
        assertThat(rows).extracting(EventRow::eventTime).isSorted();
        assertThat(rows).last().isInstanceOf(EventRow.LeftOut.class);
    }

    @Test
    void shouldReadAColumnForEachProductOfAnOrder() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                order_number,order_date,status,discount_total,order_subtotal,order_key,order_currency,shipping_total,\
                billing_email,refund_items,line_item_1,line_item_2
                11,2026-03-01 10:00:00,completed,1.00,30.00,k1,EUR,5.90,a@example.com,amount:2.50|reason:late|date:x,\
                name:Mug | large|product_id:7|sku:MUG|quantity:2|total:19.00|sub_total:20.00|tax:0|meta:Ink:red,\
                name:Pot|product_id:8|sku:|quantity:1|total:10.00|sub_total:10.00
                12,2026-03-02 10:00:00,cancelled,0,9.00,k2,EUR,5.90,b@example.com,,\
                name:Tea|product_id:9|sku:TEA|quantity:1|total:9.00|sub_total:9.00,
                """);

        ShopFiles shop = shop(file, null);
        List<EventRow> rows = read(shop, file);

        assertThat(events(rows)).extracting(BehaviorEvent::getItemId).contains("MUG", "Pot");
        assertThat(revenue(rows)).isEqualTo(2650);
        assertThat(rows).last().isInstanceOf(EventRow.LeftOut.class);
        assertThat(shop.returnedInPartCount()).isOne();
    }

    @Test
    void shouldReadGermanColumnsOfLinesThatAreNoProducts() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Bestellnummer;Bestelldatum;E-Mail;W\u00e4hrung;Zahlungsstatus;Positionstyp;Produktnummer;Bezeichnung;Anzahl;Einzelpreis
                1;01.03.2026, 08:00;a@example.com;EUR;Bezahlt;Produkt;K-1;Kanne;2;1.049,50
                1;01.03.2026, 08:00;a@example.com;EUR;Bezahlt;Promotion;;Rabatt;1;-99,00
                1;01.03.2026, 08:00;a@example.com;EUR;Bezahlt;Versandkosten;;DHL;1;4,99
                2;02.03.2026, 09:30;b@example.com;EUR;Erstattet;Produkt;K-1;Kanne;1;1.049,50
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(rows).noneMatch(EventRow.Rejected.class::isInstance);
        assertThat(events(rows)).hasSize(1);
        assertThat(revenue(rows)).isEqualTo(200_000);
    }

    @Test
    void shouldReadFrenchColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Num\u00e9ro de commande;Date;Client;\u00c9tat;R\u00e9f\u00e9rence produit;Produit;Quantit\u00e9;Prix unitaire TTC;Total TTC;Devise
                1;01/03/2026 08:00;C1;Livr\u00e9;CA-1;Cafeti\u00e8re;2;1 049,50;2 099,00;EUR
                2;31/03/2026 09:30;C2;Rembours\u00e9;CA-1;Cafeti\u00e8re;1;1 049,50;1 049,50;EUR
                3;31/03/2026 09:40;C2;Annul\u00e9;TA-1;Tasse;1;9,50;9,50;EUR
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(rows).noneMatch(EventRow.Rejected.class::isInstance);
        assertThat(events(rows)).extracting(BehaviorEvent::getItemId).containsExactly("CA-1");
        assertThat(revenue(rows)).isEqualTo(209_900);
    }

    @Test
    void shouldTakeWhatALineCostsFromItsTotalWhenItsPriceIsRounded() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                Bestellnummer;Bestelldatum;Kunde;Artikelnummer;Anzahl;Artikelpreis;Positionssumme;Summe
                1;01.03.2026 08:00;K1;A;3;3,33;10,00;15,00
                1;01.03.2026 08:00;K1;B;1;5,00;5,00;15,00
                2;02.03.2026 08:00;K1;B;7;5,01;35,04;35,04
                """);

        ShopFiles shop = shop(file, null);

        assertThat(shop.guesses().get(0).columns())
                .filteredOn(column -> column.field().equals("lineTotal"))
                .extracting(GuessedColumns.Column::name)
                .containsExactly("Positionssumme");
        assertThat(revenue(read(shop, file))).isEqualTo(5_004);
    }

    @ParameterizedTest
    @CsvSource({
        "line, 3.704000, 3.700000, 1, 247",
        "unit, 3.690000, 3.690000, 1, 246",
        "a refund of money, 3.704000, 3.700000, 0, 270"
    })
    void shouldTakeLinesAsPrestaShopRoundedThem(String how, String line, String total, int back, long revenue)
            throws IOException {
        Path file = Files.writeString(
                folder.resolve("o.csv"), """
                id_order;date_add;email;product_reference;product_quantity;product_quantity_refunded;unit_price_tax_incl;\
                total_price_tax_incl;total_refunded_tax_incl;total_products_wt;total_discounts_tax_incl;total_shipping_tax_incl
                1;2026-03-01 10:00:00;a@example.com;A;3;%d;1.234567;%s;%s;%s;5.900000;5.900000
                """.formatted(back, line, back == 0 ? "1.000000" : "0.000000", total));

        assertThat(revenue(read(shop(file, null), file)))
                .as("a voucher for free shipping takes nothing off the goods; rounded by " + how)
                .isEqualTo(revenue);
    }

    @Test
    void shouldTakeWhatAnOrderCostsWhenNothingIsSaidOfItsGoods() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                id;order_number;customer_email;amount_total;order_state_id;line_items;order_date_time
                a1;10001;a@example.com;35.50;77;2x 0c1f|1x |1x 0c2f;2026-03-01T10:00:00.000+00:00
                a2;10002;b@example.com;9.50;77;1x 0c1f;2026-03-02T10:00:00.000+00:00
                """);

        List<EventRow> rows = read(shop(file, null), file);

        assertThat(events(rows)).extracting(BehaviorEvent::getItemId).containsExactly("0c1f", "0c1f", "0c2f", "0c1f");
        assertThat(revenue(rows)).isEqualTo(4_500);
    }

    @Test
    void shouldSayWhatToExportInsteadOfOrdersWithoutProducts() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                ID,Purchase Point,Purchase Date,Bill-to Name,Grand Total (Base),Grand Total (Purchased),Status
                000000001,Main,"Mar 1, 2026 10:00:00 AM",Ann Other,10.00,10.00,Complete
                """);

        assertThatThrownBy(() -> shop(file, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("without products")
                .hasMessageContaining("sales_order_item");
    }

    @Test
    void shouldReadTheVariantsOfAProductExport() throws IOException {
        Path orders = shopify("#1,a@example.com,paid,EUR,3.50,0,2026-03-01 10:00:00 +0100,1,Tea,3.50,TEA,0\n");
        Path items = Files.writeString(folder.resolve("p.csv"), """
                Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Cost per item
                tea,Tea,Drinks,Title,Default Title,TEA,4,3.50,,https://shop.example/tea.jpg,1.20
                mug,Mug,Kitchen,Colour,Blue,MUG-B,7,9.00,,,
                mug,,,,Red,,2,9.50,,,4.00
                mug,,,,,,,,,https://shop.example/mug2.jpg,
                """);

        List<Item> read;
        try (EventRows rows = shop(orders, items).open(orders)) {
            read = rows.catalog().items();
            assertThat(rows.catalog().leftOut()).isEqualTo(Map.of("p.csv: no-price", 1L));
        }

        assertThat(read).extracting(Item::getItemId).containsExactly("TEA", "MUG-B", "Mug - Red");
        assertThat(read).extracting(Item::getCategory).containsExactly("Drinks", "Kitchen", "Kitchen");
        assertThat(read).extracting(Item::getPriceMinor).containsExactly(350L, 900L, 950L);
        assertThat(read.get(2).getCostMinor()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "Partially Refunded,",
        "Parcialmente reembolsado,",
        "partiellement_remboursée,",
        "refunded in part,",
        "Cancelled by partner, cancelled",
        "wc-completed,",
        "authorized,",
        "paid,",
        "refunded, refunded",
        "Storniert, cancelled",
        "wc-on-hold,",
        "pending_payment, pending",
        "Payment error, failed",
        "Annulé, cancelled",
        "closed, refunded",
        "Awaiting check payment, pending",
        "Awaiting shipment,",
        "Pending, pending",
        "payment_review, pending"
    })
    void shouldTellWhichStatusCounts(String status, String reason) {
        assertThat(OrderStatus.leftOut(status)).isEqualTo(reason);
    }

    private Path shopify(String rows) throws IOException {
        return Files.writeString(
                folder.resolve("o.csv"),
                "\uFEFFName,Email,Financial Status,Currency,Subtotal,Refunded Amount,Created at,Lineitem quantity,"
                        + "Lineitem name,Lineitem price,Lineitem sku,Lineitem discount\n" + rows,
                StandardCharsets.UTF_8);
    }

    private ShopFiles shop(Path orders, Path items) throws IOException {
        return ShopFiles.guess(orders, items, null, new ShopFiles.Given("EUR", "Europe/Berlin", null, Map.of()));
    }

    private List<EventRow> read(ShopFiles shop, Path file) {
        return EventFiles.read(shop, file, CustomerKeys.in(folder));
    }

    private static Path sample(String name) throws URISyntaxException {
        return Path.of(ExportsTest.class.getResource("exports/" + name).toURI());
    }

    private static List<BehaviorEvent> events(List<EventRow> rows) {
        List<BehaviorEvent> events = new ArrayList<>();
        rows.forEach(row -> {
            if (row instanceof EventRow.Accepted accepted) {
                events.add(accepted.event());
            }
        });
        return events;
    }

    private static long revenue(List<EventRow> rows) {
        return events(rows).stream()
                .mapToLong(event -> event.getUnitPriceMinor()
                        * event.getQuantity()
                        * (event.getType() == EventType.RETURN ? -1 : 1))
                .sum();
    }
}
