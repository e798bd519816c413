package dev.kombo.engine.event;

import dev.kombo.catalog.index.TopSelection;
import dev.kombo.ranking.ScoredCandidates;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Selects, for training, the bundles that would have ranked highest for a shopper but that the shopper did not choose:
 * what an offer would have shown instead. Half of the bundles that the chosen one is compared with in training are
 * drawn from them, because bundles drawn at random hardly ever compete with it. They are so many more than their share
 * of the catalogue that each of them, and the chosen bundle where it is as good, gets an offset: {@link
 * dev.kombo.learning.network.NetworkExample#offset}. Not thread-safe.
 */
public final class HardNegatives {
    /** As many as are retrieved for an offer by default. */
    private static final int BEST = 100;

    private final TopSelection best = new TopSelection();
    private @Nullable ScoredCandidates scored;
    private float least;
    private float offset;

    /** Number of bundles drawn at random, of all that a choice is compared with. */
    public static int random(int negatives) {
        return negatives - negatives / 2;
    }

    /**
     * Finds them.
     *
     * @param candidates scored by what would have made the offer
     * @param wanted whether a candidate was wanted
     * @param negatives bundles that the choice is compared with
     * @param bundles of the catalogue
     * @return how many of them to draw; 0 where there are none
     */
    public int load(ScoredCandidates candidates, IntPredicate wanted, int negatives, int bundles) {
        scored = candidates;
        best.reset(BEST);
        for (int c = 0; c < candidates.size(); c++) {
            if (!best.refuses(candidates.score(c)) && !wanted.test(c)) {
                best.offer(candidates.score(c), candidates.bundle(c).hash(), c);
            }
        }
        int hard = best.size() == 0 ? 0 : negatives - random(negatives);
        least = hard == 0 ? Float.POSITIVE_INFINITY : candidates.score(best.ordinal(best.size() - 1));
        offset = (float) -Math.log1p((double) hard / Math.max(1, best.size()) * bundles / random(negatives));
        return hard;
    }

    /** Their number. */
    public int size() {
        return best.size();
    }

    /** One of them, by its place. */
    public int candidate(int place) {
        return best.ordinal(place);
    }

    /** The offset of a candidate in training. */
    public float offset(int candidate) {
        return scored != null && scored.score(candidate) >= least ? offset : 0f;
    }
}
