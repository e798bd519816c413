package dev.kombo.research.evaluation;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.event.HardNegatives;
import dev.kombo.engine.event.RankerExample;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.shop.simulation.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Asks all methods of an evaluation to rank the catalogue for a shopper, as the service ranks: {@link SlateRanker}
 * scores all unmasked bundles by the linear part of a network, and scores the best of them, as many as the settings
 * say, again by its deep part. Baselines rank the same candidates by one of the measured signals. After all methods
 * have answered, the networks learn the relevant bundles against others. Not thread-safe.
 */
final class RankingTask {
    /** Number of bundles that each bundle taken is compared with, drawn as the service draws them. */
    static final int NEGATIVES = 4;

    private static final int RANDOM = HardNegatives.random(NEGATIVES);

    /** Draws until the random ones are given up. */
    private static final int TRIES = 8 * RANDOM;

    private static final byte[] NO_RANKS = {};

    private final SlateRanker slates;
    private final HardNegatives hard = new HardNegatives();
    private final Map<String, Baseline> baselines = new LinkedHashMap<>();
    private final Map<String, Function<Behavior, Ranker>> rankers = new LinkedHashMap<>();
    private final Networks networks;
    private final Ranker first;
    private final int positives;
    private final TopK best;
    private final long seed;

    /** Receives the answers of methods to questions. */
    @FunctionalInterface
    interface Answers {
        /**
         * Receives an answer.
         *
         * @param list the best candidates, best first
         * @param hits whether each of them is relevant
         * @param relevant number of relevant bundles
         */
        void answered(String method, List<BundleEntry> list, boolean[] hits, int relevant);
    }

    /**
     * @param methods the baselines that answer
     * @param positives most candidates per question that the networks learn from
     * @param length of the lists
     */
    RankingTask(
            CatalogIndex index,
            RankingSettings settings,
            List<String> methods,
            Map<String, Baseline> baselines,
            Networks networks,
            int positives,
            int length,
            long seed) {
        this.slates = new SlateRanker(index, settings);
        this.networks = networks;
        // A ranker that uses sequences makes examples contain them.
        this.first = networks.sequential()
                ? Ranker.prior(NetworkShape.Architecture.RECURRENT, seed)
                : Ranker.linear(Signal.priorWeights());
        this.positives = positives;
        this.best = new TopK(length, seed);
        this.seed = seed;
        this.baselines.putAll(baselines);
        this.baselines.keySet().retainAll(methods);
        networks.byMethod().forEach((method, network) -> rankers.put(method, network::ranker));
    }

    /** Adds a method that ranks by a ranker that is not trained here. */
    void add(String method, Ranker ranker) {
        rankers.put(method, behavior -> ranker);
    }

    /** Returns the request to the service's ranker for a question. */
    static RankingRequest request(Question question, Ranker ranker) {
        return new RankingRequest(
                question.behavior(),
                null,
                question.masked(),
                "evaluation",
                question.now(),
                1,
                ranker,
                SlateGoal.relevance());
    }

    /**
     * Asks all methods, then trains the networks.
     *
     * @param answers null if the question is only for training
     */
    void ask(Question question, Answers answers) {
        boolean trains = question.weight() > 0 && !networks.byMethod().isEmpty();
        if (answers == null && !trains) {
            return;
        }
        RankingRequest request = request(question, first);
        ScoredCandidates scored = slates.scoreAll(request);
        boolean[] relevant = new boolean[scored.size()];
        int count = question.unseen();
        for (int c = 0; c < relevant.length; c++) {
            relevant[c] = question.relevant().test(scored.bundle(c));
            count += relevant[c] ? 1 : 0;
        }
        List<RankerExample> examples = trains ? examples(question, request, scored, relevant) : List.of();
        if (answers != null) {
            int wanted = count;
            baselines.forEach(
                    (method, baseline) -> answer(method, best(scored, baseline), scored, relevant, wanted, answers));
            rankers.forEach((method, ranker) -> {
                ScoredCandidates again = slates.rescore(request(question, ranker.apply(question.behavior())));
                answer(method, best(again, ScoredCandidates::score), again, relevant, wanted, answers);
            });
        }
        examples.forEach(networks::learn);
    }

    /** When scored again, tied candidates keep their order. */
    private int[] best(ScoredCandidates scored, Baseline by) {
        double[] scores = new double[scored.size()];
        Arrays.setAll(scores, c -> by.score(scored, c));
        return best.select(scores);
    }

    private static void answer(
            String method, int[] best, ScoredCandidates scored, boolean[] relevant, int wanted, Answers answers) {
        boolean[] hits = new boolean[best.length];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = relevant[best[i]];
        }
        answers.answered(method, Arrays.stream(best).mapToObj(scored::bundle).toList(), hits, wanted);
    }

    private List<RankerExample> examples(
            Question question, RankingRequest request, ScoredCandidates scored, boolean[] relevant) {
        List<RankerExample> examples = new ArrayList<>();
        Draws draws = new Draws(question.name(), seed);
        int[] taken =
                IntStream.range(0, relevant.length).filter(c -> relevant[c]).toArray();
        float[] context = ShopperContext.of(request);
        Rankers contest = networks.contest();
        if (contest != null) {
            slates.rescore(request(question, contest.network()));
        }
        int drawn = hard.load(scored, c -> relevant[c], NEGATIVES, relevant.length);
        for (int positive : draws.some(taken, positives)) {
            List<Integer> choice = new ArrayList<>(List.of(positive));
            for (int i = 0; i < TRIES && choice.size() <= RANDOM; i++) {
                int other = draws.below(relevant.length);
                if (!relevant[other]) {
                    choice.add(other);
                }
            }
            for (int i = 0; i < drawn; i++) {
                choice.add(hard.candidate(draws.below(hard.size())));
            }
            float[] offsets = new float[choice.size()];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = hard.offset(choice.get(i));
            }
            List<float[]> signals = choice.stream().map(scored::standardized).toList();
            List<float[]> sequences = choice.stream()
                    .map(scored::bundle)
                    .map((BundleEntry entry) -> slates.sequence(request, entry))
                    .toList();
            examples.add(new RankerExample(
                    question.now(),
                    signals,
                    context,
                    sequences,
                    1f,
                    question.weight(),
                    Occasion.of(question.behavior()),
                    offsets,
                    // One choice of a question, as those of one basket are not independent.
                    contest == null || !examples.isEmpty()
                            ? NO_RANKS
                            : Contestant.ranks(scored, positive, contest.linear(question.behavior()))));
        }
        return examples;
    }

    /** A simple method to compare with, which scores each candidate; higher scores rank first. */
    @FunctionalInterface
    interface Baseline {
        /** Small enough to decide only ties. */
        double TIE = 1e-6;

        /** Scores a candidate. */
        double score(ScoredCandidates scored, int candidate);

        /** Ranks by one signal, as measured. */
        static Baseline of(Signal signal) {
            return (scored, candidate) -> scored.value(signal, candidate);
        }

        /** Returns this baseline with ties broken by another one, whose scores are below a million. */
        default Baseline thenBy(Baseline ties) {
            return (scored, candidate) -> score(scored, candidate) + TIE * ties.score(scored, candidate);
        }
    }

    /**
     * A question that all methods answer: which bundles of the catalogue will this shopper take next?
     *
     * @param name determines, with the seed, which bundles the networks learn from
     * @param behavior the shopper's behaviour so far
     * @param now epoch milliseconds
     * @param masked ids of bundles that are not candidates
     * @param relevant whether a candidate was taken
     * @param unseen relevant bundles that are not candidates: nobody can find them, and they count as missed
     * @param weight weight of the answer when networks learn from it; 0: they do not
     */
    record Question(
            String name,
            Behavior behavior,
            long now,
            Set<String> masked,
            Predicate<BundleEntry> relevant,
            int unseen,
            float weight) {}
}
