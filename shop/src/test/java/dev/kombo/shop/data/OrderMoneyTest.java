package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who paid how much, where orders are odd but real. */
class OrderMoneyTest {
    private static final String SHOPIFY = "Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,"
            + "Discount Amount,Refunded Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,"
            + "Lineitem discount\n";

    @TempDir
    private Path folder;

    @Test
    void shouldNotGiveOneCustomersPurchaseToAnotherWhenARowHasNoNumber() throws IOException {
        List<EventRow> rows = read("""
            Bestellnummer;E-Mail;Datum;Artikelnummer;Preis;Menge;Status
            1;anna@x.de;01.03.2026;A1;2,50;1;abgeschlossen
            ;;;A3;1,00;1;
            ;bob@x.de;02.03.2026;A2;4,00;2;abgeschlossen
            ;bob@x.de;02.03.2026;A1;2,50;1;abgeschlossen
            3;cid@x.de;03.03.2026;A2;4,00;2;storniert
            """);

        assertThat(rows.stream()
                        .filter(EventRow.Accepted.class::isInstance)
                        .map(EventFiles::event)
                        .map(event -> event.getUserId() + " " + event.getItemId() + " " + event.getOrderId()))
                .containsExactly("anna@x.de A1 1", "anna@x.de A3 1", "bob@x.de A2 null", "bob@x.de A1 null");
    }

    @ParameterizedTest
    @CsvSource({
        "net prices; one of two comes back with its tax,                100.00, 0,     20.00, 120.00, 60.00,  5000",
        "net prices; all but a cent comes back,                         100.00, 10.00, 20.00, 130.00, 119.99, 1",
        "gross prices; one of two comes back,                           100.00, 10.00, 16.67, 110.00, 50.00,  5000",
        "shipping alone; cannot be told from a part of the goods' price, 100.00, 10.00, 0,     110.00, 10.00,  9000"
    })
    void shouldTakeARefundOffGoodsWithoutItsTax(
            String what, String goods, String shipping, String tax, String total, String refund, long revenue)
            throws IOException {
        List<EventRow> rows = read(SHOPIFY
                + "#1,a@x.de,partially_refunded,EUR,%s,%s,%s,%s,0,%s,2024-01-01 10:00:00 +0100,2,Mug,50.00,m,0\n"
                        .formatted(goods, shipping, tax, total, refund));

        assertThat(revenue(rows)).as(what).isEqualTo(revenue);
    }

    @Test
    void shouldTakeOffAnOrdersDiscountWhenALineCannotBeRead() throws IOException {
        List<EventRow> rows = read(SHOPIFY + """
            #1,a@x.de,paid,EUR,180.00,0,0,180.00,20.00,0,2024-01-01 10:00:00 +0100,1,Mug,100.00,m,0
            #1,a@x.de,,,,,,,,,2024-01-01 10:00:00 +0100,one,Pot,100.00,p,0
            """);

        assertThat(revenue(rows)).isEqualTo(9_000);
        assertThat(rows).extracting(EventFiles::reason).containsExactlyInAnyOrder("accepted", "unparsable-row");
    }

    private static long revenue(List<EventRow> rows) {
        return rows.stream()
                .filter(EventRow.Accepted.class::isInstance)
                .map(EventFiles::event)
                .mapToLong(event -> event.getUnitPriceMinor() * event.getQuantity())
                .sum();
    }

    private List<EventRow> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), text);
        ShopFiles shop = ShopFiles.guess(file, null, null, new ShopFiles.Given("EUR", "UTC", null, Map.of(), Map.of()));
        return EventFiles.read(shop, file);
    }
}
