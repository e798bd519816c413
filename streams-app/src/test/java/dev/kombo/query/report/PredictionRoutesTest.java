package dev.kombo.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.learning.Logistic;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.ranking.PredictedConversions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PredictionRoutesTest {
    private static final String PATH = "/v1/reports/predictions";

    private final ScriptedSources sources = new ScriptedSources();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldAnswerWhatWasPredictedAndWhatWasBoughtByDecile() throws Exception {
        PredictedConversions predictions = new PredictedConversions();
        for (int bundle = 0; bundle < 10; bundle++) {
            predictions.show(bundle - 8.0);
        }
        predictions.buy(1);
        sources.engine.models().predictedConversions(predictions);

        JsonNode report = client.found(PATH);

        assertThat(report.path("deciles")).hasSize(10);
        JsonNode best = report.at("/deciles/9");
        assertThat(best.path("bundles").asLong()).isEqualTo(1);
        assertThat(best.path("predicted").asDouble()).isCloseTo(Logistic.sigmoid(1), within(1e-3));
        assertThat(best.path("bought").asDouble()).isCloseTo(1, within(1e-3));
        assertThat(report.at("/deciles/0/bought").asDouble()).isZero();
        assertThat(report.path("calibrationError").asDouble()).isCloseTo(predictions.calibrationError(), within(1e-12));
    }

    @Test
    void shouldAnswerNothingBeforeBundlesWereSeen() throws Exception {
        JsonNode report = client.found(PATH);

        assertThat(report.path("deciles")).isEmpty();
        assertThat(report.path("calibrationError").isNull()).isTrue();
    }
}
