package dev.kombo.lab.data;

import static dev.kombo.lab.data.EventFiles.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.data.EventRow.TitleAndCategory;
import dev.kombo.lab.quality.data.DataFiles;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompleteJourneyTest {
    private static final String HEADER = "\"household_id\",\"store_id\",\"basket_id\",\"product_id\",\"quantity\","
            + "\"sales_value\",\"retail_disc\",\"coupon_disc\",\"coupon_match_disc\",\"week\",\"transaction_timestamp\"";

    @TempDir
    Path directory;

    @Test
    void shouldReadPurchaseWithRoundedUnitPriceWhenSeveralWereBought() {
        BehaviorEvent event = event(
                read(row("2261", "940996", "3", "10.00", "2017-01-28T14:06:53")).get(0));

        assertThat(event.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(event.getUserId()).isEqualTo("2261");
        assertThat(event.getOrderId()).isEqualTo("basket");
        assertThat(event.getItemId()).isEqualTo("940996");
        assertThat(event.getQuantity()).isEqualTo(3);
        assertThat(event.getUnitPriceMinor()).isEqualTo(333);
        assertThat(event.getCurrency()).isEqualTo("USD");
        assertThat(event.getEventTime())
                .isEqualTo(Instant.parse("2017-01-28T14:06:53Z").toEpochMilli());
    }

    @Test
    void shouldSortByTimeAndKeepLinesWhenFileIsUnordered() {
        String late = row("1", "9", "1", "1", "2017-03-01T00:00:00");
        List<EventRow> rows = read(
                late,
                row("2", "9", "1", "1", "2017-01-01T00:00:00"),
                "broken",
                late,
                row("3", "9", "1", "1", "2017-02-01T00:00:00"));

        assertThat(rows.stream().map(EventRow::line)).containsExactly(3, 4, 6, 2, 5);
        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactly("accepted", "unparsable-row", "accepted", "accepted", "duplicate-row");
        assertThat(rows.stream().map(EventRow::eventTime)).isSorted();
    }

    @Test
    void shouldWriteOutIdWhenFileHasItInScientificNotation() {
        String row = row("1", "9", "1", "1", "2017-01-01T00:00:00").replace("basket", "4.0128e+10");

        assertThat(event(read(row).get(0)).getOrderId()).isEqualTo("40128000000");
    }

    @Test
    void shouldRejectWhenNothingWasSold() {
        List<EventRow> rows = read(
                row("1", "9", "0", "4.440892e-16", "2017-01-01T00:00:00"),
                row("1", "9", "-1", "2", "2017-01-01T00:00:01"),
                row("1", "9", "1", "0", "2017-01-01T00:00:02"),
                row("1", "9", "12000", "25.0", "2017-01-01T00:00:03"));

        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactly("zero-quantity", "negative-quantity", "price-not-positive", "price-below-minor-unit");
    }

    @Test
    void shouldTakeCategoryAndTitleWhenProductsLieBeside() {
        DataFiles.write(
                directory,
                "products.csv.gz",
                "\"product_id\",\"manufacturer_id\",\"department\",\"brand\",\"product_category\",\"product_type\",\"package_size\"",
                "\"9\",\"2\",\"GROCERY\",\"National\",\"FRZN ICE\",\"ICE - CRUSHED/CUBED\",\"22 LB\"",
                "\"8\",\"2\",\"MISCELLANEOUS\",\"National\",,,");
        List<EventRow> rows = read(
                row("1", "9", "1", "1", "2017-01-01T00:00:00"),
                row("1", "8", "1", "1", "2017-01-01T00:00:01"),
                row("1", "7", "1", "1", "2017-01-01T00:00:02"));

        assertThat(rows.stream().map(row -> ((EventRow.Accepted) row).item()))
                .containsExactly(
                        new TitleAndCategory("ICE - CRUSHED/CUBED 22 LB", "FRZN ICE"),
                        new TitleAndCategory("", "MISCELLANEOUS"),
                        TitleAndCategory.NONE);
    }

    private static String row(String household, String product, String quantity, String sales, String time) {
        return "\"%s\",\"309\",\"basket\",\"%s\",%s,%s,0.43,0,0,5,\"%s\""
                .formatted(household, product, quantity, sales, time);
    }

    private List<EventRow> read(String... rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(Arrays.asList(rows));
        Path file = DataFiles.write(directory, "transactions.csv", lines.toArray(String[]::new));
        return EventFiles.read(new CompleteJourney(), file);
    }
}
