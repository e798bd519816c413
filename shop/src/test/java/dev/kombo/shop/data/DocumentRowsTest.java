package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentRowsTest {
    @TempDir
    Path folder;

    @Test
    void shouldGiveARowForEachEventAndSayInWhichLineOneStandsThatCannotBeUsed() throws Exception {
        String order = """
                {"event": "Order Completed", "messageId": "m-1", "userId": "ann", "timestamp": "2025-11-26T08:00:00Z", \
                "properties": {"order_id": "o", "currency": "EUR", "products": [{"product_id": "a", "name": "Tea", "price": 1}, \
                {"product_id": "b", "price": 2.5}]}}
                """;
        Path file = folder.resolve("tracks.json");
        Files.writeString(file, order + "\nno JSON\n" + order);
        List<EventRow> rows = new ArrayList<>();
        try (EventRows reader = EventFileFormat.named("segment", null).open(file)) {
            for (EventRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }

        assertThat(rows).extracting(EventRow::line).containsExactly(1, 2, 3, 4, 5);
        EventRow.Accepted second = (EventRow.Accepted) rows.get(1);
        assertThat(second.event().getEventId()).isEqualTo("tracks.json:2");
        assertThat(second.event().getUnitPriceMinor()).isEqualTo(250);
        assertThat(((EventRow.Accepted) rows.get(0)).item().title()).isEqualTo("Tea");
        assertThat(rows.subList(2, 5)).allMatch(row -> row instanceof EventRow.Rejected);
        assertThat(((EventRow.Rejected) rows.get(2)).detail()).startsWith("line 3: no JSON");
        assertThat(((EventRow.Rejected) rows.get(4)).reason()).isEqualTo("duplicate-row");
    }
}
