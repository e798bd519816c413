package dev.kombo.research.evaluation;

import java.util.stream.IntStream;

/**
 * Recall, hit rate and NDCG of one ranked list with binary relevance. The list says for each rank, best first, whether
 * it holds a relevant entity; only the first k are considered, and the list may be shorter. Without at least one
 * relevant entity the metrics are not defined: such lists are left out of a mean.
 */
final class RankingMetrics {
    private static final double LN_2 = Math.log(2);

    private RankingMetrics() {}

    /** Number of relevant entities among the first k. */
    static int hits(boolean[] list, int k) {
        return (int) IntStream.range(0, Math.min(requireLength(k), list.length))
                .filter(i -> list[i])
                .count();
    }

    /** Recall@k: the share of relevant entities that is among the first k, 0 to 1. */
    static double recall(boolean[] list, int relevant, int k) {
        return (double) hits(list, k) / require(relevant);
    }

    /** Capped recall: hits over the most hits that k ranks allow, {@code min(k, relevant)}; 0 to 1. */
    static double cappedRecall(boolean[] list, int relevant, int k) {
        return (double) hits(list, k) / Math.min(k, require(relevant));
    }

    /** 1 if at least one of the first k is relevant, else 0. Its mean is the hit rate. */
    static double hit(boolean[] list, int k) {
        return hits(list, k) > 0 ? 1 : 0;
    }

    /**
     * NDCG@k: the sum of {@code 1 / log2(rank + 1)} over the relevant entities among the first k, ranks from 1, over
     * the same sum of the best possible list, which begins with {@code min(k, relevant)} relevant ones. 0 to 1.
     * Järvelin, Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002.
     */
    static double ndcg(boolean[] list, int relevant, int k) {
        double gain = 0;
        for (int i = 0; i < Math.min(requireLength(k), list.length); i++) {
            gain += list[i] ? discount(i) : 0;
        }
        double ideal = 0;
        for (int i = 0; i < Math.min(k, require(relevant)); i++) {
            ideal += discount(i);
        }
        return gain / ideal;
    }

    private static double discount(int index) {
        return LN_2 / Math.log(index + 2);
    }

    private static int requireLength(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", at least 1 is expected");
        }
        return k;
    }

    private static int require(int relevant) {
        if (relevant < 1) {
            throw new IllegalArgumentException("nothing is relevant: the measure is not defined");
        }
        return relevant;
    }
}
