package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsTableTest {
    @TempDir
    private Path folder;

    private List<EventRow> read(String text) throws IOException {
        return EventFiles.read(new HoldingsTable(), Files.writeString(folder.resolve("h.csv"), text));
    }

    @Test
    void shouldReadARowOfACustomer() throws IOException {
        List<EventRow> rows = read("customer;born;segments;giro;card\nann;1984;premium|adult;1;1\nbob;;;0;1\n");

        assertThat(rows).hasSize(3).allMatch(row -> row instanceof EventRow.Accepted);
        List<BehaviorEvent> events = rows.stream().map(EventFiles::event).toList();
        assertThat(events)
                .extracting(event -> event.getUserId() + " " + event.getItemId())
                .containsExactlyInAnyOrder("ann giro", "ann card", "bob card");
        assertThat(events).extracting(BehaviorEvent::getEventId).doesNotHaveDuplicates();
        assertThat(events).isSortedAccordingTo((a, b) -> Long.compare(a.getEventTime(), b.getEventTime()));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getType()).isEqualTo(EventType.PURCHASE);
            assertThat(event.getUnitPriceMinor()).isNull();
            assertThat(event.getOrderId()).isNull();
            assertThat(event.getAttributes().get("segments"))
                    .isEqualTo(event.getUserId().equals("ann") ? "born=1984,premium,adult" : null);
        });
    }

    @Test
    void shouldReadARowOfAHolding() throws IOException {
        List<EventRow> rows = read(
                "customer,product,since\nann,giro,2024-03-31\nann,card,2023-01-01\nann,giro,2025-01-01\nbob,giro,x\n,giro,\n");

        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactlyInAnyOrder("accepted", "accepted", "duplicate-row", "unparsable-row", "unparsable-row");
        List<BehaviorEvent> events = rows.stream()
                .filter(row -> row instanceof EventRow.Accepted)
                .map(EventFiles::event)
                .toList();
        assertThat(events).extracting(BehaviorEvent::getItemId).containsExactly("card", "giro");
        assertThat(events.get(1).getEventTime())
                .isEqualTo(Instant.parse("2024-03-31T00:00:00Z").toEpochMilli());
        assertThat(events.get(1).getOrderId()).isEqualTo("holdings-2024-03-31");
    }

    @Test
    void shouldReadAGermanExport() throws IOException {
        Path file = Files.write(folder.resolve("bestand.csv"), """
                Kunden-Nr.;Produkt;Geburtsjahr;Eröffnungsdatum
                K1;Girokonto für alle;1984;31.03.2024
                K2;Depot;;
                """.getBytes(StandardCharsets.ISO_8859_1));

        List<BehaviorEvent> events = EventFiles.read(new HoldingsTable(), file).stream()
                .map(EventFiles::event)
                .toList();

        assertThat(events).extracting(BehaviorEvent::getItemId).containsExactly("Girokonto für alle", "Depot");
        assertThat(events.get(0).getOrderId()).isEqualTo("holdings-2024-03-31");
        assertThat(events.get(0).getAttributes()).containsEntry("segments", "born=1984");
        assertThat(events.get(1).getOrderId()).isNull();
        assertThat(new HoldingsTable().guess(file).columns())
                .contains(new GuessedColumns.Column("since", "Eröffnungsdatum", "31.03.2024", "sure"));
    }

    @Test
    void shouldTakeAllOtherColumnsOfARowOfACustomerForProducts() throws IOException {
        List<EventRow> rows = read("Kunde;Segment;Kundenkreditkarte;Dateneinsicht\nann;privat;x;\nbob;;ja;nein\n");

        assertThat(rows.stream().map(EventFiles::event))
                .extracting(event -> event.getUserId() + " " + event.getItemId())
                .containsExactlyInAnyOrder("ann Kundenkreditkarte", "bob Kundenkreditkarte");
    }

    @Test
    void shouldAskForTheCustomersBeforeAnythingStarts() throws IOException {
        Path file = Files.writeString(folder.resolve("h.csv"), "wer;giro\nann;1\n");

        assertThatThrownBy(() -> new HoldingsTable().guess(file))
                .hasMessageContaining("no column for the customer")
                .hasMessageContaining("[wer, giro]");
    }

    @Test
    void shouldRejectARowWithAnythingButZeroAndOne() throws IOException {
        List<EventRow> rows = read("customer,giro,card\nann,1,2\nbob,0,\ncid,0,1\n");

        assertThat(rows.stream().map(EventFiles::reason)).containsExactly("unparsable-row", "accepted");
        assertThat(rows)
                .first()
                .satisfies(
                        row -> assertThat(EventFiles.rejected(row).detail()).isEqualTo("expected 0 or 1, found '2'"));
    }

    @Test
    void shouldTakeColumnsOfOtherThanYesAndNoAsAttributes() throws IOException {
        StringBuilder text = new StringBuilder("ID,join_date,sex,birth_year,mail,giro,card\n");
        for (int c = 0; c < 120; c++) {
            text.append("c%d,1/%d/2019,%s,1980,c%d@x,1,%d\n".formatted(c, c % 9 + 1, c % 2 == 0 ? "F" : "", c, c % 2));
        }

        List<EventRow> rows = read(text.toString());

        assertThat(rows).hasSize(180).allMatch(row -> row instanceof EventRow.Accepted);
        assertThat(EventFiles.event(rows.get(0)).getAttributes())
                .isEqualTo(Map.of("join_date", "1/1/2019", "sex", "F", "segments", "born=1980"));
        assertThat(EventFiles.event(rows.get(179)).getAttributes()).containsOnlyKeys("join_date", "segments");
        GuessedColumns guess = new HoldingsTable().guess(folder.resolve("h.csv"));
        assertThat(guess.columns()).contains(new GuessedColumns.Column("attribute.sex", "sex", "F", "likely"));
        assertThat(HoldingsTable.attributes(guess)).containsExactly("join_date", "segments", "sex");
        assertThat(guess.unused()).containsExactly("giro", "card");
        assertThat(guess.notes()).containsExactly("column mail is not used: hardly any two of its values are the same");
    }

    @Test
    void shouldTakeFurtherColumnsOfAHoldingAsAttributes() throws IOException {
        List<EventRow> rows = read("customer,product,region\nann,giro,north\nann,card,north\nbob,giro,1\n");

        assertThat(rows.stream().map(EventFiles::event))
                .extracting(event -> event.getItemId() + event.getAttributes())
                .containsExactlyInAnyOrder("giro{region=north}", "card{region=north}", "giro{region=1}");
    }

    @Test
    void shouldBringEachProductAsAnItemAndABundleWithoutAPrice() throws IOException {
        Path file = Files.writeString(folder.resolve("h.csv"), "customer,giro,card\nann,1,0\n");
        try (EventRows rows = new HoldingsTable().open(file)) {
            assertThat(rows.catalog().items()).extracting(Item::getItemId).containsExactly("giro", "card");
            assertThat(rows.catalog().bundles()).allSatisfy(bundle -> {
                assertThat(bundle.getMembers()).hasSize(1);
                assertThat(bundle.getPriceMinor()).isZero();
                assertThat(bundle.getCurrency()).isEqualTo("XXX");
            });
        }
    }
}
