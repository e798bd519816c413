package dev.kombo.lab.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.lab.data.DataSetException;
import dev.kombo.lab.data.DataSets;
import dev.kombo.lab.quality.data.DataFiles;
import dev.kombo.lab.quality.data.OnlineRetailData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatisticsFitTest {
    private static final String HEADER =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

    @TempDir
    private Path folder;

    private final List<String> rows = new ArrayList<>(List.of(HEADER));
    private int invoices;

    private void buy(int customer, int day, String... codes) {
        invoices++;
        for (String code : codes) {
            // 1.00 for the codes of one series, 4.00 for the others.
            rows.add("%d,%s,THING,1,%s 10:00:00,%s,%d.0,UK"
                    .formatted(
                            invoices,
                            code,
                            LocalDate.of(2011, 1, 1).plusDays(day),
                            code.startsWith("10") ? "1.00" : "4.00",
                            customer));
        }
    }

    private ShopStatistics fit(String name) throws IOException {
        return StatisticsFit.of(OnlineRetailData.readFile(DataFiles.write(folder, name, rows.toArray(new String[0]))));
    }

    /**
     * Two customers with mean gaps of 2 and 8 days. Of 4 lines of later orders that could repeat, those of customer 1 all
     * do, and the first of each of customer 2's two.
     */
    @Test
    void shouldTellWhatWasBoughtHowOften() throws IOException {
        buy(1, 0, "10001A");
        buy(1, 1, "10001A");
        buy(1, 3, "10001A");
        buy(1, 6, "10001A");
        buy(2, 0, "10001A", "20001A");
        buy(2, 4, "10001A", "20002A");
        buy(2, 12, "10001A", "20003A");
        buy(2, 24, "10001A", "20004A");

        ShopStatistics fitted = fit("rows.csv.gz");

        double four = Math.log(4);
        // One item costs 100, four cost 400.
        assertThat(fitted.priceLogMean()).isCloseTo(Math.log(100) + four * 4 / 5, within(1e-9));
        assertThat(fitted.priceLogSpread()).isCloseTo(four * Math.sqrt(0.2 * 0.8), within(1e-9));
        // Half of the orders have one line, half two.
        assertThat(fitted.linesLogMean()).isCloseTo(Math.log(2) / 2, within(1e-9));
        assertThat(fitted.linesLogSpread()).isCloseTo(Math.log(2) / 2, within(1e-9));
        // Three and three of the nine lines after the first orders.
        assertThat(fitted.repeatShare()).isCloseTo(6.0 / 9, within(1e-9));
        assertThat(fitted.gapLogMean()).isCloseTo((Math.log(2) + Math.log(8)) / 2, within(1e-9));
        assertThat(fitted.gapLogSpreadBetween()).isCloseTo(Math.log(2), within(1e-9));
        // Gaps of 1, 2, 3 and of 4, 8, 12 days: the same spread, with two degrees of freedom each.
        double mean = Math.log(6) / 3;
        double squares = sq(mean) + sq(Math.log(2) - mean) + sq(Math.log(3) - mean);
        assertThat(fitted.gapLogSpreadWithin()).isCloseTo(Math.sqrt(squares / 2), within(1e-9));
        // No item is in orders enough for its partners to count.
        assertThat(fitted.copurchaseShare()).isZero();
        assertThat(fitted.described()).hasSize(10).containsEntry("share of lines that repeat", "0.667");
    }

    private static double sq(double value) {
        return value * value;
    }

    /** 40 orders: half are of two items that always go together, the others of a third. */
    @Test
    void shouldTellHowStronglyItemsGoTogetherAndHowSkewedDemandIs() throws IOException {
        for (int order = 0; order < 20; order++) {
            buy(1 + order % 4, 2 * order, "10001A", "10002A");
            buy(1 + order % 4, 2 * order + 1, "10003A");
        }
        ShopStatistics fitted = fit("rows.csv");

        // The pair is together in all of its 20 orders, and each is in half of all: nothing is left to exceed. The
        // third has no partner, so it does not count.
        assertThat(fitted.copurchaseShare()).isCloseTo(0.99, within(1e-9));
        assertThat(fitted.popularitySkew()).isZero();

        rows.subList(1, rows.size()).clear();
        for (int order = 0; order < 64; order++) {
            buy(1 + order % 4, order, "10001A");
        }
        for (int order = 0; order < 32; order++) {
            buy(1 + order % 4, order, "10002A");
        }
        // Half the demand at twice the rank.
        assertThat(fit("skewed.csv").popularitySkew()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldSayThatAFileTellsTooLittle() {
        buy(1, 0, "10001A");
        buy(1, 9, "10001A");
        assertThatThrownBy(() -> fit("rows.csv"))
                .isInstanceOf(DataSetException.class)
                .hasMessageContaining("fewer than 2 customers came on 4 days or more");
    }

    /** The statistics that are built in are those of the real file, to the digits given. */
    @Test
    void shouldHaveFittedWhatIsBuiltIn() throws IOException {
        Path file = DataSets.require("online-retail/online_retail_to_2011-09-30.csv.gz");
        assertThat(StatisticsFit.of(OnlineRetailData.readFile(file)).described())
                .isEqualTo(ShopStatistics.builtIn().described());
    }
}
