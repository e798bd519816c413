package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.EvaluationOptions.Questions;
import dev.kombo.shop.Progress;
import dev.kombo.shop.data.DataFiles;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasketPassTest {
    private static final int SHOPPERS = 40;

    @TempDir
    private Path folder;

    /** Each of 40 shoppers buys an item of their own, three times; a pair is bought by 30 others. */
    private static Invoices shop() {
        Invoices invoices = new Invoices();
        for (int round = 0; round < 3; round++) {
            for (int user = 0; user < SHOPPERS; user++) {
                invoices.add(1000 + user, user);
            }
        }
        for (int user = 0; user < 30; user++) {
            invoices.add(2000 + user, 500, 501);
        }
        return invoices;
    }

    @Test
    void shouldCountItemsNeverSoldAsMissed() throws Exception {
        Invoices invoices = shop();
        long measured = invoices.time().toEpochMilli();
        invoices.add(1007, 7, 900);

        SeedResult result = run(invoices, measured, List.of(BasketMethods.FREQUENCY), 1);

        Map<String, Double> frequency = result.metrics().get(BasketMethods.FREQUENCY);
        assertThat(frequency.get("items.recall@20")).isEqualTo(0.5);
        assertThat(frequency.get("items.capped-recall@20")).isEqualTo(0.5);
        // The own item first, of two that were bought: 1 / (1 + 1 / log2(3)).
        assertThat(frequency.get("items.ndcg@20")).isCloseTo(0.61315, within(1e-5));
        assertThat(frequency.get("items.hit-rate@20")).isEqualTo(1);
        assertThat(frequency.get("items.novel-recall@20")).isZero();
        assertThat(result.facts()).containsEntry("baskets measured", "1");
    }

    @Test
    void shouldMaskOwnedItemsForNovelOnes() throws Exception {
        Invoices invoices = shop();
        long measured = invoices.time().toEpochMilli();
        invoices.add(1007, 7, 500);

        SeedResult result = run(invoices, measured, List.of(BasketMethods.POPULARITY), 1);

        // The pair leads in popularity: 500 is found, 7 is one of 40 equals and may be; owned 7 is not asked for.
        assertThat(result.metrics().get(BasketMethods.POPULARITY).get("items.novel-recall@20"))
                .isEqualTo(1);
        assertThat(result.metrics().get(BasketMethods.POPULARITY).get("items.recall@20"))
                .isBetween(0.5, 1.0);
    }

    @Test
    void shouldMineThePairAndSeeItBoughtAndCompleted() throws Exception {
        Invoices invoices = shop();
        long measured = invoices.time().toEpochMilli();
        invoices.add(3000, 500, 501);
        invoices.add(3001, 500, 7);

        SeedResult result =
                run(invoices, measured, List.of(BasketMethods.SUPPORT, BasketMethods.CONFIDENCE, Networks.KOMBO), 1);

        assertThat(result.facts()).containsEntry("bundles found", "1").containsEntry("baskets measured", "2");
        for (String method : List.of(BasketMethods.SUPPORT, Networks.KOMBO)) {
            Map<String, Double> values = result.metrics().get(method);
            assertThat(values.get("bundles.full@10")).isEqualTo(0.5);
            assertThat(values.get("bundles.novel-full@10")).isEqualTo(1);
            assertThat(values.get("completion.completed@5")).isEqualTo(0.5);
        }
        assertThat(result.metrics().get(BasketMethods.CONFIDENCE))
                .containsOnlyKeys("completion.completed@5", "completion of small baskets.completed@5");
    }

    @Test
    void shouldLearnWhatTheShopIsAbout() throws Exception {
        Invoices invoices = shop();
        for (int round = 0; round < 4; round++) {
            for (int user = 0; user < SHOPPERS; user++) {
                invoices.add(1000 + user, user);
            }
        }
        long measured = invoices.time().toEpochMilli();
        for (int user = 0; user < SHOPPERS; user++) {
            invoices.add(1000 + user, user);
        }

        SeedResult result =
                run(invoices, measured, List.of(BasketMethods.POPULARITY, Networks.LINEAR, Networks.KOMBO), 3);

        assertThat(result.metrics().get(BasketMethods.POPULARITY).get("items.ndcg@20"))
                .isLessThan(0.5);
        assertThat(result.metrics().get(Networks.LINEAR).get("items.ndcg@20")).isGreaterThan(0.9);
        assertThat(result.metrics().get(Networks.KOMBO).get("items.ndcg@20")).isGreaterThan(0.9);
    }

    @Test
    void shouldGiveTheSameResultForTheSameSeed() throws Exception {
        Invoices invoices = shop();
        long measured = invoices.time().toEpochMilli();
        for (int user = 0; user < 10; user++) {
            invoices.add(1000 + user, user, user + 1, 500);
        }

        SeedResult first = run(invoices, measured, BasketMethods.ALL, 5);
        SeedResult again = run(invoices, measured, BasketMethods.ALL, 5);
        SeedResult other = run(invoices, measured, BasketMethods.ALL, 6);

        assertThat(again.metrics()).isEqualTo(first.metrics());
        assertThat(other.metrics()).isNotEqualTo(first.metrics());
    }

    @Test
    void shouldMeasureFromTheDateThatIsGiven() throws Exception {
        Invoices invoices = shop();
        Instant from = invoices.time();
        invoices.add(1007, 7).add(1008, 8);
        invoices.read(folder);

        SeedResult result =
                BasketProtocols.ONLINE_RETAIL.open(options(from, null)).run(1, Progress.NONE);

        assertThat(result.facts())
                .containsEntry("measured from", from.toString())
                .containsEntry("baskets measured", "2");
        assertThatThrownBy(() -> BasketProtocols.ONLINE_RETAIL.open(options(from, Instant.EPOCH)))
                .hasMessageContaining("nothing is before 1970");
        Instant end = from.plusSeconds(1);
        assertThat(BasketProtocols.ONLINE_RETAIL
                        .open(options(from, end))
                        .run(1, Progress.NONE)
                        .facts())
                .containsEntry("baskets measured", "1");
        Instant later = invoices.time();
        assertThatThrownBy(() -> BasketProtocols.ONLINE_RETAIL.open(options(later, null)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nothing from " + later + " on is there");
    }

    @Test
    void shouldAskForTheLastOrderOfEachShopperWithThree() throws Exception {
        StringBuilder rows = new StringBuilder("shopper,order,time,item\n");
        for (int order = 0; order < 3; order++) {
            for (int user = 0; user < SHOPPERS; user++) {
                rows.append("u%d,%d,2017-02-0%d,i%d\n".formatted(user, 100 * order + user, order + 1, user));
            }
        }
        // One has two orders only, another a new item that nobody bought before.
        rows.append("two,400,2017-02-01,i0\ntwo,401,2017-02-09,i1\nu7,207,2017-02-03,new\n");
        Files.writeString(folder.resolve("orders.csv"), rows);

        SeedResult result = BasketProtocols.NEXT_BASKET
                .open(new EvaluationOptions(folder, PredictedPart.TUNE, null, BasketMethods.OF_NEXT_BASKETS, Map.of()))
                .run(1, Progress.NONE);

        assertThat(result.facts()).containsEntry("baskets measured", "40").containsEntry("baskets", "122");
        Map<String, Double> frequency = result.metrics().get(BasketMethods.FREQUENCY);
        assertThat(frequency.get("items.recall@10")).isCloseTo(39.5 / 40, within(1e-9));
        assertThat(frequency.get("items.repeat-recall@20")).isEqualTo(1);
        assertThat(frequency.get("items.new-recall@20")).isZero();
        assertThat(result.metrics().get(BasketMethods.POPULARITY).get("items.recall@10"))
                .isLessThan(0.9);
        assertThat(result.metrics().get(Networks.KOMBO).get("items.repeat-recall@10"))
                .isGreaterThan(0.9);
    }

    @Test
    void shouldRefuseOrdersOfWhichNoneCanBePredicted() throws Exception {
        Files.writeString(folder.resolve("orders.csv"), "shopper,order,time,item\na,1,2017-02-01,x\n");

        assertThatThrownBy(() -> BasketProtocols.NEXT_BASKET.open(options(List.of(BasketMethods.POPULARITY))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nobody has 3 orders");
    }

    private EvaluationOptions options(List<String> methods) {
        return new EvaluationOptions(folder, PredictedPart.TUNE, null, methods, Map.of());
    }

    @Test
    void shouldAskOnlyForTheInvoicesOfTheTestPart() throws Exception {
        Invoices invoices = shop();
        invoices.read(folder);
        DataFiles.write(
                folder,
                "test.csv",
                "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
                "900001,10007,THING,1,2011-02-01 08:00:00,2.00,1007.0,UK",
                "900002,10500,THING,1,2011-12-01 08:00:00,2.00,1008.0,UK");

        SeedResult result = BasketProtocols.ONLINE_RETAIL
                .open(new EvaluationOptions(
                        folder, PredictedPart.TEST, null, List.of(BasketMethods.POPULARITY), Map.of()))
                .run(1, Progress.NONE);

        assertThat(result.facts()).containsEntry("baskets measured", "2").containsEntry("baskets", "152");
    }

    private EvaluationOptions options(Instant from, Instant until) {
        return new EvaluationOptions(
                folder,
                PredictedPart.TUNE,
                null,
                List.of(BasketMethods.POPULARITY),
                Map.of(),
                1,
                from,
                until,
                false,
                Map.of(),
                Questions.NONE);
    }

    @Test
    void shouldEndWhenInterrupted() throws Exception {
        BasketPass run =
                new BasketPass(shop().read(folder), "GBP", basket -> true, false, options(List.of(Networks.KOMBO)), 1);

        assertThatThrownBy(() -> run.run((done, total) -> Thread.currentThread().interrupt()))
                .isInstanceOf(InterruptedException.class);
    }

    private SeedResult run(Invoices invoices, long measureFrom, List<String> methods, long seed)
            throws IOException, InterruptedException {
        return new BasketPass(
                        invoices.read(folder),
                        "GBP",
                        basket -> basket.time() >= measureFrom,
                        false,
                        options(methods),
                        seed)
                .run(Progress.NONE);
    }
}
