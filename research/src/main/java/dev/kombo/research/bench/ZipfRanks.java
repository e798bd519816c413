package dev.kombo.research.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws ranks by Zipf's law: the probability of a rank is proportional to a power of it. */
final class ZipfRanks {
    private final double[] cumulated;

    /**
     * @param count number of ranks
     * @param skew exponent of the law; 0: all ranks are equally probable
     */
    ZipfRanks(int count, double skew) {
        cumulated = new double[count];
        double sum = 0;
        for (int rank = 0; rank < count; rank++) {
            sum += Math.pow(rank + 1.0, -skew);
            cumulated[rank] = sum;
        }
        for (int rank = 0; rank < count; rank++) {
            cumulated[rank] /= sum;
        }
    }

    /** Returns a rank, from 0; takes one number of the random draws. */
    int draw(SplittableRandom random) {
        int found = Arrays.binarySearch(cumulated, random.nextDouble());
        return Math.min(found < 0 ? -found - 1 : found + 1, cumulated.length - 1);
    }
}
