package dev.kombo.catalog.index;

import dev.kombo.catalog.EntityModel;

/** Popularity of a bundle: its own plus that of its least popular member, as {@link LogPopularity} keys. */
final class BundlePopularity {
    private BundlePopularity() {}

    static double shortTerm(EntityModel own, ItemEntry[] items, long halfLifeMillis) {
        double least = items.length == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (ItemEntry item : items) {
            least = Math.min(least, item.logPopularityShort());
        }
        double key = own == null
                ? Double.NEGATIVE_INFINITY
                : LogPopularity.key(own.popularityShort(), own.popularityTime(), halfLifeMillis);
        return LogPopularity.sum(key, least);
    }

    static double longTerm(EntityModel own, ItemEntry[] items, long halfLifeMillis) {
        double least = items.length == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (ItemEntry item : items) {
            least = Math.min(least, item.logPopularityLong());
        }
        return LogPopularity.sum(own(own, halfLifeMillis), least);
    }

    /** The bundle's own long-term popularity, without its members. */
    static double own(EntityModel own, long halfLifeMillis) {
        return own == null
                ? Double.NEGATIVE_INFINITY
                : LogPopularity.key(own.popularityLong(), own.popularityTime(), halfLifeMillis);
    }
}
