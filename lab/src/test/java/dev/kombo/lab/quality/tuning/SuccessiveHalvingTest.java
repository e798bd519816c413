package dev.kombo.lab.quality.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SuccessiveHalvingTest {
    @TempDir
    private Path folder;

    private final Searches searches = new Searches();

    @Test
    void shouldComeNearTheBestValuesAndBeatTheDefaults() throws Exception {
        SearchResult result = searches.search(Searches.SPACE, searches.trial(), folder.resolve("j.jsonl"), 120, 2);

        Standing best = result.standings().get(0);
        assertThat(best.share()).isEqualTo(1);
        assertThat(best.seeds()).isEqualTo(3);
        assertThat(best.scores().mean()).isGreaterThan(0.75);
        Map<String, String> settings = best.configuration().settings();
        assertThat(Double.parseDouble(settings.get(Searches.RATE))).isBetween(0.015, 0.06);
        assertThat(Double.parseDouble(settings.get(Searches.FACTORS))).isBetween(20.0, 60.0);
        Standing defaults = result.standings().stream()
                .filter(standing -> standing.configuration().equals(Configuration.DEFAULTS))
                .findFirst()
                .orElseThrow();
        assertThat(defaults.share()).isEqualTo(1);
        assertThat(defaults.seeds()).isEqualTo(3);
        assertThat(defaults.scores().mean()).isLessThan(best.scores().mean());
        assertThat(result.failures()).isZero();
    }

    /** First bracket: 9 and the defaults at 1/9, 3 at 1/3, 1 at all, and that one twice more; the second of 27. */
    @Test
    void shouldGiveMostOfTheStreamToFewConfigurations() throws Exception {
        Map<String, Integer> runs = new ConcurrentHashMap<>();
        Trial counted = (settings, share, seed) -> {
            runs.merge(Math.round(1 / share) + " seed " + seed, 1, Integer::sum);
            return searches.trial().run(settings, share, seed);
        };

        searches.search(Searches.SPACE, counted, folder.resolve("j.jsonl"), 21, 1);

        assertThat(runs)
                .isEqualTo(Map.of(
                        "9 seed 1", 10 + 27,
                        "3 seed 1", 4 + 9,
                        "1 seed 1", 2 + 3,
                        "1 seed 2", 2 + 3,
                        "1 seed 3", 2 + 1));
    }

    @Test
    void shouldPromoteTheBestThird() throws Exception {
        Map<Map<String, String>, Double> little = new ConcurrentHashMap<>();
        Map<Map<String, String>, Double> more = new ConcurrentHashMap<>();
        Trial noted = (settings, share, seed) -> {
            double score = searches.trial().run(settings, share, seed);
            (share < 0.2 ? little : more).put(settings, score);
            return score;
        };

        searches.search(Searches.SPACE, noted, folder.resolve("j.jsonl"), 2.4, 1);

        assertThat(little).hasSize(10);
        Map<Map<String, String>, Double> drawn = new HashMap<>(little);
        drawn.remove(Map.of());
        List<Double> best = drawn.values().stream()
                .sorted((a, b) -> Double.compare(b, a))
                .limit(3)
                .toList();
        assertThat(more.keySet().stream()
                        .filter(settings -> !settings.isEmpty())
                        .map(little::get))
                .containsExactlyInAnyOrderElementsOf(best);
    }

    @Test
    void shouldEndWhenAllIsTriedAndBeTheSameOnAnyNumberOfThreads() throws Exception {
        SearchResult one = searches.search(Searches.SMALL, searches.trial(), folder.resolve("a.jsonl"), 1e5, 1);
        SearchResult four = searches.search(Searches.SMALL, searches.trial(), folder.resolve("b.jsonl"), 1e5, 4);

        assertThat(four).isEqualTo(one);
        assertThat(one.standings()).hasSize(13);
        assertThat(one.standings().get(0).configuration().settings())
                .isEqualTo(Map.of(Searches.RATE, "0.03", Searches.FACTORS, "40"));
        assertThat(one.standings().get(0).configuration().options())
                .contains("--set kombo.learning.user.rate=0.03")
                .contains("--set kombo.learning.factors=40");
    }

    /** The journal as a killed process may leave it: cut off at any byte. */
    @Test
    void shouldGoOnWhereItWasWhenTheJournalIsCutOffAnywhere() throws Exception {
        Path whole = folder.resolve("whole.jsonl");
        SearchResult expected = searches.search(Searches.SMALL, searches.trial(), whole, 1e5, 1);
        byte[] content = Files.readAllBytes(whole);
        int trials = searches.runs.get();
        assertThat(trials).isEqualTo(expected.trials());

        for (int length :
                IntStream.iterate(0, at -> at <= content.length, at -> at + 97).toArray()) {
            byte[] head = Arrays.copyOf(content, length);
            Path cut = Files.write(folder.resolve("cut.jsonl"), head);
            long kept = Math.max(
                    0,
                    new String(head, StandardCharsets.UTF_8)
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count()
                            - 1);
            searches.runs.set(0);

            SearchResult resumed = searches.search(Searches.SMALL, searches.trial(), cut, 1e5, 2);

            assertThat(resumed).as("cut at " + length).isEqualTo(expected);
            assertThat(searches.runs.get()).as("cut at " + length).isEqualTo((int) (trials - kept));
        }
    }

    @Test
    void shouldCountTheTimeOfEarlierRunsWhenResumed() throws Exception {
        Path file = folder.resolve("j.jsonl");
        SearchResult first = searches.search(Searches.SPACE, searches.trial(), file, 3, 1);
        searches.runs.set(0);
        searches.nanos.set(0);

        SearchResult again = searches.search(Searches.SPACE, searches.trial(), file, 3, 1);
        assertThat(again).isEqualTo(first);
        assertThat(searches.runs.get()).isZero();

        SearchResult longer = searches.search(Searches.SPACE, searches.trial(), file, 5, 1);
        assertThat(longer.trials()).isGreaterThan(first.trials());
        assertThat(searches.nanos.get()).as("two minutes more").isBetween(119_000_000_000L, 181_000_000_000L);
    }

    @Test
    void shouldGoOnWithTheOthersWhenATrialFails() throws Exception {
        Trial unsteady = (settings, share, seed) -> {
            if ("100".equals(settings.get(Searches.FACTORS))) {
                throw new IllegalStateException("too many");
            }
            return "16".equals(settings.get(Searches.FACTORS))
                    ? Double.NaN
                    : searches.trial().run(settings, share, seed);
        };

        SearchResult result = searches.search(Searches.SMALL, unsteady, folder.resolve("j.jsonl"), 1e5, 2);

        assertThat(result.standings()).hasSize(5).allSatisfy(standing -> assertThat(
                        standing.configuration().settings().getOrDefault(Searches.FACTORS, "40"))
                .isEqualTo("40"));
        assertThat(result.failures()).isEqualTo(8);
        assertThat(result.firstError()).containsAnyOf("IllegalStateException: too many", "the objective is NaN");
    }

    @Test
    void shouldEndWhenNothingOfTheFirstBracketSucceeds() throws Exception {
        Trial broken = (settings, share, seed) -> {
            throw new IllegalArgumentException("no such setting");
        };

        SearchResult result = searches.search(Searches.SPACE, broken, folder.resolve("j.jsonl"), 1e5, 2);

        assertThat(result.standings()).isEmpty();
        assertThat(result.failures()).isBetween(10, 20);
        assertThat(result.firstError()).isEqualTo("IllegalArgumentException: no such setting");
    }

    @Test
    void shouldHaveNoAnswerWhenThereWasNoTime() throws IOException, InterruptedException {
        SearchResult result = searches.search(Searches.SPACE, searches.trial(), folder.resolve("j.jsonl"), 0, 1);

        assertThat(result).isEqualTo(new SearchResult(List.of(), 0, 0, null));
    }
}
