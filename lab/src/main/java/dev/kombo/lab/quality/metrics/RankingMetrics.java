package dev.kombo.lab.quality.metrics;

import java.util.Arrays;

/**
 * Measures of one ranked list against the targets that turned out to be relevant, with binary relevance. The list holds
 * different targets, best first; only its first k are looked at, and it may be shorter. The relevant targets are
 * ascending and different; there must be at least one, or the measure is not defined: lists without one are left out of
 * a mean.
 */
public final class RankingMetrics {
    private static final double LN_2 = Math.log(2);

    private RankingMetrics() {}

    /** Relevant targets among the first k. */
    public static int hits(int[] ranked, int[] relevant, int k) {
        require(relevant, k);
        int hits = 0;
        for (int i = 0; i < Math.min(k, ranked.length); i++) {
            hits += isRelevant(ranked[i], relevant) ? 1 : 0;
        }
        return hits;
    }

    /** Recall@k: the share of the relevant targets that is among the first k, 0 to 1. */
    public static double recall(int[] ranked, int[] relevant, int k) {
        return (double) hits(ranked, relevant, k) / relevant.length;
    }

    /** Capped recall: hits over the most hits that k places allow, {@code min(k, relevant)}; 0 to 1. */
    public static double cappedRecall(int[] ranked, int[] relevant, int k) {
        return (double) hits(ranked, relevant, k) / Math.min(k, relevant.length);
    }

    /** 1 where at least one of the first k is relevant, else 0. Its mean is the hit rate. */
    public static double hit(int[] ranked, int[] relevant, int k) {
        return hits(ranked, relevant, k) > 0 ? 1 : 0;
    }

    /**
     * NDCG@k: the sum of {@code 1 / log2(place + 1)} over the relevant among the first k, places from 1, over the same sum
     * of the best list there is, which has {@code min(k, relevant)} relevant targets at its head. 0 to 1. Järvelin,
     * Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
     */
    public static double ndcg(int[] ranked, int[] relevant, int k) {
        require(relevant, k);
        double gain = 0;
        for (int i = 0; i < Math.min(k, ranked.length); i++) {
            gain += isRelevant(ranked[i], relevant) ? discount(i) : 0;
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(k, relevant.length); i++) {
            ideal += discount(i);
        }
        return gain / ideal;
    }

    private static double discount(int index) {
        return LN_2 / Math.log(index + 2);
    }

    private static boolean isRelevant(int target, int[] relevant) {
        return Arrays.binarySearch(relevant, target) >= 0;
    }

    private static void require(int[] relevant, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", at least 1 is expected");
        }
        if (relevant.length == 0) {
            throw new IllegalArgumentException("no target is relevant: the measure is not defined");
        }
    }
}
