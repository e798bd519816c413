package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.learning.network.NetworkScorer;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.SequenceRows;
import dev.kombo.ranking.InteractionSequences;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.signals.Candidates;
import org.jspecify.annotations.Nullable;

/**
 * Rescores the best candidates by the whole network: a deep pass costs too much for all of them. Not thread-safe, since
 * it reuses buffers: one instance per thread.
 */
final class DeepReranker {
    private final InteractionSequences sequences;
    private final int most;
    private final BundleEntry[] entries;
    private final float[][] signals;
    private final float[] logits;
    private @Nullable NetworkShape shape;
    private @Nullable NetworkScorer scorer;
    private boolean[] selected = new boolean[64];

    /** @param most candidates rescored, at most */
    DeepReranker(CatalogIndex index, int most) {
        this.most = most;
        sequences = new InteractionSequences(index, most);
        entries = new BundleEntry[most];
        signals = new float[Signal.count()][most];
        logits = new float[most];
    }

    /**
     * Gives the chosen candidates the logit of the whole network, and lowers the linear scores of all others by one
     * constant, if needed, so that the best of them comes just below: their logits are not known, and a candidate that
     * was not rescored must not outrank one that was.
     *
     * @param candidates scored by the linear part
     * @param best those to be rescored
     */
    void rerank(Candidates candidates, RankingRequest request, TopSelection best) {
        Ranker ranker = request.ranker();
        int count = best.size();
        for (int p = 0; p < count; p++) {
            entries[p] = candidates.bundle(best.ordinal(p));
            candidates.copySignals(best.ordinal(p), signals, p);
        }
        SequenceRows recent = ranker.shape().kind().sequential()
                ? sequences.load(entries, count, request.behavior().recent(), request.now())
                : SequenceRows.NONE;
        scorerOf(ranker.shape()).score(ranker.weights(), signals, ShopperContext.of(request), recent, count, logits);
        float least = Float.POSITIVE_INFINITY;
        for (int p = 0; p < count; p++) {
            least = Math.min(least, logits[p]);
        }
        lowerOthers(candidates, best, least);
        for (int p = 0; p < count; p++) {
            candidates.score(best.ordinal(p), logits[p]);
        }
    }

    private void lowerOthers(Candidates candidates, TopSelection best, float least) {
        int count = best.size();
        int size = candidates.size();
        if (count == size) {
            return;
        }
        if (size > selected.length) {
            selected = new boolean[2 * size];
        }
        for (int p = 0; p < count; p++) {
            selected[best.ordinal(p)] = true;
        }
        float highest = Float.NEGATIVE_INFINITY;
        for (int c = 0; c < size; c++) {
            highest = selected[c] ? highest : Math.max(highest, candidates.score(c));
        }
        float above = Math.max(0f, highest - least);
        float below = Math.nextDown(least);
        for (int c = 0; c < size; c++) {
            if (!selected[c]) {
                candidates.score(c, Math.min(candidates.score(c) - above, below));
            }
            selected[c] = false;
        }
    }

    /** The sequence of one bundle, for a training example. */
    float[] sequence(BundleEntry entry, RankingRequest request) {
        entries[0] = entry;
        sequences.load(entries, 1, request.behavior().recent(), request.now());
        return sequences.of(0);
    }

    private NetworkScorer scorerOf(NetworkShape wanted) {
        if (scorer == null || !wanted.equals(shape)) {
            scorer = new NetworkScorer(wanted, most);
            shape = wanted;
        }
        return scorer;
    }
}
