package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.entity.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Finds entities with more or fewer recent interactions than their long-term rate predicts. A decayed count with
 * half-life h of events at a steady rate r tends to r h / ln 2; so the expected short-term popularity S of a steady
 * entity is the long-term one times the ratio of the half-lives, E = L h_s / h_l. Ranked by (S - E) / sqrt(E + 1):
 * about the number of standard deviations by which S exceeds E if interactions were independent (a Poisson count); the
 * 1 keeps down single interactions with hardly known entities.
 */
public final class TrendingEntities {
    /** Least long-term popularity of a falling entity: a single interaction some time ago was not a trend. */
    private static final double LEAST_POPULARITY = 1;

    private final CatalogIndex index;
    private final double halfLifeRatio;

    /**
     * @param halfLifeRatio the short half-life of popularity over the long one
     */
    public TrendingEntities(CatalogIndex index, double halfLifeRatio) {
        this.index = index;
        this.halfLifeRatio = halfLifeRatio;
    }

    /** The direction of a trend. */
    public enum Direction {
        /** Above its long-term rate. */
        RISING,
        /** Below it. */
        FALLING
    }

    /**
     * A rising or falling entity.
     *
     * @param id of the item or bundle
     * @param popularity short-term popularity now: a decayed count of interactions, weighted by type
     * @param expected short-term popularity at the long-term rate
     * @param surge by how much the first exceeds the second, in about standard deviations; below 0 where it falls short
     */
    public record TrendingEntity(String id, double popularity, double expected, double surge) {}

    /** The popularity of an entity, as logarithms carried forward to the epoch. */
    private record Popularities(String id, long hash, double logShort, double logLong) {}

    /**
     * Items above or below their long-term rate, the strongest trend first.
     *
     * @param now epoch milliseconds
     * @param most entries
     */
    public List<TrendingEntity> items(Direction direction, long now, int most) {
        return strongest(direction, now, most, index.itemCount(), ordinal -> {
            ItemEntry entry = index.itemAt(ordinal);
            return entry.model() == null
                    ? null
                    : new Popularities(
                            Entity.idOf(entry.model().entity()),
                            entry.hash(),
                            entry.logPopularityShort(),
                            entry.logPopularityLong());
        });
    }

    /** The same for bundles in the catalogue, by the popularity of {@link BundleEntry}. */
    public List<TrendingEntity> bundles(Direction direction, long now, int most) {
        return strongest(direction, now, most, index.bundleCount(), ordinal -> {
            BundleEntry entry = index.bundle(ordinal);
            return entry == null
                    ? null
                    : new Popularities(
                            entry.bundle().id(), entry.hash(), entry.logPopularityShort(), entry.logPopularityLong());
        });
    }

    private List<TrendingEntity> strongest(
            Direction direction, long now, int most, int count, IntFunction<Popularities> popularityAt) {
        TopSelection steepest = new TopSelection().reset(most);
        for (int ordinal = 0; ordinal < count; ordinal++) {
            Popularities popularity = popularityAt.apply(ordinal);
            if (popularity != null) {
                offer(steepest, direction, trend(popularity, now), popularity.hash(), ordinal);
            }
        }
        List<TrendingEntity> trends = new ArrayList<>(steepest.size());
        for (int ordinal : steepest.ordinals()) {
            Popularities popularity = popularityAt.apply(ordinal);
            if (popularity != null) {
                trends.add(trend(popularity, now));
            }
        }
        return trends;
    }

    private void offer(TopSelection steepest, Direction direction, TrendingEntity trend, long hash, int ordinal) {
        double steepness = direction == Direction.RISING ? trend.surge() : -trend.surge();
        boolean known = direction == Direction.RISING || trend.expected() >= LEAST_POPULARITY * halfLifeRatio;
        if (steepness > 0 && known) {
            steepest.offer(steepness, hash, ordinal);
        }
    }

    private TrendingEntity trend(Popularities entity, long now) {
        double popularity = Math.exp(entity.logShort() - index.decayShort(now));
        double expected = Math.exp(entity.logLong() - index.decayLong(now)) * halfLifeRatio;
        return new TrendingEntity(entity.id(), popularity, expected, (popularity - expected) / Math.sqrt(expected + 1));
    }
}
