package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.Target;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.ranking.TopSelection;
import java.util.ArrayList;
import java.util.List;

/**
 * What is touched more often of late than for long, or less. A decayed count with half-life h of events at a steady rate r comes to
 * r h / ln 2; so of a steady target the short-term popularity S is the long-term one times the ratio of the half-lives,
 * E = L h_s / h_l. Ranked by (S - E) / sqrt(E + 1): about the standard deviations by which S exceeds E if touches were
 * independent (a Poisson count), the 1 keeping single touches of the hardly known down.
 */
public final class TrendingTargets {
    /** Long-term popularity from which on something can fall: what was touched once, some time ago, was never up. */
    private static final double LEAST_POPULARITY = 1;

    private final CatalogIndex index;
    private final double halfLifeRatio;

    /**
     * Trends of an index.
     *
     * @param halfLifeRatio the short half-life of popularity over the long one
     */
    public TrendingTargets(CatalogIndex index, double halfLifeRatio) {
        this.index = index;
        this.halfLifeRatio = halfLifeRatio;
    }

    /** Which way a target moves. */
    public enum Direction {
        /** Above its long-term rate. */
        RISING,
        /** Below it. */
        FALLING
    }

    /**
     * A target on the rise, or in decline.
     *
     * @param id of the item or bundle
     * @param popularity short-term popularity now: a decayed count of touches, weighted by type
     * @param expected what it would be at the long-term rate
     * @param surge how far the one exceeds the other, in about standard deviations; below 0 where it falls short
     */
    public record Trend(String id, double popularity, double expected, double surge) {}

    /**
     * Items above or below their long-term rate, the steepest first.
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
            String id = Target.idOf(entry.model().target());
            trends.add(trend(id, entry.logPopularityShort(), entry.logPopularityLong(), now));
        }
        return trends;
    }

    /** The same of bundles in the catalogue, their popularity being that of {@link BundleEntry}. */
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
