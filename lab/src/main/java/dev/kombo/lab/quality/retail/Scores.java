package dev.kombo.lab.quality.retail;

/** Arithmetic on scores, one a candidate. */
final class Scores {
    /** Small enough to decide among equals only. */
    private static final double TIE = 1e-6;

    private Scores() {}

    /** Takes masked candidates out; none where there is no mask. */
    static void mask(double[] scores, boolean[] masked) {
        for (int c = 0; masked != null && c < scores.length; c++) {
            if (masked[c]) {
                scores[c] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** Scores whose equals are ordered by others, which are below a million. */
    static double[] withTies(double[] scores, double[] ties) {
        double[] sums = scores.clone();
        for (int c = 0; c < sums.length; c++) {
            sums[c] += TIE * ties[c];
        }
        return sums;
    }
}
