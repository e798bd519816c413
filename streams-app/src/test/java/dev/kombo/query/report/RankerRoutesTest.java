package dev.kombo.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RankerRoutesTest {
    private static final double THIRD = 0.5;
    private static final double SECOND = 1 / (Math.log(3) / Math.log(2));

    private final ScriptedSources sources = new ScriptedSources();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldSayWhatANewShopStartsWithWhenNoChoiceWasCounted() throws Exception {
        JsonNode report = client.found("/v1/reports/rankers");

        assertThat(report.path("occasions").findValuesAsText("occasion"))
                .containsExactly("empty-basket", "basket", "holdings");
        assertThat(report.path("occasions").findValuesAsText("inForce")).containsExactly("prior", "prior", "holdings");
        for (JsonNode occasion : report.path("occasions")) {
            assertThat(occasion.path("choices").asLong()).isZero();
            assertThat(occasion.path("history")).isEmpty();
            assertThat(occasion.path("rankers")).hasSize(Contestant.count());
            assertThat(occasion.at("/rankers/0/gain").isNull()).isTrue();
        }
    }

    @Test
    void shouldTellGainsAgainstTheRankerInForceWithTheirErrorsAndHowItWent() throws Exception {
        Contest contest = new Contest();
        for (int i = 0; i < 200; i++) {
            // Popularity is at rank 2 or 3, the others at 3: it is ahead, and takes over.
            byte[] ranks = new byte[Contestant.count()];
            Arrays.fill(ranks, (byte) 3);
            ranks[Contestant.POPULARITY.ordinal()] = (byte) (2 + i % 2);
            contest.observe(Occasion.BASKET, ranks);
            if (i == 9 || i == 199) {
                sources.engine.models().contest().published(new Contest(contest.values()), 1_000 + i);
            }
        }

        JsonNode basket = client.found("/v1/reports/rankers").path("occasions").path(1);

        assertThat(basket.path("choices").asLong()).isEqualTo(200);
        assertThat(basket.path("inForce").asText()).isEqualTo("popularity");
        JsonNode popularity = basket.at("/rankers/0");
        JsonNode prior = basket.path("rankers").path(Contestant.PRIOR.ordinal());
        double ahead = (SECOND - THIRD) / 2;
        assertThat(popularity.path("ranker").asText()).isEqualTo("popularity");
        assertThat(popularity.path("gain").asDouble()).isCloseTo(THIRD + ahead, within(1e-3));
        assertThat(popularity.path("error").asDouble()).isZero();
        assertThat(prior.path("gain").asDouble()).isCloseTo(THIRD, within(1e-9));
        assertThat(prior.path("error").asDouble()).isCloseTo(ahead / Math.sqrt(200), within(1e-4));
        assertThat(basket.path("history").findValuesAsText("time")).containsExactly("1009", "1199");
        assertThat(basket.path("history").findValuesAsText("choices")).containsExactly("10", "200");
        assertThat(basket.at("/history/0/gains")).hasSize(Contestant.count());
    }

    @Test
    void shouldNotAnswerBeforeTheModelsWereRead() throws Exception {
        sources.ready = false;

        ApiClient.problem(503, client.get("/v1/reports/rankers"));
    }
}
