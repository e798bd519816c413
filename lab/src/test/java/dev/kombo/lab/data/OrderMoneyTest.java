package dev.kombo.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who paid how much, where orders are odd but real. */
class OrderMoneyTest {
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

    private List<EventRow> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), text);
        ShopFiles shop = ShopFiles.guess(file, null, null, new ShopFiles.Given("EUR", "UTC", null, Map.of()));
        return EventFiles.read(shop, file);
    }
}
