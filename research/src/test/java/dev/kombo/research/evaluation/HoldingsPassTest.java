package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.research.data.PredictedPart;
import dev.kombo.shop.data.LifeStages;
import dev.kombo.table.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldingsPassTest {
    @TempDir
    private Path folder;

    private SeedResult run(long seed) throws Exception {
        return HoldingsPass.PROTOCOL
                .open(new EvaluationOptions(folder, PredictedPart.TUNE, null, HoldingsPass.METHODS, Map.of()))
                .run(seed, (done, total) -> {});
    }

    /** Who holds one of four products holds all; what is drawn is always found by what is held together. */
    @Test
    void shouldFindWhatIsHeldTogether() throws Exception {
        StringBuilder rows = new StringBuilder("customer,a1,a2,a3,a4,b1,b2,b3,b4\n");
        for (int c = 0; c < 60; c++) {
            rows.append('c').append(c).append(c % 2 == 0 ? ",1,1,1,1,0,0,0,0\n" : ",0,0,0,0,1,1,1,1\n");
        }
        Files.writeString(folder.resolve("holdings.csv"), rows);

        Map<String, Map<String, Double>> metrics = run(1).metrics();

        assertThat(metrics.get("cooccurrence").get("recall@1")).isEqualTo(1);
        assertThat(metrics.get("cosine").get("recall@1")).isEqualTo(1);
        assertThat(metrics.get("popularity").get("recall@1")).isLessThan(0.9);
    }

    @Test
    void shouldRankFarBetterThanChanceAndTheSameEachTime() throws Exception {
        LifeStages.write(folder.resolve("holdings.csv"), 400, 3);

        SeedResult first = run(1);

        assertThat(first.facts()).containsEntry("products", "26");
        // Three of some twenty that a customer does not hold.
        assertThat(first.metrics().get("kombo").get("recall@3")).isGreaterThan(0.3);
        assertThat(run(1).metrics()).isEqualTo(first.metrics());
        assertThat(run(2).metrics()).isNotEqualTo(first.metrics());
    }

    /** Of ann and bob all products are learned from; dan has no second product. */
    @Test
    void shouldAskOnlyForTheCustomersOfTheTestPart() throws Exception {
        Files.writeString(folder.resolve("holdings.csv"), "customer,giro,card\nann,1,1\nbob,1,1\n");
        Path test = Files.writeString(folder.resolve("later.csv"), "customer,giro,card\ncid,1,1\ndan,1,0\n");

        SeedResult result = HoldingsPass.PROTOCOL
                .open(new EvaluationOptions(folder, PredictedPart.TEST, test, HoldingsPass.METHODS, Map.of()))
                .run(1, (done, total) -> {});

        assertThat(result.facts()).containsEntry("customers", "4").containsEntry("customers asked about", "1");
        assertThat(result.metrics().get("cooccurrence").get("recall@1")).isEqualTo(1);
    }

    @Test
    void shouldRefuseATableInWhichNothingCanBePredicted() throws Exception {
        Files.writeString(folder.resolve("holdings.csv"), "customer,giro,card\nann,1,0\n");

        assertThatThrownBy(() -> run(1)).isInstanceOf(DataException.class).hasMessageContaining("holds two products");
    }
}
