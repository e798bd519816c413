package dev.kombo.lab.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.lab.Progress;
import dev.kombo.lab.quality.data.PredictedPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HillstromProtocolTest {
    private static final int CUSTOMERS = 1_800;
    private static final List<String> ARMS = List.of("Mens E-Mail", "Womens E-Mail", "No E-Mail");

    @TempDir
    private Path folder;

    @Test
    void shouldCompareEachEMailWithNoneAndReadRowsThatLackTheLastColumn() throws Exception {
        StringBuilder csv = new StringBuilder(
                "recency,history_segment,history,mens,womens,zip_code,newbie,channel,segment,spend,visit,conversion\n");
        for (int i = 0; i < CUSTOMERS; i++) {
            String arm = ARMS.get(i % 3);
            // Every other customer who got the men's e-mail spends 50, a quarter of the others 10.
            boolean mens = i % 3 == 0;
            boolean spends = i / 3 % (mens ? 2 : 4) == 0;
            String rich = i % 10 == 0 ? "\"7) $1,000 +\"" : "1) $0 - $100";
            csv.append("%d,%s,29.99,1,0,Urban,0,Web,%s,%s,%d%s%n"
                    .formatted(
                            1 + i % 12,
                            rich,
                            arm,
                            spends ? mens ? "50.0" : "10.0" : "0.0",
                            spends ? 1 : 0,
                            i % 10 == 0 ? "" : ",0"));
        }
        Files.writeString(folder.resolve("hillstrom.csv"), csv.toString());

        SeedResult result = HillstromProtocol.open(
                        new EvaluationOptions(folder, PredictedPart.TUNE, null, ARMS.subList(0, 2), Map.of()), 50)
                .run(1, Progress.NONE);

        assertThat(result.facts())
                .containsEntry("customers", Integer.toString(CUSTOMERS))
                .containsEntry("rows left out", "none");
        Map<String, Double> mens = result.metrics().get("Mens E-Mail");
        assertThat(mens.get("plain")).isCloseTo(22.5, within(1e-9));
        assertThat(mens.get("decided-at")).isPositive();
        assertThat(mens.get("covered")).isEqualTo(1);
        assertThat(result.metrics().get("Womens E-Mail").get("plain")).isCloseTo(0, within(1e-9));
        assertThat(result.metrics().get("Mens E-Mail, planned end").get("width"))
                .as("a fixed look with half of the error")
                .isLessThan(mens.get("width"))
                .isCloseTo(2.4977 / 2.2414, within(0.1));
    }
}
