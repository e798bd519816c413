package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.ranking.TopSelection;
import java.util.ArrayList;
import java.util.List;

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
     * Creates the trends of an index.
     *
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
    public record Trend(String id, double popularity, double expected, double surge) {}

    /**
     * Items above or below their long-term rate, the strongest trend first.
     *
     * @param now epoch milliseconds
     * @param most entries
     */
    public List<Trend> items(Direction direction, long now, int most) {
        TopSelection steepest = new TopSelection();
        steepest.reset(most);
        int count = index.itemCount();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            ItemEntry entry = index.itemAt(ordinal);
            if (entry.model() != null) {
                offer(
                        steepest,
                        direction,
                        trend("", entry.logPopularityShort(), entry.logPopularityLong(), now),
                        entry.hash(),
                        ordinal);
            }
        }
        List<Trend> trends = new ArrayList<>(steepest.size());
        for (int i = 0; i < steepest.size(); i++) {
            ItemEntry entry = index.itemAt(steepest.ordinal(i));
            String id = Entity.idOf(entry.model().entity());
            trends.add(trend(id, entry.logPopularityShort(), entry.logPopularityLong(), now));
        }
        return trends;
    }

    /** The same for bundles in the catalogue, by the popularity of {@link BundleEntry}. */
    public List<Trend> bundles(Direction direction, long now, int most) {
        TopSelection steepest = new TopSelection();
        steepest.reset(most);
        int count = index.bundleCount();
        for (int ordinal = 0; ordinal < count; ordinal++) {
            BundleEntry entry = index.bundle(ordinal);
            if (entry != null) {
                offer(
                        steepest,
                        direction,
                        trend("", entry.logPopularityShort(), entry.logPopularityLong(), now),
                        entry.hash(),
                        ordinal);
            }
        }
        List<Trend> trends = new ArrayList<>(steepest.size());
        for (int i = 0; i < steepest.size(); i++) {
            BundleEntry entry = index.bundle(steepest.ordinal(i));
            if (entry != null) {
                trends.add(trend(entry.bundle().id(), entry.logPopularityShort(), entry.logPopularityLong(), now));
            }
        }
        return trends;
    }

    private void offer(TopSelection steepest, Direction direction, Trend trend, long hash, int ordinal) {
        double steepness = direction == Direction.RISING ? trend.surge() : -trend.surge();
        boolean known = direction == Direction.RISING || trend.expected() >= LEAST_POPULARITY * halfLifeRatio;
        if (steepness > 0 && known) {
            steepest.offer(steepness, hash, ordinal);
        }
    }

    private Trend trend(String id, double logShort, double logLong, long now) {
        double popularity = Math.exp(logShort - index.decayShort(now));
        double expected = Math.exp(logLong - index.decayLong(now)) * halfLifeRatio;
        return new Trend(id, popularity, expected, (popularity - expected) / Math.sqrt(expected + 1));
    }
}
