package dev.kombo.shop.data;

import static dev.kombo.shop.data.EventFiles.event;
import static dev.kombo.shop.data.EventFiles.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import dev.kombo.table.DataException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnlineRetailTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    @TempDir
    Path directory;

    @Test
    void shouldReadPurchaseWhenRowIsSound() {
        EventRow.Accepted row = (EventRow.Accepted)
                read("536365,85123a,\"HOLDER, \"\"WHITE\"\"\",6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom")
                        .get(0);

        BehaviorEvent event = row.event();
        assertThat(event.getEventId()).isEqualTo("retail.csv.gz:2");
        assertThat(event.getType()).isEqualTo(EventType.PURCHASE);
        assertThat(event.getUserId()).isEqualTo("17850");
        assertThat(event.getSessionId()).isNull();
        assertThat(event.getItemId()).isEqualTo("85123A");
        assertThat(event.getOrderId()).isEqualTo("536365");
        assertThat(event.getQuantity()).isEqualTo(6);
        assertThat(event.getUnitPriceMinor()).isEqualTo(255);
        assertThat(event.getCurrency()).isEqualTo("GBP");
        assertThat(event.getEventTime())
                .isEqualTo(Instant.parse("2010-12-01T08:26:00Z").toEpochMilli());
        assertThat(row.item()).isEqualTo(new TitleAndCategory("HOLDER, \"WHITE\"", null));
    }

    @Test
    void shouldReadReturnWhenInvoiceIsCancelled() {
        BehaviorEvent event = event(read("C536379,22423,STAND,-3,2010-12-01 09:41:00,12.75,14527.0,United Kingdom")
                .get(0));

        assertThat(event.getType()).isEqualTo(EventType.RETURN);
        assertThat(event.getQuantity()).isEqualTo(3);
        assertThat(event.getOrderId()).isEqualTo("C536379");
        assertThat(event.getUnitPriceMinor()).isEqualTo(1275);
    }

    @Test
    void shouldUseInvoiceAsSessionWhenCustomerIsMissing() {
        BehaviorEvent event = event(read("536544,21773,ROLL,1,2010-12-01 14:32:00,2.51,,United Kingdom")
                .get(0));

        assertThat(event.getUserId()).isNull();
        assertThat(event.getSessionId()).isEqualTo("536544");
    }

    @ParameterizedTest
    @CsvSource({
        "'536,85123A,A,0,2010-12-01 08:26:00,2.55,1.0,UK', zero-quantity, Quantity",
        "'536,85123A,A,-1,2010-12-01 08:26:00,2.55,1.0,UK', negative-quantity, Quantity",
        "'536,85123A,A,-1,2010-12-01 08:26:00,0.0,,UK', negative-quantity, Quantity",
        "'C536,85123A,A,1,2010-12-01 08:26:00,2.55,1.0,UK', positive-cancellation, Quantity",
        "'536,85123A,A,1,2010-12-01 08:26:00,0.0,1.0,UK', price-not-positive, UnitPrice",
        "'536,85123A,A,1,2010-12-01 08:26:00,-2.5,1.0,UK', price-not-positive, UnitPrice",
        "'536,85123A,A,1,2010-12-01 08:26:00,0.001,1.0,UK', price-below-minor-unit, UnitPrice",
        "'536,POST,A,0,2010-12-01 08:26:00,0.0,1.0,UK', not-a-product, StockCode",
        "'536,85123A,A,one,2010-12-01 08:26:00,2.55,1.0,UK', unparsable-row, Quantity",
        "'536,85123A,A,1.5,2010-12-01 08:26:00,2.55,1.0,UK', unparsable-row, Quantity",
        "'536,85123A,A,1e900000000,2010-12-01 08:26:00,2.55,1.0,UK', unparsable-row, Quantity",
        "'536,85123A,A,1,2010-12-01 08:26:00,1e-900000000,1.0,UK', unparsable-row, UnitPrice",
        "'536,85123A,A,1,2010-12-01 08:26:00,,1.0,UK', unparsable-row, UnitPrice",
        "'536,85123A,A,1,2010-12-01 08:26:00,99999999999999999.99,1.0,UK', unparsable-row, UnitPrice",
        "'536,85123A,A,1,2010-02-30 08:26:00,2.55,1.0,UK', unparsable-row, InvoiceDate",
        "'536,85123A,A,1,1/12/2010 8:26,2.55,1.0,UK', unparsable-row, InvoiceDate",
        "',85123A,A,1,2010-12-01 08:26:00,2.55,1.0,UK', unparsable-row, InvoiceNo",
        "'536,85123A,A,1,2010-12-01 08:26:00,2.55,1.0', unparsable-row, row",
        "'536,85123A,A,1,2010-12-01 08:26:00,2.55,1.0,UK,x', unparsable-row, row",
        "'536,85123A,\"A\"B,1,2010-12-01 08:26:00,2.55,1.0,UK', unparsable-row, row",
        "'536,85123A,\"A,1,2010-12-01 08:26:00,2.55,1.0,UK', unparsable-row, row"
    })
    void shouldRejectWithReasonWhenRowIsUnsound(String row, String reason, String field) {
        EventRow.Rejected rejected = rejected(read(row).get(0));

        assertThat(rejected.reason()).isEqualTo(reason);
        assertThat(rejected.field()).isEqualTo(field);
        assertThat(rejected.line()).isEqualTo(2);
        assertThat(rejected.rawRow()).isEqualTo(row);
        assertThat(rejected.detail()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST",
                "DOT",
                "M",
                "m",
                "D",
                "C2",
                "BANK CHARGES",
                "AMAZONFEE",
                "CRUK",
                "PADS",
                "S",
                "B",
                "DCGS0076",
                "gift_0001_40",
                "",
                "1234",
                "1ABC3"
            })
    void shouldRejectWhenCodeIsNoProduct(String code) {
        EventRow row =
                read("536," + code + ",A,1,2010-12-01 08:26:00,2.55,1.0,UK").get(0);

        assertThat(rejected(row).reason()).isEqualTo("not-a-product");
    }

    @ParameterizedTest
    @CsvSource({"2.555,256", "2.554,255", "0.005,1", "0.29,29", "38970.0,3897000", "1.15,115", "4.5e1,4500"})
    void shouldRoundHalfUpWhenPriceHasMoreDigits(String price, long minor) {
        BehaviorEvent event = event(
                read("536,85123A,A,1,2010-12-01 08:26:00," + price + ",1.0,UK").get(0));

        assertThat(event.getUnitPriceMinor()).isEqualTo(minor);
    }

    @Test
    void shouldRejectLaterRowWhenItEqualsAnEarlierOne() {
        String sound = "536,85123A,A,1,2010-12-01 08:26:00,2.55,1.0,UK";
        String broken = "536,85123A";
        List<EventRow> rows = read(sound, broken, sound, broken, sound, sound.replace("UK", "FR"));

        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactly(
                        "accepted", "unparsable-row", "duplicate-row", "duplicate-row", "duplicate-row", "accepted");
        assertThat(rows.stream().map(EventRow::line)).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void shouldGiveTimeOfRowBeforeWhenRowHasNone() {
        List<EventRow> rows = read("536,85123A,A,0,2010-12-01 08:26:00,2.55,1.0,UK", "garbage");

        assertThat(rejected(rows.get(1)).eventTime())
                .isEqualTo(Instant.parse("2010-12-01T08:26:00Z").toEpochMilli());
    }

    @Test
    void shouldFailWithMissingColumnsWhenHeaderIsAnother() {
        Path file = DataFiles.write(directory, "other.csv", "a,b", "1,2");

        assertThatThrownBy(() -> new OnlineRetail().open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("online-retail")
                .hasMessageContaining("InvoiceNo");
    }

    private List<EventRow> read(String... rows) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        lines.addAll(Arrays.asList(rows));
        Path file = DataFiles.write(directory, "retail.csv.gz", lines.toArray(String[]::new));
        return EventFiles.read(new OnlineRetail(), file);
    }
}
