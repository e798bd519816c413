package dev.kombo.catalog;

import java.util.function.ToDoubleFunction;

/** Popularity of a bundle: its own plus that of its least popular member, as {@link LogPopularity} keys. */
final class BundlePopularity {
    private BundlePopularity() {}

    static double shortTerm(TargetModel own, ItemEntry[] items, long halfLifeMillis) {
        return key(own, items, halfLifeMillis, TargetModel::popularityShort);
    }

    static double longTerm(TargetModel own, ItemEntry[] items, long halfLifeMillis) {
        return key(own, items, halfLifeMillis, TargetModel::popularityLong);
    }

    private static double key(
            TargetModel own, ItemEntry[] items, long halfLifeMillis, ToDoubleFunction<TargetModel> value) {
        double least = items.length == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (ItemEntry item : items) {
            least = Math.min(least, key(item.model(), halfLifeMillis, value));
        }
        return LogPopularity.sum(key(own, halfLifeMillis, value), least);
    }

    private static double key(TargetModel model, long halfLifeMillis, ToDoubleFunction<TargetModel> value) {
        return model == null
                ? Double.NEGATIVE_INFINITY
                : LogPopularity.key(value.applyAsDouble(model), model.popularityTime(), halfLifeMillis);
    }
}
