package dev.kombo.ranking.exploration;

import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ResponseKeys;
import dev.kombo.ranking.TopSelection;
import java.util.Arrays;

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

    private static final long STREAM = StableHash.of("new-bundle");

    private final CatalogIndex index;
    private final ExplorationSettings settings;
    private final TopSelection newest = new TopSelection();
    private long interval = Long.MIN_VALUE;
    private BestBundleOdds odds = BestBundleOdds.NONE;

    /** Creates the draws over an index that another thread may keep writing. */
    public NewBundleDraws(CatalogIndex index, ExplorationSettings settings) {
        this.index = index;
        this.settings = settings;
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
     * Chooses an entry by probabilities.
     *
     * @param probabilities of which at least one is positive
     * @param count number of them
     * @param draw in [0, 1)
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
        long current = Math.floorDiv(time, settings.intervalMillis());
        if (current > interval) {
            odds = estimate(time, StableHash.combine(STREAM, current));
            interval = current;
        }
    }

    private BestBundleOdds estimate(long time, long seed) {
        ResponseKeys prior = index.priorResponses(time);
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
        BundleEntry[] entries = new BundleEntry[newest.size()];
        for (int b = 0; b < entries.length; b++) {
            entries[b] = index.bundle(newest.ordinal(b));
        }
        return odds(entries, prior, seed);
    }

    private BestBundleOdds odds(BundleEntry[] entries, ResponseKeys prior, long seed) {
        // A bundle may have been removed since it was selected.
        BundleEntry[] present =
                Arrays.stream(entries).filter(entry -> entry != null).toArray(BundleEntry[]::new);
        Arrays.sort(present, (first, second) -> Long.compare(first.hash(), second.hash()));
        long[] hashes = new long[present.length];
        ConversionPosterior[] posteriors = new ConversionPosterior[present.length];
        for (int b = 0; b < present.length; b++) {
            hashes[b] = present[b].hash();
            posteriors[b] = ConversionPosterior.of(present[b].responses(), prior, settings.priorImpressions());
        }
        return BestBundleOdds.of(hashes, posteriors, DRAWS, seed);
    }

    private boolean isNew(BundleEntry entry, ResponseKeys prior, long time) {
        return ConversionPosterior.impressions(entry.responses(), prior, settings.priorImpressions())
                        < settings.newBundleImpressions()
                && entry.priced()
                && entry.sellable() > 0
                && time >= entry.validFrom()
                && time < entry.validUntil();
    }
}
