package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderDiscountsTest extends Exports {
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
}
