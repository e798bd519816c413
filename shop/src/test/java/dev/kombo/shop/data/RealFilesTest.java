package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts of a real file, compared with counts taken by other means: regular expressions, sets of strings, doubles. */
class RealFilesTest {
    @Test
    void shouldCountOnlineRetailAsOtherMeansDo() throws IOException {
        Path file = DataSets.require("online-retail/online_retail_to_2011-09-30.csv.gz");
        SortedMap<String, Long> expected = OnlineRetailTruth.kinds(file);

        List<EventRow> rows = EventFiles.read(new OnlineRetail(), file);
        SortedMap<String, Long> found = new TreeMap<>();
        rows.forEach(row -> found.merge(kind(row), 1L, Long::sum));

        assertThat(rows).hasSize(370_931);
        assertThat(found).isEqualTo(expected);
        assertThat(found).containsKeys("PURCHASE", "RETURN", "duplicate-row", "not-a-product", "negative-quantity");
        assertThat(found).doesNotContainKey("unparsable-row");
        assertThat(isSorted(rows)).isTrue();
    }

    private static String kind(EventRow row) {
        if (row instanceof EventRow.Accepted accepted) {
            BehaviorEvent event = accepted.event();
            boolean sound = event.getQuantity() > 0
                    && event.getUnitPriceMinor() > 0
                    && (event.getUserId() == null) != (event.getSessionId() == null);
            return sound ? event.getType().name() : "unsound";
        }
        return EventFiles.reason(row);
    }

    private static boolean isSorted(List<EventRow> rows) {
        return IntStream.range(1, rows.size())
                .allMatch(i -> rows.get(i - 1).eventTime() <= rows.get(i).eventTime());
    }
}
