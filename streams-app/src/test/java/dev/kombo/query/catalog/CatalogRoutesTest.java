package dev.kombo.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.Neighbor;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogRoutesTest {
    private static final long DAY = 86_400_000;

    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    private void learn(String target, float[] vector, double popularityShort, long purchases, Neighbor... neighbors) {
        sources.catalog.putModel(new EntityModel(
                target,
                vector,
                popularityShort,
                4,
                1000,
                10,
                purchases,
                -1,
                null,
                List.of(neighbors),
                EngagementCounts.NONE,
                1,
                1,
                1000,
                RepurchaseCounts.NONE,
                LevelCounts.NONE));
    }

    @Test
    void shouldOrderItemsByTheCosineOfTheirFactors() throws Exception {
        learn(Entity.ofItem("near"), new float[] {1, -2.1f}, 1, 1);
        learn(Entity.ofItem("far"), new float[] {-1, 2}, 1, 1);
        learn(Entity.ofItem("cup"), new float[] {1, -2}, 1, 1);
        learn(Entity.ofItem("tea"), new float[] {0.5f, -1f}, 1, 1);
        sources.catalog.beginGeneration(1, new float[][] {{1, 0}, {0, 1}});

        JsonNode answer = client.found("/v1/items/tea/similar?limit=2");

        assertThat(answer.path("similar").findValuesAsText("itemId")).containsExactly("cup", "near");
        assertThat(answer.path("similar").path(0).path("cosine").asDouble()).isCloseTo(1, Offset.offset(1e-6));
        assertThat(answer.path("similar").path(0).path("title").asText()).isEqualTo("Cup");
        assertThat(answer.path("reason").isNull()).isTrue();
        answer = client.found("/v1/items/far/similar");
        assertThat(answer.path("similar")).as("nothing is alike").isEmpty();
        assertThat(answer.path("reason").asText()).isEqualTo("not-enough-data");
        ApiClient.problem(404, client.get("/v1/items/nothing/similar"));
    }

    @Test
    void shouldSayHowOftenItemsAreBoughtTogether() throws Exception {
        // Touched together, and bought in no common order so far.
        learn(Entity.ofItem("cup"), new float[] {1, 0}, 1, 6, new Neighbor("pot", 0.5f, 0));
        learn(Entity.ALL, new float[] {}, 0, 28);

        JsonNode partner = client.found("/v1/items/tea/bought-together")
                .path("boughtTogether")
                .path(0);

        // 3 common orders of 7 with tea, 6 with the cup, 28 in all.
        assertThat(partner.path("orders").asInt()).isEqualTo(3);
        assertThat(partner.path("confidence").asDouble()).isCloseTo(3 / 7.0, Offset.offset(1e-9));
        assertThat(partner.path("lift").asDouble()).isCloseTo(3 * 28 / (7.0 * 6), Offset.offset(1e-9));
        assertThat(partner.path("liftLower").asDouble()).isBetween(0.5, 2.0);
        assertThat(client.found("/v1/items/cup/bought-together").path("boughtTogether"))
                .isEmpty();
    }

    @Test
    void shouldTellOnlyOfWhatMayNotBeChanceAndTheSurestFirst() throws Exception {
        learn(Entity.ALL, new float[] {}, 0, 1000);
        learn(
                Entity.ofItem("tea"),
                new float[] {1, 0},
                1,
                100,
                new Neighbor("once", 9f, 1),
                new Neighbor("often", 8f, 5),
                new Neighbor("always", 7f, 2));
        learn(Entity.ofItem("once"), new float[] {1, 0}, 1, 9);
        learn(Entity.ofItem("often"), new float[] {1, 0}, 1, 50);
        learn(Entity.ofItem("always"), new float[] {1, 0}, 1, 2);

        JsonNode answer = client.found("/v1/items/tea/bought-together");

        assertThat(answer.path("boughtTogether").findValuesAsText("itemId")).containsExactly("always", "often");
        assertThat(client.found("/v1/items/once/bought-together").path("reason").asText())
                .isEqualTo("not-enough-data");
    }

    @Test
    void shouldShowWhatRisesAndNotWhatIsMerelyPopular() throws Exception {
        // With half-lives of 3 and 14 days, a steady item has 3/14 of its long-term popularity in the short term.
        learn(Entity.ofItem("tea"), new float[] {1, 0}, 4 * 3 / 14.0, 1);
        learn(Entity.ofItem("cup"), new float[] {1, 0}, 3.5, 1);
        learn(Entity.ofItem("kettle"), new float[] {1, 0}, 2, 1);

        JsonNode answer = client.found("/v1/trending?at=1000");

        assertThat(answer.path("trending").findValuesAsText("id")).containsExactly("cup", "kettle");
        assertThat(answer.path("shortHalfLifeMillis").asLong()).isEqualTo(3 * DAY);
        JsonNode cup = answer.path("trending").path(0);
        assertThat(cup.path("popularity").asDouble()).isCloseTo(3.5, Offset.offset(1e-6));
        assertThat(cup.path("expected").asDouble()).isCloseTo(12 / 14.0, Offset.offset(1e-6));
        assertThat(cup.path("surge").asDouble())
                .isCloseTo((3.5 - 12 / 14.0) / Math.sqrt(12 / 14.0 + 1), Offset.offset(1e-6));
        // 30 days later the short-term popularity has gone ten times down by half, the long-term one about twice.
        assertThat(client.found("/v1/trending?at=" + (1000 + 30 * DAY)).path("trending"))
                .isEmpty();
        assertThat(client.found("/v1/trending?kind=bundles&at=1000")
                        .path("kind")
                        .asText())
                .isEqualTo("bundles");
        assertThat(ApiClient.problem(400, client.get("/v1/trending?kind=users"))
                        .path("detail")
                        .asText())
                .isEqualTo("kind must be one of items, bundles, found users");
    }

    @Test
    void shouldShowWhatFallsTheSteepestFirstWhenAsked() throws Exception {
        learn(Entity.ofItem("tea"), new float[] {1, 0}, 4 * 3 / 14.0, 1);
        learn(Entity.ofItem("cup"), new float[] {1, 0}, 0.25, 1);
        learn(Entity.ofItem("kettle"), new float[] {1, 0}, 0.1, 1);
        learn(Entity.ofItem("teapot"), new float[] {1, 0}, 2, 1);

        JsonNode answer = client.found("/v1/trending?direction=falling&at=1000");

        assertThat(answer.path("direction").asText()).isEqualTo("falling");
        assertThat(answer.path("trending").findValuesAsText("id")).containsExactly("kettle", "cup");
        assertThat(answer.path("trending").path(0).path("surge").asDouble())
                .isCloseTo((0.1 - 12 / 14.0) / Math.sqrt(12 / 14.0 + 1), Offset.offset(1e-6));
        // Half a year later what was touched four times is forgotten: it has nowhere to fall from.
        assertThat(client.found("/v1/trending?direction=falling&at=" + (1000 + 180 * DAY))
                        .path("trending"))
                .isEmpty();
        assertThat(client.found("/v1/trending?at=1000").path("direction").asText())
                .isEqualTo("rising");
        ApiClient.problem(400, client.get("/v1/trending?direction=sideways"));
    }
}
