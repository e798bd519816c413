package dev.kombo.research.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.shop.data.DataFiles;
import dev.kombo.shop.data.DataSets;
import dev.kombo.shop.data.OnlineRetailTruth;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineRetailDataTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    @TempDir
    private Path folder;

    @Test
    void shouldGatherInvoicesInOrderOfTheirFirstLine() throws IOException {
        Baskets data = read(
                "11,10001A,LAMP,1,2011-01-02 08:00:00,2.00,7.0,UK",
                "10,10001A,LAMP,2,2011-01-01 08:00:00,2.00,8.0,UK",
                "10,10002,SHADE,1,2011-01-01 08:01:00,1.00,8.0,UK",
                "12,10003,CORD,1,2011-01-01 08:00:00,1.50,7.0,UK");

        assertThat(data.baskets().stream().map(Basket::id)).containsExactly("10", "12", "11");
        Basket first = data.baskets().get(0);
        assertThat(data.users().id(first.user())).isEqualTo("8");
        assertThat(first.time()).isEqualTo(Instant.parse("2011-01-01T08:00:00Z").toEpochMilli());
        assertThat(first.lines())
                .containsExactly(
                        new Basket.BasketLine(data.items().find("10001A"), 2, 400, 0, first.time()),
                        new Basket.BasketLine(data.items().find("10002"), 1, 100, 1, first.time() + 60_000));
        assertThat(data.baskets().get(1).user()).isEqualTo(data.baskets().get(2).user());
        assertThat(data.users().find("9")).isEqualTo(IdIndex.UNKNOWN);
    }

    @Test
    void shouldMergeLinesOfOneItemAndAccountForEachRow() throws IOException {
        Baskets data = read(
                "10,10001A,LAMP,2,2011-01-01 08:00:00,2.00,8.0,UK",
                "10,10002,SHADE,1,2011-01-01 08:00:00,1.00,8.0,UK",
                "10,10001a,LAMP,1,2011-01-01 08:02:00,1.01,8.0,UK",
                "10,10002,SHADE,1,2011-01-01 08:00:00,1.00,8.0,UK",
                "11,10001A,LAMP,1,2011-01-01 09:00:00,2.00,,UK",
                "C12,10001A,LAMP,-1,2011-01-01 09:00:00,2.00,8.0,UK",
                "13,POST,POSTAGE,1,2011-01-01 09:00:00,2.00,8.0,UK",
                "13,10001A,LAMP,0,2011-01-01 09:00:00,2.00,8.0,UK");

        assertThat(data.baskets()).hasSize(1);
        Basket basket = data.baskets().get(0);
        assertThat(basket.lines().stream().map(Basket.BasketLine::quantity)).containsExactly(3, 1);
        assertThat(basket.lines().get(0).unitPriceMinor()).as("501 pence for 3").isEqualTo(167);
        assertThat(basket.lines().get(0).time()).isEqualTo(basket.time());
        Baskets.Counts counts = data.counts();
        assertThat(counts.rows()).isEqualTo(8);
        assertThat(counts.lines()).isEqualTo(2);
        assertThat(counts.merged()).isEqualTo(1);
        assertThat(counts.leftOut())
                .isEqualTo(Map.of(
                        "anonymous",
                        1L,
                        "returned",
                        1L,
                        "duplicate-row",
                        1L,
                        "not-a-product",
                        1L,
                        "zero-quantity",
                        1L));
    }

    @Test
    void shouldShuffleLinesWhenAsked() throws IOException {
        String[] rows = IntStream.range(0, 12)
                .mapToObj(i -> "%d,%d,X,1,2011-01-01 08:00:00,2.00,8.0,UK".formatted(i < 10 ? 10 : 11, 10_000 + i))
                .toArray(String[]::new);
        Baskets data = read(rows);

        List<Basket.BasketLine> shuffled =
                data.withShuffledLines(3).baskets().get(0).lines();
        List<Basket.BasketLine> original = data.baskets().get(0).lines();
        assertThat(shuffled)
                .isNotEqualTo(original)
                .containsExactlyInAnyOrderElementsOf(original)
                .isEqualTo(data.withShuffledLines(3).baskets().get(0).lines())
                .isNotEqualTo(data.withShuffledLines(4).baskets().get(0).lines());
        assertThat(shuffled.stream().map(Basket.BasketLine::place).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void shouldRefuseWhenTheFolderHasNoOrSeveralOrOtherFiles() {
        assertThatThrownBy(() -> Baskets.onlineRetail(folder, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it lacks a file *.csv");
        DataFiles.write(folder, "a.csv", "a,b");
        assertThatThrownBy(() -> Baskets.onlineRetail(folder, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it lacks the columns [CustomerID");
        DataFiles.write(folder, "b.csv.gz", HEADER);
        assertThatThrownBy(() -> Baskets.onlineRetail(folder, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("found [a.csv, b.csv]");
    }

    @Test
    void shouldRefuseWhenNoPurchaseIsLeft() {
        assertThatThrownBy(() -> read("11,10001A,LAMP,1,2011-01-01 09:00:00,2.00,,UK"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no purchase of a known customer")
                .hasMessageContaining("anonymous=1");
    }

    @Test
    void shouldReadTheRealFile() throws IOException {
        Path file = DataSets.require("online-retail/online_retail_to_2011-09-30.csv.gz");

        Baskets data = Baskets.onlineRetail(file.getParent(), null);

        Map<String, Set<String>> expected = OnlineRetailTruth.invoicesOfCustomers(file);
        assertThat(data.baskets()).hasSize(13_081);
        Map<String, Set<String>> found = new HashMap<>();
        data.baskets().forEach(basket -> found.put(basket.id(), itemsOf(data, basket)));
        assertThat(found).isEqualTo(expected);
        assertThat(data.counts().rows()).isEqualTo(370_931);
        assertThat(data.baskets().stream().mapToLong(Basket::time))
                .isSorted()
                .allMatch(time -> time < Instant.parse("2011-10-01T00:00:00Z").toEpochMilli());
        assertThat(data.baskets().stream()
                        .mapToLong(basket -> basket.lines().size())
                        .sum())
                .isEqualTo(data.counts().lines())
                .isEqualTo(expected.values().stream().mapToLong(Set::size).sum());
        assertThat(data.users().size()).isEqualTo(3_613);
        assertThat(data.items().size()).isEqualTo(3_502);
    }

    private static Set<String> itemsOf(Baskets data, Basket basket) {
        Set<String> items = new HashSet<>();
        basket.lines().forEach(line -> items.add(data.items().id(line.item())));
        return items;
    }

    private Baskets read(String... rows) throws IOException {
        String[] lines = new String[rows.length + 1];
        lines[0] = HEADER;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        DataFiles.write(folder, "retail.csv.gz", lines);
        return Baskets.onlineRetail(folder, null);
    }
}
