package dev.kombo.research.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.shop.data.DataFiles;
import dev.kombo.shop.data.DataSets;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
    @TempDir
    private Path folder;

    private Baskets read(Map<String, String> columns, String... rows) throws IOException {
        DataFiles.write(folder, "orders.csv", rows);
        return Baskets.orders(folder.resolve("orders.csv"), columns, null);
    }

    @Test
    void shouldSortTheOrdersOfAnyFileByTime() throws IOException {
        Baskets baskets = read(
                Map.of(),
                "household_id,basket_id,product_id,quantity,transaction_timestamp",
                "ann,2,tea,0,2017-02-01T10:00:00",
                "bob,1,tea,2,2017-01-01T10:00:00",
                "ann,2,milk,-1,2017-02-01T10:00:00",
                "ann,2,milk,7,2017-02-01T10:00:01",
                ",3,milk,1,2017-02-01T10:00:00",
                "ann,3,,1,2017-02-01T10:00:00");

        assertThat(baskets.baskets()).extracting(Basket::id).containsExactly("1", "2");
        Basket ann = baskets.baskets().get(1);
        assertThat(ann.time()).isEqualTo(Instant.parse("2017-02-01T10:00:00Z").toEpochMilli());
        assertThat(ann.lines())
                .extracting(line -> baskets.items().id(line.item()) + line.paidMinor())
                .containsExactly("tea0", "milk0");
        assertThat(baskets.counts().merged()).isEqualTo(1);
        assertThat(baskets.counts().leftOut()).isEqualTo(Map.of("missing-user", 1L, "no-item", 1L));
    }

    @Test
    void shouldTakeWhatIsBoughtAtOnceForAnOrder() throws IOException {
        Baskets baskets = read(
                Map.of("itemId", "what"),
                "shopper;time;what",
                "ann;2017-02-01 10:00;tea",
                "ann;2017-02-01 10:00;milk",
                "ann;2017-02-02 10:00;tea");

        assertThat(baskets.baskets())
                .extracting(basket -> basket.lines().size())
                .containsExactly(2, 1);
    }

    @Test
    void shouldFindTheLastOrderOfWhoHasEnough() throws IOException {
        Baskets baskets = read(
                Map.of(),
                "shopper,order,time,item",
                "ann,1,2017-02-01,tea",
                "bob,2,2017-02-02,tea",
                "ann,3,2017-02-03,tea",
                "bob,4,2017-02-04,tea",
                "ann,5,2017-02-05,tea");

        assertThat(baskets.last(3)).containsExactly("0 5");
        assertThat(baskets.last(2)).containsExactlyInAnyOrder("1 4", "0 5");
    }

    @Test
    void shouldMarkTheOrdersOfTheTestFile() throws IOException {
        DataFiles.write(
                folder, "orders.csv", "shopper,order,time,item", "ann,1,2017-02-01,tea", "bob,1,2017-02-02,tea");
        Path test = DataFiles.write(folder, "test.csv", "item;shopper;order;time", "tea;ann;2;2017-01-01");

        Baskets baskets = Baskets.orders(folder.resolve("orders.csv"), Map.of(), test);

        assertThat(baskets.baskets()).extracting(Basket::key).containsExactly("0 2", "0 1", "1 1");
        assertThat(baskets.tested()).containsExactly("0 2");
    }

    @Test
    void shouldReadTheRealFile() throws IOException {
        Baskets baskets =
                Baskets.orders(DataSets.require("completejourney/transactions_sample.csv.gz"), Map.of(), null);

        assertThat(baskets.counts().rows()).isEqualTo(75_000);
        assertThat(baskets.baskets().stream().mapToLong(Basket::time)).isSorted();
        assertThat(baskets.baskets()).hasSize(47_243);
        assertThat(baskets.last(3)).hasSize(2_160);
    }

    @Test
    void shouldNameTheColumnThatIsMissing() {
        assertThatThrownBy(() -> read(Map.of(), "shopper,order,item", "ann,1,tea"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no column for eventTime");
    }
}
