package dev.kombo.ranking.contest;

import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rankers that compete: rules of thumb, the starting weights, and what was learned. All but the last one rank by
 * weights of the signals.
 */
public enum Contestant {
    /** The most popular bundles. */
    POPULARITY("popularity", Map.of(Signal.POPULARITY_LONG, 1f)),
    /** What the shopper bought most often, then by popularity. */
    OWN_FREQUENCY("own-frequency", Map.of(Signal.OWN_COUNT, 1f, Signal.POPULARITY_LONG, 0.002f)),
    /** The largest share of the bundle in the basket. */
    OVERLAP("overlap", Map.of(Signal.BASKET_SHARE, 1f)),
    /** The largest sum of co-purchase shares with the shopper's items, then by popularity. */
    NEIGHBORS("neighbors", Map.of(Signal.NEIGHBOR_SHARES, 1f, Signal.POPULARITY_LONG, 0.002f)),
    /** The best fit to what a customer holds and does not hold. */
    HOLDINGS("holdings", Map.of(Signal.HOLDINGS_LIKELIHOOD, 1f, Signal.POPULARITY_LONG, 0.002f)),
    /** The starting weights. */
    PRIOR("prior", null),
    /** The weights that were trained on the choices of this occasion. */
    LINEAR("linear", null),
    /** The network that was trained on all choices. */
    DEEP("deep", null);

    private static final Contestant[] CONTESTANTS = values();
    private static final float[] PRIOR_WEIGHTS = Signal.priorWeights();

    /** The largest number that an octet holds. */
    private static final int LOWEST_RANK = (1 << Byte.SIZE) - 1;

    private final String label;

    /** Never written. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final float @Nullable [] fixed;

    Contestant(String label, @Nullable Map<Signal, Float> fixed) {
        this.label = label;
        float[] weights = new float[Signal.count() + 1];
        if (fixed != null) {
            fixed.forEach((signal, weight) -> weights[signal.ordinal()] = weight);
        }
        this.fixed = fixed == null ? null : weights;
    }

    /** Stable name, as in metrics, offers and on the page. */
    public String label() {
        return label;
    }

    /** Number of contestants. */
    public static int count() {
        return CONTESTANTS.length;
    }

    /** The contestant with an ordinal; the starting weights where there is none. */
    public static Contestant of(int ordinal) {
        return ordinal >= 0 && ordinal < CONTESTANTS.length ? CONTESTANTS[ordinal] : PRIOR;
    }

    /**
     * Weights of one that has no deep part, one per signal, then the intercept. Not to be written.
     *
     * @param linear those trained on the occasion
     */
    public float[] weights(float[] linear) {
        return this == PRIOR ? PRIOR_WEIGHTS : fixed == null ? linear : fixed;
    }

    /**
     * The rank that each contestant gives a candidate among all candidates, from 1; candidates that tie share the mean
     * of their ranks. Bytes without a sign: 255 stands for all ranks from there on.
     *
     * @param scored by the network
     * @param chosen the candidate
     * @param linear weights trained on the occasion
     */
    public static byte[] ranks(ScoredCandidates scored, int chosen, float[] linear) {
        byte[] ranks = new byte[CONTESTANTS.length];
        float[] scores = new float[scored.size()];
        for (Contestant contestant : CONTESTANTS) {
            for (int c = 0; c < scores.length && contestant == DEEP; c++) {
                scores[c] = scored.score(c);
            }
            if (contestant != DEEP) {
                scored.combine(contestant.weights(linear), 0f, scores);
            }
            ranks[contestant.ordinal()] = (byte) Math.min(LOWEST_RANK, rank(scores, chosen));
        }
        return ranks;
    }

    private static int rank(float[] scores, int chosen) {
        int above = 0;
        int ties = 0;
        for (float score : scores) {
            above += score <= scores[chosen] ? 0 : 1;
            ties += score == scores[chosen] ? 1 : 0;
        }
        // A score that is not a number is last.
        return ties == 0 ? scores.length + above : 1 + above + (ties - 1) / 2;
    }
}
