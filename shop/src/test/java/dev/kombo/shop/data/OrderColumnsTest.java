package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Item;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderColumnsTest extends Exports {
    @Test
    void shouldUseAColumnThatOneRowOfThousandsFills() throws IOException {
        StringBuilder text = new StringBuilder(
                "Name,Financial Status,Phone,Billing Phone,Cancelled at,Created at,Lineitem name,Lineitem"
                        + " quantity,Lineitem price\n");
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
    void shouldReadThreeDecimalsWhereOnlyTheCurrencyTellsThem() throws IOException {
        Path named = shopify("""
            #1,a@example.com,paid,KWD,12.500,,2026-03-01 10:00:00 +0300,1,Tea,12.500,TEA,
            """);
        Path given =
                Files.writeString(folder.resolve("given.csv"), "user,item,time,price\nann,tea,2026-03-01,12.500\n");
        ShopFiles.Given dinars = new ShopFiles.Given("KWD", "UTC", null, Map.of(), Map.of());

        ShopFiles shop = shop(named, null);
        ShopFiles other = ShopFiles.guess(given, null, null, dinars);

        assertThat(revenue(read(shop, named))).isEqualTo(12_500);
        assertThat(revenue(read(other, given))).isEqualTo(12_500);
        assertThat(other.guesses().get(0).notes())
                .containsExactly("no price shows its decimal mark: '12.500' is taken for units and decimals, as of its"
                        + " currency");
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
        "payment_review, pending",
        "payment reviewed,"
    })
    void shouldTellWhichStatusCounts(String status, String reason) {
        assertThat(OrderStatus.leftOut(status)).isEqualTo(reason);
    }
}
