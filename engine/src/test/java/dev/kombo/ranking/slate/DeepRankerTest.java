package dev.kombo.ranking.slate;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.identity;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.learning.network.NetworkBlock;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.InteractionSequences;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.Slate.RankedBundle;
import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 60 bundles of different popularity and factors, ranked by networks. */
class DeepRankerTest {
    private static final int BUNDLES = 60;
    private static final int RERANK = 20;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private final RankingSettings settings = Requests.settings(100, 2000, RERANK, 1);

    @BeforeEach
    void fill() {
        for (int i = 0; i < BUNDLES; i++) {
            index.putItem(item("i" + i, 100));
            index.putItem(item("own" + i, 100));
            index.putModel(model("i:i" + i, 1 + (i * 37) % 50, (float) Math.cos(i), (float) Math.sin(i)));
        }
        for (int i = 0; i < BUNDLES; i++) {
            // Neighbours share a third of their value, too little to be left out as repeating each other.
            index.putBundle(bundle("b" + i, 280, "i" + i, "i" + (i + 1) % BUNDLES, "own" + i));
        }
        index.beginGeneration(1, identity(2));
        for (int i = 0; i < 20; i++) {
            request.behavior.recent().add(StableHash.of("i:i" + i), EventType.PURCHASE, NOW - i * 3_600_000L);
        }
        request.size = 10;
    }

    /** A network with a non-zero output layer. */
    private static Ranker trained(NetworkShape.Architecture kind) {
        NetworkShape shape = Ranker.shape(kind);
        float[] weights = shape.start(Signal.priorWeights(), 7);
        int output = shape.offset(NetworkBlock.OUTPUT);
        for (int i = 0; i < shape.length(NetworkBlock.OUTPUT); i++) {
            weights[output + i] = i % 2 == 0 ? 0.7f : -0.9f;
        }
        return new Ranker(shape, weights, 3, 1f, 0f, 0f);
    }

    private static float[] scores(ScoredCandidates scored) {
        float[] scores = new float[scored.size()];
        for (int c = 0; c < scores.length; c++) {
            scores[c] = scored.score(c);
        }
        return scores;
    }

    private float[] scoreAll(Ranker ranker) {
        request.ranker = ranker;
        return scores(new SlateRanker(index, settings).scoreAll(request.build()));
    }

    /** Indexes of the best by score, best first. */
    private static List<Integer> best(float[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparing((Integer c) -> -scores[c]))
                .limit(count)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldRankExactlyAsTheLinearPartWhenTheNetworkIsFresh(NetworkShape.Architecture kind) {
        float[] linear = scoreAll(Ranker.linear(Signal.priorWeights()));
        assertThat(scoreAll(Ranker.prior(kind, 5))).containsExactly(linear);

        Slate fresh = new SlateRanker(index, settings).rank(request.build());
        request.ranker = Ranker.linear(Signal.priorWeights());
        Slate wide = new SlateRanker(index, settings).rank(request.build());
        assertThat(fresh.bundles())
                .extracting(ranked -> ranked.entry().bundle().id())
                .isEqualTo(wide.bundles().stream()
                        .map(ranked -> ranked.entry().bundle().id())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(value = NetworkShape.Architecture.class, names = "LINEAR", mode = EnumSource.Mode.EXCLUDE)
    void shouldReorderTheBestAndLetNobodyElseOutrankThem(NetworkShape.Architecture kind) {
        float[] linear = scoreAll(Ranker.linear(Signal.priorWeights()));
        float[] deep = scoreAll(trained(kind));
        assertThat(deep).hasSize(BUNDLES);
        List<Integer> reranked = best(linear, RERANK);
        assertThat(best(deep, RERANK))
                .containsExactlyInAnyOrderElementsOf(reranked)
                .isNotEqualTo(reranked);

        List<Integer> rest = best(linear, BUNDLES).subList(RERANK, BUNDLES);
        assertThat(best(deep, BUNDLES).subList(RERANK, BUNDLES)).isEqualTo(rest);
    }

    @ParameterizedTest
    @EnumSource(value = NetworkShape.Architecture.class, names = "LINEAR", mode = EnumSource.Mode.EXCLUDE)
    void shouldOfferTheBestByTheWholeNetwork(NetworkShape.Architecture kind) {
        Ranker ranker = trained(kind);
        float[] deep = scoreAll(ranker);
        SlateRanker slates = new SlateRanker(index, settings);
        Slate slate = slates.rank(request.build());
        List<Float> offered =
                slate.bundles().stream().map(ranked -> (float) ranked.score()).toList();
        assertThat(offered).isEqualTo(best(deep, 10).stream().map(c -> deep[c]).toList());
    }

    @ParameterizedTest
    @EnumSource(NetworkShape.Architecture.class)
    void shouldScoreAnewAsIfMeasuredAnew(NetworkShape.Architecture kind) {
        float[] expected = scoreAll(trained(kind));
        SlateRanker slates = new SlateRanker(index, settings);
        request.ranker = Ranker.linear(Signal.popularityWeights());
        assertThat(scores(slates.scoreAll(request.build()))).isNotEqualTo(expected);

        request.ranker = trained(kind);
        assertThat(scores(slates.rescore(request.build()))).containsExactly(expected);
    }

    @Test
    void shouldAddTheSameLogitAsTheNetworkOfOneCandidateAlone() {
        Ranker ranker = trained(NetworkShape.Architecture.DENSE);
        float[] deep = scoreAll(ranker);
        request.ranker = ranker;
        SlateRanker all = new SlateRanker(index, settings);
        ScoredCandidates scored = all.scoreAll(request.build());
        float[] context = ShopperContext.of(request.build());
        for (int c : best(deep, RERANK)) {
            assertThat(deep[c]).isCloseTo(logit(ranker, scored.standardized(c), context), within(1e-4f));
        }
    }

    /** Two dense layers, written out by hand. */
    private static float logit(Ranker ranker, float[] signals, float[] context) {
        NetworkShape shape = ranker.shape();
        float[] weights = ranker.weights();
        float[] inputs = Arrays.copyOf(signals, signals.length + context.length);
        System.arraycopy(context, 0, inputs, signals.length, context.length);
        double logit = weights[signals.length];
        for (int s = 0; s < signals.length; s++) {
            logit += weights[s] * signals[s];
        }
        double[] first = new double[shape.hidden()];
        double[] second = new double[shape.hidden()];
        for (int unit = 0; unit < shape.hidden(); unit++) {
            for (int i = 0; i < inputs.length; i++) {
                first[unit] += inputs[i] * weights[shape.offset(NetworkBlock.FIRST) + i * shape.hidden() + unit];
            }
            first[unit] = Math.max(0, first[unit]);
        }
        for (int unit = 0; unit < shape.hidden(); unit++) {
            for (int i = 0; i < shape.hidden(); i++) {
                second[unit] += first[i] * weights[shape.offset(NetworkBlock.SECOND) + i * shape.hidden() + unit];
            }
            logit += Math.max(0, second[unit]) * weights[shape.offset(NetworkBlock.OUTPUT) + unit];
        }
        return (float) logit;
    }

    @Test
    void shouldStayFiniteWhateverTheWeights() {
        for (NetworkShape.Architecture kind : NetworkShape.Architecture.values()) {
            float[] weights = new float[Ranker.shape(kind).weights()];
            Arrays.fill(weights, 1e6f);
            for (float score : scoreAll(new Ranker(Ranker.shape(kind), weights, 1, 1f, 0f, 0f))) {
                assertThat(score).isFinite();
            }
        }
    }

    @Test
    void shouldTellTheCalibratedProbability() {
        Ranker prior = Ranker.prior(NetworkShape.Architecture.DENSE, 1);
        request.ranker = new Ranker(prior.shape(), prior.weights(), 1, 0.5f, -2f, 4f);
        for (RankedBundle ranked :
                new SlateRanker(index, settings).rank(request.build()).bundles()) {
            double others = (index.bundleCount() - 1) / 4.0;
            double expected = 1 / (1 + others * Math.exp(-(0.5 * ranked.score() - 2)));
            assertThat(ranked.probability()).isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void shouldGiveTheSequenceOfABundleToSequentialRankersOnly() {
        request.ranker = trained(NetworkShape.Architecture.DENSE);
        SlateRanker ranker = new SlateRanker(index, settings);
        assertThat(ranker.sequence(request.build(), index.bundle("b3"))).isEmpty();
        request.ranker = trained(NetworkShape.Architecture.RECURRENT);
        assertThat(ranker.sequence(request.build(), index.bundle("b3")))
                .hasSize(InteractionSequences.STEPS * InteractionSequences.FEATURES);
    }

    @Test
    void shouldRefuseARankerThatIsNotOfThisVersion() {
        NetworkShape shape = Ranker.shape(NetworkShape.Architecture.DENSE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranker(shape, new float[3], 1, 1f, 0f, 0f))
                .withMessageContaining("weights.length");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranker(shape, new float[shape.weights()], 1, 0f, 0f, 0f))
                .withMessageContaining("slope");
        NetworkShape foreign =
                new NetworkShape(NetworkShape.Architecture.DENSE, Signal.count() + 1, ShopperContext.SIZE, 64, 16, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ranker(foreign, new float[foreign.weights()], 1, 1f, 0f, 0f))
                .withMessageContaining("shape");
    }
}
