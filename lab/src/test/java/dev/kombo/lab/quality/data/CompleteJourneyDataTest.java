package dev.kombo.lab.quality.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.lab.data.DataSets;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompleteJourneyDataTest {
    private static final String HEADER = "household_id,basket_id,product_id,quantity,sales_value,transaction_timestamp";

    @TempDir
    private Path folder;

    @Test
    void shouldGatherBasketsOfHouseholdsInOrderOfTime() throws IOException {
        DataFiles.write(
                folder,
                "transactions_sample.csv.gz",
                HEADER,
                "7,b2,101,1,3.00,2017-02-01T10:00:00",
                "8,b1,102,2,5.00,2017-01-01T10:00:00",
                "7,b2,102,1,2.00,2017-02-01T10:00:00",
                "8,b1,103,1,0,2017-01-01T10:00:00",
                "8,b3,104,1,1,2017-03-01T10:00:00");
        Baskets baskets = Baskets.completeJourney(folder, null);

        assertThat(baskets.baskets().stream().map(Basket::id)).containsExactly("b1", "b2", "b3");
        Basket first = baskets.baskets().get(0);
        assertThat(baskets.users().id(first.user())).isEqualTo("8");
        assertThat(first.lines())
                .containsExactly(new Basket.Line(baskets.items().find("102"), 2, 500, 0, first.time()));
        assertThat(baskets.counts().leftOut()).containsEntry("price-not-positive", 1L);
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatThrownBy(() -> Baskets.completeJourney(folder, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it lacks a file transactions*.csv");
    }

    @Test
    void shouldReadTheRealFiles() throws IOException {
        Path file = DataSets.require("completejourney/transactions_sample.csv.gz");

        Baskets data = Baskets.completeJourney(file.getParent(), null);

        assertThat(data.counts().rows()).isEqualTo(75_000);
        assertThat(data.baskets().stream().mapToLong(Basket::time)).isSorted();
        assertThat(data.baskets().size()).isEqualTo(46_297);
    }
}
