package dev.kombo.shop.simulation;

import dev.kombo.math.StableHash;
import java.util.stream.DoubleStream;

/**
 * A stream of random draws that depends only on its key: draw n is a hash of (key, n). Draws keyed by (seed, shopper,
 * session, step) therefore repeat, in whichever order shoppers are simulated.
 */
public final class HashedDraws {
    private final long key;
    private long drawn;

    /** A separate stream for each list of parts. */
    public HashedDraws(long... parts) {
        long hash = 0;
        for (long part : parts) {
            hash = StableHash.combine(hash, part);
        }
        this.key = hash;
    }

    /** Uniform in [0, 1). */
    public double unit() {
        return StableHash.unit(StableHash.combine(key, ++drawn));
    }

    /** Uniform in [low, high). */
    public double between(double low, double high) {
        return low + unit() * (high - low);
    }

    /** Uniform in 0 to bound - 1. */
    public int below(int bound) {
        return StableHash.below(StableHash.combine(key, ++drawn), bound);
    }

    /** True with a probability. */
    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** Standard normal, by Box and Muller's transform. */
    public double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - unit()));
        return radius * Math.cos(2 * Math.PI * unit());
    }

    /** Independent standard normal values. */
    public double[] gaussians(int count) {
        return DoubleStream.generate(this::gaussian).limit(count).toArray();
    }

    /** Draws an index in proportion to weights, none negative and at least one positive. */
    public int weighted(double[] weights) {
        double left = unit() * DoubleStream.of(weights).sum();
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                last = i;
                left -= weights[i];
                if (left < 0) {
                    return i;
                }
            }
        }
        return last;
    }
}
