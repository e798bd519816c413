package dev.kombo.shop.data;

import static dev.kombo.shop.data.EventFiles.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.table.DataException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappedCsvTest {
    @TempDir
    Path directory;

    @Test
    void shouldReadEventsWhenMappingIsTheSample() throws URISyntaxException {
        Path mapping = Path.of(getClass().getResource("shop-mapping.properties").toURI());
        Path file = DataFiles.write(
                directory,
                "shop.csv",
                "customer;visit;sku;order;at;action;units;price;name;group;land",
                "anna;v1;A1;;31.07.2011 14:30;pv;;;Kettle;kitchen;DE",
                ";v2;A1;;31.07.2011 14:31;put in cart;2;;Kettle;kitchen;",
                "anna;v1;A1;o1;31.12.2011 14:32;sale;3;19,99;Kettle;kitchen;DE",
                "anna;v1;A1;o1;31.12.2011 14:32;sale;-3;19.995;Kettle;kitchen;DE",
                "anna;v1;A1;;31.07.2011 14:30;Remove-From-Cart;;;Kettle;kitchen;DE",
                "anna;v1;A1;;31.07.2011 14:30;dance;;;Kettle;kitchen;DE",
                ";;A1;;31.07.2011 14:30;pv;;;Kettle;kitchen;DE",
                "anna;v1;A1;o1;31.12.2011 14:32;sale;1.000;;Kettle;kitchen;DE",
                "anna;v1;A1;o1;31.12.2011 14:32;return;-2;19.99;Kettle;kitchen;DE",
                "anna;v1;A1;o1;31.12.2011 14:32;return;2;19.99;Kettle;kitchen;DE");

        // Rows come in order of time.
        List<EventRow> rows = EventFiles.read(EventFileFormat.named("csv", mapping), file).stream()
                .sorted(Comparator.comparingInt(EventRow::line))
                .toList();

        assertThat(rows.stream().map(EventFiles::reason))
                .containsExactly(
                        "accepted",
                        "accepted",
                        "unparsable-row",
                        "accepted",
                        "accepted",
                        "unknown-type",
                        "missing-user",
                        "unparsable-row",
                        "accepted",
                        "accepted");
        assertThat(EventFiles.rejected(rows.get(7)).detail()).contains("'1.000'", "decimal = .");
        BehaviorEvent view = event(rows.get(0));
        assertThat(view.getType()).isEqualTo(EventType.VIEW);
        assertThat(view.getQuantity()).isEqualTo(1);
        assertThat(view.getOrderId()).isNull();
        assertThat(view.getCurrency()).isNull();
        assertThat(view.getAttributes()).isEqualTo(Map.of("country", "DE"));
        assertThat(view.getEventTime())
                .isEqualTo(Instant.parse("2011-07-31T12:30:00Z").toEpochMilli());
        BehaviorEvent cart = event(rows.get(1));
        assertThat(cart.getUserId()).isNull();
        assertThat(cart.getSessionId()).isEqualTo("v2");
        assertThat(cart.getAttributes()).isEmpty();
        BehaviorEvent sale = event(rows.get(3));
        assertThat(sale.getUnitPriceMinor()).isEqualTo(2000);
        assertThat(sale.getCurrency()).isEqualTo("EUR");
        assertThat(sale.getType()).isEqualTo(EventType.RETURN);
        assertThat(sale.getQuantity()).isEqualTo(3);
        assertThat(event(rows.get(4)).getType()).isEqualTo(EventType.REMOVE_FROM_CART);
        assertThat(rows.subList(8, 10)).allSatisfy(row -> {
            assertThat(event(row).getType()).isEqualTo(EventType.RETURN);
            assertThat(event(row).getQuantity()).isEqualTo(2);
        });
    }

    @Test
    void shouldNameColumnsByNumberWhenThereIsNoHeader() {
        Path mapping = DataFiles.write(
                directory,
                "m.properties",
                "header=false",
                "columns=4",
                "delimiter=\\t",
                "userId=1",
                "itemId=2",
                "unitPrice=3",
                "eventTime=4",
                "time.format=epoch-seconds",
                "constant.type=PURCHASE",
                "constant.currency=JPY");
        Path file = DataFiles.write(directory, "shop.tsv", "anna\tA1\t250\t1000", "anna\tA1\t250");

        List<EventRow> rows = EventFiles.read(EventFileFormat.named("csv", mapping), file);

        assertThat(event(rows.get(0)).getEventTime()).isEqualTo(1_000_000);
        assertThat(event(rows.get(0)).getUnitPriceMinor())
                .as("yen have no minor unit")
                .isEqualTo(250);
        assertThat(EventFiles.reason(rows.get(1))).isEqualTo("unparsable-row");
    }

    @Test
    void shouldSortRowsWhoseTimesRunBackwards() {
        Path mapping = DataFiles.write(
                directory,
                "m.properties",
                "userId=u\nitemId=i\neventTime=t\nconstant.type=PURCHASE\ntime.format=epoch-seconds\n");
        Path file = DataFiles.write(directory, "newest.csv", "u,i,t\na,x,1772355603\na,y,bad\na,z,1772355601\n");

        List<EventRow> rows = EventFiles.read(EventFileFormat.named("csv", mapping), file);

        assertThat(rows).extracting(EventRow::line).containsExactly(4, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "userID=u, unknown key userID",
        "delimiter=;;, one character",
        "time.zone=Mars, time zone",
        "time.format=bbb, time.format",
        "price.scale=99, price.scale",
        "type.x=DANCE, a type of event",
        "constant.userId=u, both a column and a constant",
        "constant.type=DANCE, both a column and a constant",
        "header=perhaps, true or false",
        "header=false, columns",
        "itemId=nowhere, lacks the columns [nowhere]"
    })
    void shouldSayWhatIsWrongWhenMappingIsUnsound(String line, String message) {
        Path mapping = DataFiles.write(directory, "m.properties", "userId=u", "eventTime=t", "type=what", line);
        Path file = DataFiles.write(directory, "shop.csv", "u,t,what", "1,2,3");

        assertThatThrownBy(() -> EventFileFormat.named("csv", mapping).open(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldSayWhatIsMissingWhenFormatAndMappingDoNotMatch() {
        assertThatThrownBy(() -> EventFileFormat.named("csv", null)).hasMessageContaining("needs a column mapping");
        assertThatThrownBy(() -> EventFileFormat.named("online-retail", directory))
                .hasMessageContaining("takes no column mapping");
        assertThatThrownBy(() -> EventFileFormat.named("xml", null)).hasMessageContaining("known are");
        assertThat(EventFileFormat.NAMES)
                .containsExactly("online-retail", "csv", "holdings", "ga4", "segment", "snowplow");
    }
}
