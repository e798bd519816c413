package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.entity.BundleMember;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.research.evaluation.RankingTask.Baseline;
import dev.kombo.research.evaluation.RankingTask.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankingTaskTest {
    private static final int BUNDLES = 300;
    private static final long DAY = 86_400_000;
    private static final long NOW = 1_700_000_000_000L;
    private static final Map<String, Baseline> BASELINES = Map.of(
            "first",
            (scored, candidate) -> -number(scored.bundle(candidate).bundle().id()),
            "unasked",
            Baseline.of(Signal.DISCOUNT));

    private final EngineSettings settings = new EngineSettings(KomboConfig.of(Map.of()));
    private final WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
    private final Map<String, boolean[]> lists = new HashMap<>();

    RankingTaskTest() {
        for (int b = 0; b < BUNDLES; b++) {
            index.putBundle(new Bundle(
                    "b" + b,
                    "",
                    List.of(new BundleMember("i" + b, 1), new BundleMember("j" + b, 1)),
                    200,
                    200,
                    "EUR",
                    Bundle.Origin.CURATED,
                    NOW - (BUNDLES - b) * DAY));
        }
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }

    private Question question(Set<String> masked, float weight, String... relevant) {
        Set<String> ids = Set.of(relevant);
        return new Question(
                "one",
                new Behavior(settings.profile()),
                NOW,
                masked,
                entry -> ids.contains(entry.bundle().id()),
                1,
                weight);
    }

    private RankingTask task(Networks networks) {
        return new RankingTask(
                index, settings.ranking(), List.of("first", Networks.KOMBO), BASELINES, networks, 5, 3, 1);
    }

    @Test
    void shouldRankAllThatIsNotMaskedAndCountWhatNobodyCanFind() {
        task(new Networks(List.of(), settings, 1))
                .ask(question(Set.of("b0"), 0, "b0", "b2", "b9"), (method, list, hits, relevant) -> {
                    assertThat(relevant).as("b2, b9 and the unseen one").isEqualTo(3);
                    lists.put(method, hits);
                });

        assertThat(lists).containsOnlyKeys("first");
        assertThat(lists.get("first")).containsExactly(false, true, false);
    }

    @Test
    void shouldLearnWhatWasTakenAndRankByTheServicesRanker() {
        Networks networks = new Networks(List.of(Networks.KOMBO), settings, 1);
        RankingTask task = task(networks);
        Question question = question(Set.of(), 1, "b299");

        for (int i = 0; i < 400; i++) {
            task.ask(question, null);
        }
        task.ask(question, (method, list, hits, relevant) -> lists.put(method, hits));

        assertThat(lists.get(Networks.KOMBO))
                .as("the newest was taken, again and again")
                .containsExactly(true, false, false);
        Ranker learned = networks.byMethod().get(Networks.KOMBO).ranker(question.behavior());
        ScoredCandidates scored =
                new SlateRanker(index, settings.ranking()).scoreAll(RankingTask.request(question, learned));
        assertThat(scored.score(BUNDLES - 1)).isGreaterThan(scored.score(BUNDLES - 2));
    }
}
