package dev.kombo.catalog.index;

import dev.kombo.entity.RepurchaseCounts;
import java.util.Arrays;

/**
 * The rates at which items are bought again by their buyers, by empirical Bayes: an item's own counts are shrunk to the
 * rate of its category, and that to the rate of the shop. The order of arrival matters only for rounding. One thread
 * writes, any thread reads; a reader may see one of three sums a moment before the others.
 */
final class RepurchaseRates {
    /** Decided waits at which a rate weighs as much as the one it is shrunk to. */
    private static final double STRENGTH = 3;

    /** The rate where nothing is known: no item is held back without evidence. */
    private static final double UNKNOWN = 0.5;

    private static final int SHOP = 0;
    private static final int FIRST_CAPACITY = 16;

    /** By the number of the category plus 1; first, the whole shop. */
    private Sums[] sums = {};

    private final DenseFloats purchases = new DenseFloats(0f);
    private final DenseFloats again = new DenseFloats(0f);
    /** As keys of {@link LogPopularity}. */
    private final DenseFloats waiting = new DenseFloats(Float.NEGATIVE_INFINITY);

    /** The sums over the items of a group; the weights of waits are carried to the epoch. */
    private static final class Sums {
        long purchases;
        double again;
        double waiting;
    }

    /** Replaces an item's counts in the sums. */
    void replace(ItemEntry before, ItemEntry after) {
        RepurchaseCounts old = counts(before);
        RepurchaseCounts current = counts(after);
        if (before.category() == after.category() && old.equals(current)) {
            return;
        }
        add(SHOP, old, -1);
        add(SHOP, current, 1);
        add(before.category() + 1, old, before.category() < 0 ? 0 : -1);
        add(after.category() + 1, current, after.category() < 0 ? 0 : 1);
    }

    private static RepurchaseCounts counts(ItemEntry entry) {
        return entry.model() == null ? RepurchaseCounts.NONE : entry.model().repurchases();
    }

    private void add(int group, RepurchaseCounts counts, int sign) {
        int known = sums.length;
        if (group >= known) {
            sums = Arrays.copyOf(sums, Math.max(FIRST_CAPACITY, 2 * group));
            Arrays.setAll(sums, g -> g < known ? sums[g] : new Sums());
        }
        Sums sum = sums[group];
        sum.purchases += sign * counts.purchases();
        sum.again += sign * counts.again();
        sum.waiting += sign * Math.exp(key(counts.waiting(), counts.time()));
        purchases.set(group, (float) sum.purchases);
        again.set(group, (float) sum.again);
        waiting.set(group, (float) key(sum.waiting, 0));
    }

    private static double key(double weight, long time) {
        return LogPopularity.key(weight, time, RepurchaseCounts.HALF_LIFE_MILLIS);
    }

    /** The rate of an item, 0 to 1. */
    double of(ItemEntry item, long now) {
        RepurchaseCounts own = counts(item);
        double ofShop = rate(SHOP, now, UNKNOWN);
        double prior = item.category() < 0 ? ofShop : rate(item.category() + 1, now, ofShop);
        return shrunk(own.again(), own.decided(now), prior);
    }

    private double rate(int group, long now, double prior) {
        double open = Math.exp(waiting.get(group) - LogPopularity.decay(now, RepurchaseCounts.HALF_LIFE_MILLIS));
        return shrunk(again.get(group), purchases.get(group) - open, prior);
    }

    private static double shrunk(double ended, double decided, double prior) {
        return (ended + STRENGTH * prior) / (Math.max(ended, decided) + STRENGTH);
    }
}
