package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopFilesTest {
    private static final ShopFiles.Given GERMAN = new ShopFiles.Given("EUR", "Europe/Berlin", null, Map.of(), Map.of());

    @TempDir
    private Path folder;

    @Test
    void shouldReadAGermanExportInOrderOfTime() throws IOException {
        Path orders = write("bestellungen.csv", Charset.forName("windows-1252"), """
            Bestell-Nr.;Kunden-Nr.;Datum;Artikelnummer;Stückzahl;Einzelpreis (€);Bezeichnung;Lager
            B2;K1;02.03.2026 10:15;A1;2;1.234,50 €;Käse;N
            B1;K1;01.03.2026 23:30;A1;1;8,18 €;Käse;N
            B1;K1;01.03.2026 23:30;A2;1;12,00 €;Brot;S
            """);

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        List<BehaviorEvent> events = events(files, orders);
        assertThat(events).extracting(BehaviorEvent::getOrderId).containsExactly("B1", "B1", "B2");
        BehaviorEvent last = events.get(2);
        assertThat(last.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(last.getUserId()).isEqualTo("K1");
        assertThat(last.getQuantity()).isEqualTo(2);
        assertThat(last.getUnitPriceMinor()).isEqualTo(123_450);
        assertThat(last.getCurrency()).isEqualTo("EUR");
        assertThat(Instant.ofEpochMilli(last.getEventTime())).isEqualTo("2026-03-02T09:15:00Z");
        assertThat(events.get(0).getUnitPriceMinor()).isEqualTo(818);
        assertThat(files.guesses().get(0).unused()).containsExactly("Lager");
        assertThat(files.guesses().get(0).columns())
                .contains(new GuessedColumns.Column("title", "Bezeichnung", "Käse | Brot", "sure"))
                .contains(new GuessedColumns.Column(
                        "unitPrice", "Einzelpreis (€)", "1.234,50 € | 8,18 € | 12,00 €", "sure"));
        assertThat(files.orderCount()).isEqualTo(2);
        assertThat(files.basketCount()).isEqualTo(1);
        assertThat(files.busiestUser()).isEqualTo("K1");
    }

    @Test
    void shouldNameTheFileThatIsCutOff() throws IOException {
        Path whole =
                DataFiles.write(folder, "whole.csv.gz", "date,customer_id,sku,qty,price", "2026-03-01,ann,tea,1,4");
        byte[] bytes = Files.readAllBytes(whole);
        Path part = Files.write(folder.resolve("orders.csv.gz"), Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> ShopFiles.guess(part, null, null, GERMAN))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(part + " is cut off: ");
    }

    @Test
    void shouldReadTheSameByTheMappingThatItShows() throws IOException {
        Path orders = write("orders.tsv", StandardCharsets.UTF_8, """
            date\tcustomer_id\tsku\tqty\tprice
            2026-03-01\tann\ttea\t1\t4.50
            """);
        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);
        Path mapping = write(
                "mapping.properties",
                StandardCharsets.UTF_8,
                files.guesses().get(0).mapping());

        List<BehaviorEvent> mapped = events(EventFileFormat.named("csv", mapping), orders);

        assertThat(mapped).isEqualTo(events(files, orders)).hasSize(1);
        assertThat(Instant.ofEpochMilli(mapped.get(0).getEventTime()))
                .as("a date is the start of its day in the shop's zone")
                .isEqualTo("2026-02-28T23:00:00Z");
    }

    @Test
    void shouldDecideByValuesBesideNames() throws IOException {
        StringBuilder text = new StringBuilder("product_id,ref,Customer Note,Contact,SKU,Created at,Price\n");
        for (int row = 0; row < 40; row++) {
            text.append("%d,B%d,,u%d@example.com,A%d,2026-03-%02d,1.50\n"
                    .formatted(1000 + row, row / 2, row / 4, row % 7, 1 + row / 2));
        }
        Path orders = write("orders.csv", StandardCharsets.UTF_8, text.toString());

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(files.guesses().get(0).columns())
                .extracting(column -> column.field() + " " + column.name() + " " + column.confidence())
                .contains("userId Contact by its values", "itemId SKU sure", "orderId ref by its values");
        assertThat(files.guesses().get(0).unused()).contains("product_id", "Customer Note");
        assertThat(files.guesses().get(0).columns())
                .anyMatch(column -> column.examples().equals("u***@*** | u***@*** | u***@***"));
    }

    @Test
    void shouldTakeTheIdOfAnItemsFileThatDiffersBetweenItsRows() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,tea,2026-03-01\n");
        Path items = write("items.csv", StandardCharsets.UTF_8, """
            id,Product,price,Compare Price
            tea,Drinks,2.50,
            pot,Kitchen,9.00,
            cup,Kitchen,4.00,
            """);

        ShopFiles files = ShopFiles.guess(orders, items, null, GERMAN);

        assertThat(files.guesses().get(1).columns())
                .extracting(column -> column.field() + " " + column.name())
                .contains("itemId id", "price price");
    }

    @Test
    void shouldNotCountWhatTheServiceRejects() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, """
            order,customer,date,sku,qty,price
            1,ann,2026-03-01,tea,2,4.50
            2,bob,2026-03-01,tea,0,4.50
            3,cid,2026-03-01,tea,1,-5.00
            """);
        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(events(files, orders)).as("sent, to be rejected").hasSize(3);
        assertThat(files.orderCount()).isEqualTo(1);
        assertThat(files.customerCount()).isEqualTo(1);
        assertThat(files.revenueMinor()).isEqualTo(Map.of("EUR", 900L));
    }

    @Test
    void shouldStopBeforeAFileOfWhichMuchCannotBeUsed() throws IOException {
        Path orders = write(
                "orders.csv",
                StandardCharsets.UTF_8,
                "user,item,time,price\nann,tea,2026-03-01,2.50\nbob,tea,2026-03-02,3\ncid,tea,2026-03-02,cheap\n");
        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThatThrownBy(() -> FileCheck.requireUsable(files, orders))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of the 3 rows")
                .hasMessageContaining("line 4, unitPrice")
                .hasMessageContaining("--column unitPrice=NAME");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:15:00+01:00, iso-8601",
        "2026-03-01 10:15:00, yyyy-MM-dd HH:mm:ss",
        "1.3.2026, d.M.yyyy",
        "13/3/2026 9:05, d/M/yyyy H:mm",
        "3/13/2026 9:05, M/d/yyyy H:mm",
        "20260301, yyyyMMdd",
        "1772355600, epoch-seconds",
        "1772355600000, epoch-millis"
    })
    void shouldTellHowTimesAreWritten(String time, String format) throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,tea," + time + "\n");

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(files.guesses().get(0).mapping().lines()).contains("time.format = " + format);
        assertThat(events(files, orders)).hasSize(1);
    }

    @Test
    void shouldTakeItemsAndBundlesFromTheirOwnFiles() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,tea,2026-03-01\n");
        Path items = write("items.csv", StandardCharsets.UTF_8, """
            SKU;Name;Group;Price;Einkaufspreis;Bestand;Bild
            tea;Green tea;drinks;4,50;2,10;12;https://shop.example/tea.jpg
            pot;Tea pot;kitchen;20,00;;-1;
            bad;No price;kitchen;cheap;;;
            """);
        Path bundles = write("bundles.csv", StandardCharsets.UTF_8, """
            bundle,sku,price
            set,tea,22.00
            set,pot,
            part,tea,
            part,cup,
            """);

        FileCatalog catalog;
        try (EventRows rows = ShopFiles.guess(orders, items, bundles, GERMAN).open(orders)) {
            catalog = rows.catalog();
        }

        assertThat(catalog.items()).extracting(Item::getItemId).containsExactly("tea", "pot");
        assertThat(catalog.items().get(0).getTitle()).isEqualTo("Green tea");
        assertThat(catalog.items().get(0).getCategory()).isEqualTo("drinks");
        assertThat(catalog.items().get(0).getPriceMinor()).isEqualTo(450);
        assertThat(catalog.items().get(0).getCostMinor()).isEqualTo(210);
        assertThat(catalog.items().get(0).getStock()).isEqualTo(12);
        assertThat(catalog.items().get(0).getImage()).isEqualTo("https://shop.example/tea.jpg");
        assertThat(catalog.items().get(1).getCostMinor()).isNull();
        assertThat(catalog.items().get(1).getStock()).as("sold before it came").isZero();
        assertThat(catalog.bundles()).as("one without its cup is another").hasSize(1);
        Bundle set = catalog.bundles().get(0);
        assertThat(set.getMembers()).extracting(member -> member.getItemId()).containsExactly("tea", "pot");
        assertThat(set.getListPriceMinor()).isEqualTo(2450);
        assertThat(set.getPriceMinor()).isEqualTo(2200);
        assertThat(catalog.leftOut())
                .containsExactly(
                        Map.entry("bundles.csv: unknown-member", 1L), Map.entry("items.csv: unparsable-row", 1L));
    }

    @Test
    void shouldTakeSlotsAndTiersOfPricesAsTheCatalogueDoes() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,tea,2026-03-01\n");
        Path items = write("items.csv", StandardCharsets.UTF_8, "id,price\ntea,4.50\nred,9.00\nblue,8.00\n");
        Path bundles = write("bundles.csv", StandardCharsets.UTF_8, """
            bundle,sku,title,price,slots,priceTiers
            mugs,,Any two,,"mug: 2 of red, blue",2 for 15.00
            with-tea,tea,Tea and a mug,11.00,"mug: 1 of red, blue",
            off,red,,,,10% off
            free,,,,"mug: 1 of red, blue",
            odd,,,5.00,mug: red,
            """);
        FileCatalog catalog;
        try (EventRows rows = ShopFiles.guess(orders, items, bundles, GERMAN).open(orders)) {
            catalog = rows.catalog();
        }
        assertThat(catalog.bundles())
                .extracting(
                        Bundle::getBundleId,
                        Bundle::getTitle,
                        bundle -> bundle.getMembers().size())
                .containsExactly(
                        tuple("mugs", "Any two", 0), tuple("with-tea", "Tea and a mug", 1), tuple("off", "", 1));
        assertThat(catalog.bundles().get(0).getSlots()).hasSize(1);
        assertThat(catalog.bundles().get(0).getPriceTiers())
                .singleElement()
                .satisfies(tier -> assertThat(tier.getPriceMinor()).isEqualTo(1_500));
        assertThat(catalog.bundles().get(1).getPriceMinor()).isEqualTo(1_100);
        assertThat(catalog.leftOut())
                .containsExactly(Map.entry("bundles.csv: no-price", 1L), Map.entry("bundles.csv: unparsable-row", 1L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"JPY | 900 | 2000 | 2000", "KWD | 4.500 | 20.000 | 20000", "USD | 9.00 | 20.00 | 2000"})
    void shouldReadTheMoneyOfBundlesInTheCurrencyOfTheirItems(String currency, String item, String amount, long minor)
            throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,red,2026-03-01\n");
        Path items = write(
                "items.csv",
                StandardCharsets.UTF_8,
                "id,price,currency\nred,%1$s,%2$s\nblue,%1$s,%2$s\n".formatted(item, currency));
        Path bundles = write("bundles.csv", StandardCharsets.UTF_8, """
            bundle,sku,price,slots,priceTiers
            tiers,,,"mug: 3 of red, blue",3 for %1$s
            price,,%1$s,"mug: 3 of red, blue",
            red,red,%1$s,"mug: 1 of blue",3 for %1$s
            """.formatted(amount));

        List<Bundle> read = bundles(ShopFiles.guess(orders, items, bundles, GERMAN), orders);

        assertThat(read)
                .hasSize(3)
                .allSatisfy(bundle -> assertThat(bundle.getCurrency()).isEqualTo(currency));
        assertThat(read.get(0).getPriceTiers().get(0).getPriceMinor()).isEqualTo(minor);
        assertThat(read.get(1).getPriceMinor()).isEqualTo(minor);
        assertThat(read.get(2).getPriceMinor()).isEqualTo(minor);
        assertThat(read.get(2).getPriceTiers().get(0).getPriceMinor()).isEqualTo(minor);
    }

    @Test
    void shouldReadTheMoneyOfABundleInTheCurrencyOfItsRow() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,red,2026-03-01\n");
        Path items = write("items.csv", StandardCharsets.UTF_8, "id,price,currency\nred,9.00,EUR\nblue,900,JPY\n");
        Path bundles = write("bundles.csv", StandardCharsets.UTF_8, """
            bundle,sku,price,currency,slots,priceTiers
            any,,2000,JPY,mug: 3 of category mugs,3 for 1900
            blue,blue,,,mug: 1 of category mugs,2 for 1900
            mixed,,2000,JPY,mug: 3 of category mugs,
            mixed,red,,,,
            """);

        ShopFiles shop = ShopFiles.guess(orders, items, bundles, GERMAN);

        assertThat(bundles(shop, orders))
                .extracting(
                        Bundle::getBundleId,
                        Bundle::getCurrency,
                        bundle -> bundle.getPriceTiers().get(0).getPriceMinor())
                .containsExactly(tuple("any", "JPY", 1_900L), tuple("blue", "JPY", 1_900L));
        assertThat(bundles(shop, orders).get(0).getPriceMinor()).isEqualTo(2_000);
        try (EventRows rows = shop.open(orders)) {
            assertThat(rows.catalog().leftOut()).containsExactly(Map.entry("bundles.csv: currency-differs", 1L));
        }
    }

    @Test
    void shouldNeedNoColumnOfItemsWhereBundlesHaveSlots() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,red,2026-03-01\n");
        Path items = write("items.csv", StandardCharsets.UTF_8, "id,price\nred,9.00\nblue,8.00\n");
        Path slots = write("slots.csv", StandardCharsets.UTF_8, """
            bundleId,title,slots,priceTiers
            mugs,Any two,"mug: 2 of red, blue",2 for 15.00
            none,Nothing,,2 for 15.00
            """);
        Path neither = write("neither.csv", StandardCharsets.UTF_8, "bundleId,title\nmugs,Any two\n");

        ShopFiles shop = ShopFiles.guess(orders, items, slots, GERMAN);

        assertThat(bundles(shop, orders)).extracting(Bundle::getBundleId).containsExactly("mugs");
        assertThatThrownBy(() -> ShopFiles.guess(orders, items, neither, GERMAN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column for itemId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "19,90 € | 7,00 € | 1990",
                "$19.90 | $7.00 | 1990",
                "1.299 | 49,90 | 129900",
                "1,299.00 | 49.90 | 129900",
                "EUR 19,90 | EUR 7,00 | 1990",
                "1,299 | 49.90 | 129900",
                "12 | 7 | 1200"
            })
    void shouldReadPricesAsTheyAreWritten(String price, String other, long minor) throws IOException {
        Path orders = write(
                "orders.csv",
                StandardCharsets.UTF_8,
                "user;item;time;price\nann;tea;2026-03-01;" + price + "\nann;tea;2026-03-02;" + other + "\n");

        List<BehaviorEvent> events = events(ShopFiles.guess(orders, null, null, GERMAN), orders);

        assertThat(events.get(0).getUnitPriceMinor()).isEqualTo(minor);
    }

    @Test
    void shouldSayWhereItMayWellBeWrong() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user;item;time;price\nann;tea;3/4/2026;1.299\n");

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(files.guesses().get(0).notes()).hasSize(2);
        assertThat(files.guesses().get(0).notes().get(0)).contains("'1.299' is taken for thousands");
        assertThat(files.guesses().get(0).notes().get(1)).contains("'3/4/2026'", "day is taken to come first");
        ShopFiles.Given american = new ShopFiles.Given("USD", "UTC", "M/d/yyyy", Map.of(), Map.of());
        assertThat(Instant.ofEpochMilli(events(ShopFiles.guess(orders, null, null, american), orders)
                        .get(0)
                        .getEventTime()))
                .isEqualTo("2026-03-04T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.000 | 3 | 9,90 | 1000 | 3 |",
                "1.000 | 3 | 9.90 | 1 | 3 | '1.000' in column qty is taken for units and decimals, as in prices",
                "1.000 | 3 | - | 1000 | 3 | '1.000' in column qty is taken for thousands",
                "1,000 | 3 | - | 1000 | 3 | '1,000' in column qty is taken for thousands",
                "1.000 | 3.000 | 9.90 | 1 | 3 |",
                "1.000 | 3.000 | - | 1 | 3 | '1.000' in column qty is taken for units and decimals",
                "1,000 | 3,000 | - | 1 | 3 | '1,000' in column qty is taken for units and decimals",
                "1.000 | 2.500 | - | 1000 | 2500 | '1.000' in column qty is taken for thousands",
                "1,000 | 2,500 | - | 1000 | 2500 | '1,000' in column qty is taken for thousands"
            })
    void shouldReadThousandsOrSayThatItDoubtsThem(
            String count, String other, String price, int units, int otherUnits, String note) throws IOException {
        Path orders = write(
                "orders.csv",
                StandardCharsets.UTF_8,
                "user;item;time;qty;%s%nann;tea;2026-03-01;%s;%s%nann;tea;2026-03-02;%s;%s%n"
                        .formatted(price.equals("-") ? "note" : "price", count, price, other, price));

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(events(files, orders)).extracting(BehaviorEvent::getQuantity).containsExactly(units, otherUnits);
        assertThat(files.guesses().get(0).notes()).isEqualTo(note == null ? List.of() : List.of(note));
    }

    @Test
    void shouldTakeANegativeQuantityForAReturn() throws IOException {
        Path orders =
                write("orders.csv", StandardCharsets.UTF_8, "user,item,time,qty,price\nann,tea,2026-03-01,-2,4.50\n");

        BehaviorEvent event =
                events(ShopFiles.guess(orders, null, null, GERMAN), orders).get(0);

        assertThat(event.getType()).isEqualTo(EventType.RETURN);
        assertThat(event.getQuantity()).isEqualTo(2);
    }

    @Test
    void shouldTellDaysFromMonthsByTheWholeFile() throws IOException {
        StringBuilder text = new StringBuilder("user,item,time\n");
        for (int day = 1; day <= 28; day++) {
            for (int row = 0; row < 200; row++) {
                text.append("u%d,i%d,3/%d/2026%n".formatted(row, row, day));
            }
        }
        Path orders = write("orders.csv", StandardCharsets.UTF_8, text.toString());

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(files.guesses().get(0).mapping()).contains("time.format = M/d/yyyy");
        assertThat(files.guesses().get(0).notes()).isEmpty();
        assertThat(events(files, orders)).hasSize(5600);
    }

    @Test
    void shouldNotTakeAColumnForWhatItsNameOnlyHolds() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, """
            Transaktionsnummer;Kundennummer;Name;Artikelnummer;Datum;Gesamtpreis;Aktionspreis;Order status
            T1;K1;Ann;A1;01.03.2026;12,00;1,00;shipped
            """);

        ShopFiles files = ShopFiles.guess(orders, null, null, GERMAN);

        assertThat(files.guesses().get(0).columns())
                .extracting(GuessedColumns.Column::field)
                .containsExactlyInAnyOrder("userId", "itemId", "eventTime");
        assertThat(events(files, orders).get(0).getType()).isEqualTo(EventType.PURCHASE);
        assertThatThrownBy(() -> ShopFiles.guess(
                        orders,
                        null,
                        null,
                        new ShopFiles.Given("EUR", "UTC", null, Map.of("orderId", "Trans"), Map.of())))
                .hasMessageContaining("has no column Trans");
    }

    @Test
    void shouldAskForAColumnThatItDoesNotRecognise() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "wer,was,wann\nann,tea,2026-03-01\n");

        assertThatThrownBy(() -> ShopFiles.guess(orders, null, null, GERMAN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column for eventTime")
                .hasMessageContaining("[wer, was, wann]")
                .hasMessageContaining("--column eventTime=NAME");
        ShopFiles named = ShopFiles.guess(
                orders,
                null,
                null,
                new ShopFiles.Given(
                        "EUR", "UTC", null, Map.of("userId", "wer", "itemId", "was", "eventTime", "wann"), Map.of()));
        assertThat(events(named, orders)).hasSize(1);
    }

    @Test
    void shouldSayWhatItCouldNotRead() throws IOException {
        Path orders = write("orders.csv", StandardCharsets.UTF_8, "user,item,time\nann,tea,Tuesday\n");
        Path empty = write("empty.csv", StandardCharsets.UTF_8, "user,item,time\n");

        assertThatThrownBy(() -> ShopFiles.guess(orders, null, null, GERMAN))
                .hasMessageContaining("'Tuesday' in column time");
        assertThatThrownBy(() -> ShopFiles.guess(empty, null, null, GERMAN)).hasMessageContaining("has no row");
        Path sheet = write("orders.xlsx", StandardCharsets.ISO_8859_1, "PK\u0003\u0004;\n1;2\n");
        assertThatThrownBy(() -> ShopFiles.guess(sheet, null, null, GERMAN)).hasMessageContaining("is not text");
        Path tilde = write("tilde.csv", StandardCharsets.UTF_8, "user~item\n1~2\n");
        assertThatThrownBy(() -> ShopFiles.guess(tilde, null, null, GERMAN))
                .hasMessageContaining("a single column, 'user~item'");
        assertThatThrownBy(() -> ShopFiles.guess(folder.resolve("none.csv"), null, null, GERMAN))
                .hasMessageContaining("no such file");
    }

    private static List<Bundle> bundles(ShopFiles shop, Path orders) throws IOException {
        try (EventRows rows = shop.open(orders)) {
            return rows.catalog().bundles();
        }
    }

    private static List<BehaviorEvent> events(EventFileFormat format, Path file) throws IOException {
        List<BehaviorEvent> events = new ArrayList<>();
        try (EventRows rows = format.open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                assertThat(row).isInstanceOf(EventRow.Accepted.class);
                events.add(((EventRow.Accepted) row).event());
            }
        }
        return events;
    }

    private Path write(String name, Charset charset, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, charset);
    }
}
