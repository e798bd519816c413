package dev.kombo.ranking.contest;

import dev.kombo.learning.network.NetworkExample;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.learning.network.PlattScaling;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Compares several rankers (the {@link Contestant}s) by how high each ranks the bundles that shoppers then choose,
 * separately for each {@link Occasion}, and decides which ranker is used.
 *
 * <p>A choice gains 1 / log2(1 + rank) where the contestant ranks it among the first {@value #DEPTH}, else 0
 * (discounted gain, Järvelin and Kekäläinen 2002). A choice is ranked before anything is learned from it. All
 * contestants are measured on the same choices, so differences are paired. Gains fade with a half-life of
 * {@value #HALF_LIFE} choices.
 *
 * <p>The starting weights rank first, and where there are holdings the fit to them. Another contestant replaces the one
 * in force when its mean gain is ahead by more than {@value #SIGNIFICANCE} standard errors over an effective number of
 * at least {@value #LEAST} choices; as this is asked repeatedly, a lead of two errors would too often be luck. Of
 * several, it is the simplest that is not behind the best by more than one error (the one-standard-error rule of
 * Breiman et al.: Classification and Regression Trees, 1984).
 *
 * <p>Not thread-safe; used only by the thread that trains.
 */
public final class Contest {
    /** Ranks beyond it gain nothing. */
    public static final int DEPTH = 20;

    private static final double HALF_LIFE = 2_000;
    private static final double SIGNIFICANCE = 2.5;
    private static final double LEAST = 50;

    private static final int CONTESTANTS = Contestant.count();
    private static final int CHAMPION = 0;
    private static final int CHOICES = 1;
    private static final int WEIGHT = 2;
    private static final int SQUARES = 3;
    private static final int GAINS = 4;
    private static final int PRODUCTS = GAINS + CONTESTANTS;
    private static final int BLOCK = PRODUCTS + CONTESTANTS * CONTESTANTS;
    private static final double KEEP = Math.pow(0.5, 1 / HALF_LIFE);

    private final double[] values = new double[Occasion.count() * BLOCK];

    /** Of the logits of each contestant but the network, by occasion. */
    private final PlattScaling[] calibrations = new PlattScaling[Occasion.count() * CONTESTANTS];

    /** A contest without choices. */
    public Contest() {
        Arrays.setAll(calibrations, each -> new PlattScaling(NetworkTrainer.WINDOW));
        for (int occasion = 0; occasion < Occasion.count(); occasion++) {
            values[occasion * BLOCK + CHAMPION] = first(Occasion.of(occasion)).ordinal();
        }
    }

    /** A contest without choices in which a network ranks first that was trained before there were contests. */
    public static Contest afterNetwork() {
        Contest contest = new Contest();
        for (Occasion occasion : List.of(Occasion.EMPTY_BASKET, Occasion.BASKET)) {
            contest.values[occasion.ordinal() * BLOCK + CHAMPION] = Contestant.DEEP.ordinal();
        }
        return contest;
    }

    /**
     * Restores a contest.
     *
     * @param stored {@link #values}; where their length differs, as contestants or occasions have changed, or one is
     *     not finite, it begins anew
     */
    public Contest(double[] stored) {
        this();
        int length = calibrations[0].values().length;
        if (stored.length == values.length + calibrations.length * length
                && Arrays.stream(stored).allMatch(Double::isFinite)) {
            System.arraycopy(stored, 0, values, 0, values.length);
            for (int c = 0; c < calibrations.length; c++) {
                int from = values.length + c * length;
                calibrations[c] =
                        new PlattScaling(NetworkTrainer.WINDOW, Arrays.copyOfRange(stored, from, from + length));
            }
        }
    }

    /** The whole state; a copy. */
    public double[] values() {
        return DoubleStream.concat(
                        Arrays.stream(values),
                        Arrays.stream(calibrations).flatMapToDouble(c -> Arrays.stream(c.values())))
                .toArray();
    }

    /**
     * Counts a choice.
     *
     * @param ranks {@link Contestant#ranks}; of another length: it is ignored
     * @return whether another contestant ranks on this occasion from now on
     */
    public boolean observe(Occasion occasion, byte[] ranks) {
        if (ranks.length != CONTESTANTS) {
            return false;
        }
        int block = occasion.ordinal() * BLOCK;
        for (int i = block + WEIGHT; i < block + BLOCK; i++) {
            values[i] *= i == block + SQUARES ? KEEP * KEEP : KEEP;
        }
        values[block + CHOICES]++;
        values[block + WEIGHT]++;
        values[block + SQUARES]++;
        double[] gains = new double[CONTESTANTS];
        for (int c = 0; c < CONTESTANTS; c++) {
            gains[c] = gain(Byte.toUnsignedInt(ranks[c]));
            values[block + GAINS + c] += gains[c];
        }
        for (int i = 0; i < CONTESTANTS; i++) {
            for (int j = 0; j < CONTESTANTS; j++) {
                values[block + PRODUCTS + i * CONTESTANTS + j] += gains[i] * gains[j];
            }
        }
        return decide(occasion);
    }

    private static Contestant first(Occasion occasion) {
        return occasion == Occasion.HOLDINGS ? Contestant.HOLDINGS : Contestant.PRIOR;
    }

    static double gain(int rank) {
        return rank >= 1 && rank <= DEPTH ? Math.log(2) / Math.log(1.0 + rank) : 0;
    }

    private boolean decide(Occasion occasion) {
        Contestant champion = champion(occasion);
        Contestant best = champion;
        for (Contestant other : Contestant.values()) {
            if (ahead(occasion, other, champion) && gain(occasion, other) > gain(occasion, best)) {
                best = other;
            }
        }
        best = simplest(occasion, best, champion);
        values[occasion.ordinal() * BLOCK + CHAMPION] = best.ordinal();
        return best != champion;
    }

    /** The simplest of those that may replace the one in force and are not behind the best by more than an error. */
    private Contestant simplest(Occasion occasion, Contestant best, Contestant champion) {
        for (Contestant other : Contestant.values()) {
            double behind = gain(occasion, best) - gain(occasion, other);
            if (ahead(occasion, other, champion) && behind <= error(occasion, best, other)) {
                return other;
            }
        }
        return best;
    }

    private boolean ahead(Occasion occasion, Contestant other, Contestant champion) {
        return effective(occasion) >= LEAST
                && gain(occasion, other) - gain(occasion, champion) > SIGNIFICANCE * error(occasion, other, champion);
    }

    /**
     * Learns how likely a bundle is wanted to which a contestant gives some score, of all contestants: the one that
     * takes over then has probabilities at once.
     *
     * @param linear weights trained on the occasion, before they saw the examples
     * @param examples one group, valid
     */
    public void calibrate(Occasion occasion, float[] linear, List<NetworkExample> examples) {
        for (Contestant contestant : Contestant.values()) {
            if (contestant != Contestant.DEEP) {
                float[] weights = contestant.weights(linear);
                PlattScaling calibration = calibration(occasion, contestant);
                for (NetworkExample example : examples) {
                    double logit = weights[Signal.count()];
                    for (int s = 0; s < Signal.count(); s++) {
                        logit += (double) weights[s] * example.signals()[s];
                    }
                    calibration.observe(logit, example.label(), example.randomWeight());
                }
            }
        }
    }

    private PlattScaling calibration(Occasion occasion, Contestant contestant) {
        return calibrations[occasion.ordinal() * CONTESTANTS + contestant.ordinal()];
    }

    /**
     * The rankers to use from now on. Where the linear weights win, bundles are valued by the starting weights, or the
     * fit to holdings: the linear weights foretell best what a shopper chooses without offers, and what would be bought
     * anyway earns less.
     *
     * @param network the trained network
     * @param linear trained weights, by the ordinal of the occasion
     */
    public Rankers rankers(Ranker network, List<float[]> linear) {
        List<Ranker> inForce = new ArrayList<>();
        List<Ranker> valuing = new ArrayList<>();
        for (Occasion occasion : Occasion.values()) {
            Contestant champion = champion(occasion);
            float[] weights = linear.get(occasion.ordinal());
            Ranker ranker = champion == Contestant.DEEP ? network : ranker(occasion, champion, weights, network);
            inForce.add(ranker);
            valuing.add(champion == Contestant.LINEAR ? ranker(occasion, first(occasion), weights, network) : ranker);
        }
        return new Rankers(network, linear, inForce, valuing);
    }

    private Ranker ranker(Occasion occasion, Contestant contestant, float[] linear, Ranker network) {
        PlattScaling calibration = calibration(occasion, contestant);
        return new Ranker(
                Ranker.shape(NetworkShape.Architecture.LINEAR),
                contestant.weights(linear),
                network.version(),
                calibration.slope(),
                calibration.offset(),
                calibration.negatives(),
                contestant.label());
    }

    /** The contestant that ranks. */
    public Contestant champion(Occasion occasion) {
        return Contestant.of((int) values[occasion.ordinal() * BLOCK + CHAMPION]);
    }

    /** Number of choices ever counted. */
    public long choices(Occasion occasion) {
        return (long) values[occasion.ordinal() * BLOCK + CHOICES];
    }

    /** Number of equally weighted choices that would give errors as small: (sum of weights)² / sum of their squares. */
    private double effective(Occasion occasion) {
        int block = occasion.ordinal() * BLOCK;
        return values[block + WEIGHT] * values[block + WEIGHT] / values[block + SQUARES];
    }

    /** Mean gain of a contestant, 0 to 1; NaN before the first choice. */
    public double gain(Occasion occasion, Contestant contestant) {
        int block = occasion.ordinal() * BLOCK;
        return values[block + GAINS + contestant.ordinal()] / values[block + WEIGHT];
    }

    /** Standard error of the mean difference of two contestants' gains; NaN before the first choice. */
    public double error(Occasion occasion, Contestant one, Contestant other) {
        double mean = gain(occasion, one) - gain(occasion, other);
        double squares =
                product(occasion, one, one) + product(occasion, other, other) - 2 * product(occasion, one, other);
        return Math.sqrt(Math.max(0, squares - mean * mean) / effective(occasion));
    }

    private double product(Occasion occasion, Contestant one, Contestant other) {
        int block = occasion.ordinal() * BLOCK;
        return values[block + PRODUCTS + one.ordinal() * CONTESTANTS + other.ordinal()] / values[block + WEIGHT];
    }
}
