package dev.kombo.ranking.exploration;

import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.EngagementKeys;
import dev.kombo.catalog.index.TopSelection;
import dev.kombo.ranking.signals.EngagementSignals;
import dev.kombo.settings.Millis;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Draws new bundles, which were hardly shown yet, in proportion to their probability of being the best: Thompson
 * sampling (Thompson 1933; Chapelle, Li 2011, "An empirical evaluation of Thompson sampling") with known propensities,
 * so that policies can be evaluated from the log. Plain Thompson sampling, one draw per choice, has unknown
 * propensities; here {@link BestBundleOdds} are estimated once per interval of event time and frozen until the next,
 * and choices are drawn by them.
 *
 * <p>The first event of an interval that needs the odds computes them, on its own thread: {@value #DRAWS} draws for at
 * most {@value #MOST_BUNDLES} bundles, the most recently created ones, about 30 ms. Further new bundles wait until
 * these are known better. An event of an earlier interval, which occurs when several partitions are replayed, gets the
 * odds of the latest. Evidence since then, and bundles that become new or well known, count from the next interval on.
 *
 * <p>One instance per thread. Instances that compute at different moments of an interval have different odds; each logs
 * those that it drew by.
 */
public final class NewBundleDraws {
    static final int DRAWS = 500;
    static final int MOST_BUNDLES = 300;

    /** Time of events for which the odds are frozen. */
    static final long INTERVAL_MILLIS = Millis.HOUR;

    /** Decayed impressions below which a bundle is new. */
    private static final double NEW_IMPRESSIONS = 200;

    private static final long STREAM = StableHash.of("new-bundle");

    private final CatalogIndex index;
    private final double priorImpressions;
    private final TopSelection newest = new TopSelection();
    private long interval = Long.MIN_VALUE;
    private BestBundleOdds odds = BestBundleOdds.NONE;

    /** Creates the draws over an index that another thread may keep writing. */
    public NewBundleDraws(CatalogIndex index) {
        this.index = index;
        this.priorImpressions = index.settings().engagement().strength();
    }

    /**
     * Computes the probability of each entry to be chosen, if a new one is chosen: its odds over those of all that are
     * not taken.
     *
     * @param entries the bundles that may be offered
     * @param taken which of these are in the slate already
     * @param count number of entries
     * @param time of the event, epoch milliseconds
     * @param probabilities gets the results: 0 for entries that are taken or not new; their sum is 1
     * @return false where no entry is new and free: all probabilities are 0 then
     */
    public boolean measure(BundleEntry[] entries, boolean[] taken, int count, long time, double[] probabilities) {
        refresh(time);
        double total = 0;
        for (int e = 0; e < count; e++) {
            probabilities[e] = taken[e] ? 0 : odds.of(entries[e].hash());
            total += probabilities[e];
        }
        for (int e = 0; total > 0 && e < count; e++) {
            probabilities[e] /= total;
        }
        return total > 0;
    }

    /**
     * Chooses an entry by probabilities, or by weights in proportion to them.
     *
     * @param probabilities of which at least one is positive
     * @param count number of them
     * @param draw in [0, their sum)
     */
    public static int choose(double[] probabilities, int count, double draw) {
        double rest = draw;
        int chosen = -1;
        for (int e = 0; e < count; e++) {
            if (probabilities[e] > 0) {
                // Where rounding left the sum just below 1, the last one stays chosen.
                chosen = e;
                rest -= probabilities[e];
                if (rest < 0) {
                    break;
                }
            }
        }
        return chosen;
    }

    /** The current odds. */
    BestBundleOdds odds() {
        return odds;
    }

    private void refresh(long time) {
        long current = Math.floorDiv(time, INTERVAL_MILLIS);
        if (current > interval) {
            odds = estimate(time, StableHash.combine(STREAM, current));
            interval = current;
        }
    }

    private BestBundleOdds estimate(long time, long seed) {
        EngagementKeys prior = index.priorEngagement(time);
        newest.reset(MOST_BUNDLES);
        int bundles = index.bundleCount();
        for (int ordinal = 0; ordinal < bundles; ordinal++) {
            BundleEntry entry = index.bundle(ordinal);
            if (entry != null) {
                double created = (double) entry.createdAt();
                if (!newest.refuses(created) && isNew(entry, prior, time)) {
                    newest.offer(created, entry.hash(), ordinal);
                }
            }
        }
        // A bundle may have been removed since it was selected.
        List<BundleEntry> entries = IntStream.of(newest.ordinals())
                .mapToObj(index::bundle)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(BundleEntry::hash))
                .toList();
        return BestBundleOdds.of(
                entries.stream().mapToLong(BundleEntry::hash).toArray(),
                entries.stream()
                        .map(entry -> ConversionPosterior.of(entry.engagement(), prior, priorImpressions))
                        .toArray(ConversionPosterior[]::new),
                DRAWS,
                seed);
    }

    private boolean isNew(BundleEntry entry, EngagementKeys prior, long time) {
        return ConversionPosterior.impressions(entry.engagement(), prior, priorImpressions) < NEW_IMPRESSIONS
                && entry.priced()
                && entry.terms().sellable() > 0
                && time >= entry.validFrom()
                && time < entry.validUntil();
    }

    /**
     * The probability that each of several bundles is the best one. Immutable.
     *
     * <p>Estimated by draws from each bundle's posterior: the share of the draws in which its rate is the highest
     * (Thompson 1933, "On the likelihood that one unknown probability exceeds another in view of the evidence of two
     * samples"). A fifth of the probability is spread evenly: each bundle gets at least a fifth of an even share, so
     * that no bundle is dismissed after few draws, and off-policy weights from the log stay bounded. With n draws the
     * standard error of a share p is sqrt(p (1 - p) / n), at most 0.023 with 500; it makes choices slightly less
     * efficient but not biased, since they are drawn by the same probabilities that are logged.
     */
    record BestBundleOdds(long[] hashes, double[] probabilities) {
        static final BestBundleOdds NONE = new BestBundleOdds(new long[0], new double[0]);

        /** Share of the probability that is spread evenly. */
        static final double EVEN_SHARE = 0.2;

        /**
         * Estimates the odds.
         *
         * @param hashes of the bundles as entities, ascending; kept, never to be written again
         * @param posteriors of each bundle's rate
         * @param draws from each posterior, positive
         * @param seed of the draws; a bundle's own draws do not depend on the other bundles
         */
        static BestBundleOdds of(long[] hashes, ConversionPosterior[] posteriors, int draws, long seed) {
            int count = hashes.length;
            double[] best = new double[draws];
            int[] winner = new int[draws];
            Arrays.fill(best, Double.NEGATIVE_INFINITY);
            for (int b = 0; b < count; b++) {
                BetaDraws own = new BetaDraws(seed ^ hashes[b], posteriors[b].successes(), posteriors[b].failures());
                for (int d = 0; d < draws; d++) {
                    double logOdds = own.logOdds();
                    if (logOdds > best[d]) {
                        best[d] = logOdds;
                        winner[d] = b;
                    }
                }
            }
            double[] probabilities = new double[count];
            Arrays.fill(probabilities, EVEN_SHARE / count);
            for (int d = 0; count > 0 && d < draws; d++) {
                probabilities[winner[d]] += (1 - EVEN_SHARE) / draws;
            }
            return new BestBundleOdds(hashes, probabilities);
        }

        /** Probability of the bundle with that hash; 0 where it is not among them. */
        double of(long hash) {
            int at = Arrays.binarySearch(hashes, hash);
            return at < 0 ? 0 : probabilities[at];
        }
    }

    /**
     * The posterior of a bundle's conversion rate: a beta distribution. With g the rate over all bundles, a prior worth
     * k impressions, n impressions of the bundle's own and c conversions, all decayed to the same moment, it is Beta(k
     * g + c, k (1 - g) + n - c): the distribution whose mean {@link EngagementSignals} uses.
     *
     * @param successes first parameter, above 0
     * @param failures second parameter, above 0
     */
    record ConversionPosterior(double successes, double failures) {
        /** Conversions of the prior while no offer of any bundle has converted: one half, as in Jeffreys' prior. */
        private static final double UNKNOWN_CONVERSIONS = 0.5;

        /** Keeps both parameters above 0 where a count was subtracted that was never added. */
        private static final double LEAST = 1e-6;

        /**
         * The posterior of a bundle.
         *
         * @param own engagement with its offers
         * @param prior the prior engagement at the moment in question
         * @param priorImpressions k
         */
        static ConversionPosterior of(EngagementKeys own, EngagementKeys prior, double priorImpressions) {
            double known = count(prior.conversions(), prior, priorImpressions);
            double expected = known > 0 ? known : UNKNOWN_CONVERSIONS;
            double conversions = count(own.conversions(), prior, priorImpressions);
            double rest = Math.max(0, impressions(own, prior, priorImpressions) - conversions);
            return new ConversionPosterior(
                    Math.max(LEAST, expected + conversions), Math.max(LEAST, priorImpressions - expected + rest));
        }

        /** A bundle's impressions, decayed to the moment of the prior. */
        static double impressions(EngagementKeys own, EngagementKeys prior, double priorImpressions) {
            return count(own.impressions(), prior, priorImpressions);
        }

        private static double count(double key, EngagementKeys prior, double priorImpressions) {
            return priorImpressions * Math.exp(key - prior.impressions());
        }
    }
}
