package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Through the whole index, as the ranking reads it. */
class CooccurrenceIndexTest {
    private static final float SHRINKAGE = 3f;

    private final CatalogIndex index = new CatalogIndex(new IndexSettings(
            SHRINKAGE,
            86_400_000L,
            new PopularitySettings(86_400_000L, 86_400_000L),
            ResponseSettings.of(SettingValues.defaults())));

    private static TargetModel model(String target, float mass, String[] others, float... weights) {
        long[] hashes = new long[others.length];
        for (int i = 0; i < others.length; i++) {
            hashes[i] = StableHash.of(others[i]);
        }
        TargetModel plain = CatalogFixtures.model(target, 1, 1f);
        return new TargetModel(
                target,
                plain.vector(),
                plain.bias(),
                1,
                1,
                plain.popularityTime(),
                1,
                1,
                Item.UNKNOWN,
                null,
                List.of(),
                new Cooccurrences(hashes, weights, mass),
                1);
    }

    /** Scores above 0 by target. */
    private Map<String, Float> linksOf(String target) {
        long hash = StableHash.of(target);
        CooccurrenceLinks links = Target.isItem(target)
                ? index.cooccurrencesOfItem(index.itemOrdinal(hash))
                : index.cooccurrencesOfBundle(index.bundleOrdinal(hash));
        Map<String, Float> scores = new HashMap<>();
        for (int l = 0; l < links.size(); l++) {
            if (links.score(l) > 0) {
                String kind = links.isItem(l) ? "i:" : "b:";
                scores.put(kind + links.ordinal(l), links.score(l));
            }
        }
        return scores;
    }

    private String item(String id) {
        return "i:" + index.itemOrdinal(id);
    }

    @Test
    void shouldLinkBothTargetsOfAPairThatIsCountedOnce() {
        index.putModel(model("i:a", 4f, new String[0]));
        index.putModel(model("i:b", 9f, new String[] {"i:a"}, 2f));
        float score = 2f / (3f * 2f + SHRINKAGE);
        assertThat(linksOf("i:a")).containsExactly(Map.entry(item("b"), score));
        assertThat(linksOf("i:b")).containsExactly(Map.entry(item("a"), score));
    }

    @Test
    void shouldAddTheTwoPartsWhenSomeTouchedTheOneFirstAndSomeTheOther() {
        index.putModel(model("i:a", 4f, new String[0]));
        index.putModel(model("i:b", 9f, new String[] {"i:a"}, 2f));
        index.putModel(model("i:a", 4f, new String[] {"i:b"}, 1f));
        float score = 3f / (3f * 2f + SHRINKAGE);
        assertThat(linksOf("i:a").get(item("b"))).isCloseTo(score, within(1e-6f));
        assertThat(linksOf("i:b").get(item("a"))).isCloseTo(score, within(1e-6f));
    }

    @Test
    void shouldLinkItemsAndBundles() {
        index.putBundle(CatalogFixtures.bundle("x", 100, "a", "b"));
        index.putModel(model("i:a", 1f, new String[0]));
        index.putModel(model("b:x", 1f, new String[] {"i:a"}, 1f));
        assertThat(linksOf("i:a")).containsExactly(Map.entry("b:" + index.bundleOrdinal("x"), 1f / (1 + SHRINKAGE)));
        assertThat(linksOf("b:x")).containsExactly(Map.entry(item("a"), 1f / (1 + SHRINKAGE)));
    }

    @Test
    void shouldTakeBackWhatAModelNoLongerSays() {
        index.putModel(model("i:a", 4f, new String[0]));
        index.putModel(model("i:c", 4f, new String[] {"i:a"}, 1f));
        index.putModel(model("i:b", 9f, new String[] {"i:a", "i:c"}, 2f, 1f));
        index.putModel(model("i:b", 9f, new String[] {"i:c"}, 1f));
        assertThat(linksOf("i:a")).containsOnlyKeys(item("c"));
        index.removeModel("i:b");
        assertThat(linksOf("i:c")).containsOnlyKeys(item("a"));
        assertThat(linksOf("i:b")).isEmpty();
    }

    @Test
    void shouldLeaveOutTargetsItDoesNotKnow() {
        index.putModel(model("i:b", 9f, new String[] {"i:never-seen"}, 2f));
        assertThat(linksOf("i:b")).isEmpty();
    }

    @Test
    void shouldKeepTheStrongestLinksWhenAllPlacesAreTaken() {
        int others = CooccurrenceLinks.CAPACITY + 100;
        index.putModel(model("i:hub", 1f, new String[0]));
        for (int i = 0; i < others; i++) {
            index.putModel(model("i:o" + i, 1f, new String[] {"i:hub"}, (i + 1f) / others));
        }
        CooccurrenceLinks links = index.cooccurrencesOfItem(index.itemOrdinal("hub"));
        assertThat(links.size()).isEqualTo(CooccurrenceLinks.CAPACITY);
        Map<String, Float> scores = linksOf("i:hub");
        assertThat(scores).containsKey(item("o" + (others - 1))).doesNotContainKey(item("o0"));
        for (int i = 100; i < others; i++) {
            assertThat(scores).containsKey(item("o" + i));
        }
    }

    @Test
    void shouldShowOnlyWholeLinksToOtherThreadsWhileItIsWritten() throws InterruptedException, ExecutionException {
        int targets = 200;
        for (int i = 0; i < targets; i++) {
            index.putModel(model("i:t" + i, 1f, new String[0]));
        }
        AtomicBoolean writing = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> readers =
                    List.of(threads.submit(() -> read(writing)), threads.submit(() -> read(writing)));
            try {
                for (int round = 1; round <= 40; round++) {
                    for (int i = 0; i < targets; i++) {
                        String[] others = {"i:t" + (i + round) % targets, "i:t" + (i + 7 * round) % targets};
                        index.putModel(model("i:t" + i, 1f, others, 1f, 0.5f));
                    }
                }
            } finally {
                writing.set(false);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(linksOf("i:t0")).isNotEmpty();
    }

    private long read(AtomicBoolean writing) {
        long seen = 0;
        boolean last = false;
        while (!last) {
            last = !writing.get();
            int items = index.itemCount();
            for (int ordinal = 0; ordinal < items; ordinal++) {
                CooccurrenceLinks links = index.cooccurrencesOfItem(ordinal);
                int size = links.size();
                for (int l = 0; l < size; l++) {
                    assertThat(links.isItem(l)).isTrue();
                    assertThat(links.ordinal(l)).isBetween(0, items - 1);
                    assertThat(links.score(l)).isBetween(0f, 3f);
                    seen++;
                }
            }
        }
        return seen;
    }

    @Test
    void shouldForgetACountThatWasTakenBackBeforeItsTargetCame() {
        index.putModel(model("i:a", 4f, new String[] {"i:b"}, 5f));
        index.putItem(CatalogFixtures.item("b", 100));
        index.putModel(model("i:a", 4f, new String[0]));
        index.putModel(model("i:b", 9f, new String[0]));

        assertThat(linksOf("i:a")).isEmpty();
        assertThat(linksOf("i:b")).isEmpty();
    }

    @Test
    void shouldKeepTheStrongestLinksOfATargetThatCameAfterTheOthers() {
        int others = CooccurrenceLinks.CAPACITY + 100;
        for (int i = 0; i < others; i++) {
            index.putModel(model("i:o" + i, 1f, new String[] {"i:hub"}, (i + 1f) / others));
        }
        index.putModel(model("i:hub", 1f, new String[0]));

        CooccurrenceLinks links = index.cooccurrencesOfItem(index.itemOrdinal("hub"));
        assertThat(links.size()).isEqualTo(CooccurrenceLinks.CAPACITY);
        float weakest = Float.POSITIVE_INFINITY;
        for (int l = 0; l < links.size(); l++) {
            weakest = Math.min(weakest, links.score(l));
        }
        assertThat(weakest)
                .isCloseTo((others - CooccurrenceLinks.CAPACITY + 1f) / others / (1 + SHRINKAGE), within(1e-6f));
    }

    @Test
    void shouldScoreTheSameInWhateverOrderModelsCame() {
        List<TargetModel> latest = List.of(
                model("i:a", 4f, new String[] {"i:b"}, 1f),
                model("i:b", 9f, new String[] {"i:a", "b:x", "i:never-seen"}, 2f, 3f, 1f),
                model("i:c", 25f, new String[] {"b:x", "i:a"}, 4f, 2f),
                model("b:x", 16f, new String[] {"i:a", "i:c"}, 1f, 2f));
        CatalogIndex grown = index;
        // Earlier models are replaced, and masses grow after a pair was scored.
        grown.putModel(model("i:c", 1f, new String[] {"i:b"}, 7f));
        grown.putModel(model("i:a", 1f, new String[0]));
        latest.forEach(grown::putModel);
        Map<String, Map<String, Float>> expected = scoresById(grown);

        for (int shift = 1; shift < latest.size(); shift++) {
            CatalogIndex restarted = new CatalogIndex(new IndexSettings(
                    SHRINKAGE,
                    86_400_000L,
                    new PopularitySettings(86_400_000L, 86_400_000L),
                    ResponseSettings.of(SettingValues.defaults())));
            for (int i = 0; i < latest.size(); i++) {
                restarted.putModel(latest.get((i + shift) % latest.size()));
            }
            assertThat(scoresById(restarted)).isEqualTo(expected);
        }
        assertThat(expected.get("i:a").get("i:b")).isCloseTo(3f / (2 * 3 + SHRINKAGE), within(1e-6f));
        assertThat(expected.get("b:x").get("i:c")).isCloseTo(6f / (4 * 5 + SHRINKAGE), within(1e-6f));
    }

    private static Map<String, Map<String, Float>> scoresById(CatalogIndex index) {
        Map<String, Map<String, Float>> all = new HashMap<>();
        for (String target : List.of("i:a", "i:b", "i:c", "b:x")) {
            Map<String, Float> scores = new HashMap<>();
            long hash = StableHash.of(target);
            CooccurrenceLinks links = Target.isItem(target)
                    ? index.cooccurrencesOfItem(index.itemOrdinal(hash))
                    : index.cooccurrencesOfBundle(index.bundleOrdinal(hash));
            for (int l = 0; l < links.size(); l++) {
                for (String name : List.of("i:a", "i:b", "i:c", "b:x")) {
                    long other = StableHash.of(name);
                    int ordinal = Target.isItem(name) ? index.itemOrdinal(other) : index.bundleOrdinal(other);
                    if (links.isItem(l) == Target.isItem(name) && links.ordinal(l) == ordinal && links.score(l) > 0) {
                        scores.put(name, links.score(l));
                    }
                }
            }
            all.put(target, scores);
        }
        return all;
    }
}
