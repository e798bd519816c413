package dev.kombo.lab.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Chooses the item that a shopper takes next: one bought before, else a complement of something in the basket, else one
 * by preference, in the shares of the statistics. No item is taken twice into a basket. Not thread-safe, as it reuses
 * buffers.
 */
final class LineChoice {
    private final SimulatedCatalog catalog;
    private final double[] repeats = new double[SimulatedCatalog.ITEMS];
    private final double[] partners = new double[SimulatedCatalog.ITEMS];
    private final double[] chosen = new double[SimulatedCatalog.ITEMS];

    LineChoice(SimulatedCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Returns the probability of each item; sums to 1.
     *
     * @param preferences probabilities by preference alone
     * @param history items bought before, as often as they were
     * @param basket items in the basket
     * @return a buffer that is valid until the next call
     */
    double[] probabilities(double[] preferences, List<Integer> history, List<Integer> basket) {
        Arrays.fill(repeats, 0);
        for (int h = 0; h < history.size(); h++) {
            repeats[history.get(h)]++;
        }
        Arrays.fill(partners, 0);
        for (int b = 0; b < basket.size(); b++) {
            catalog.addPartners(basket.get(b), partners);
        }
        System.arraycopy(preferences, 0, chosen, 0, chosen.length);
        for (int b = 0; b < basket.size(); b++) {
            repeats[basket.get(b)] = 0;
            partners[basket.get(b)] = 0;
            chosen[basket.get(b)] = 0;
        }
        double allRepeats = DoubleStream.of(repeats).sum();
        double allPartners = DoubleStream.of(partners).sum();
        double allChosen = DoubleStream.of(chosen).sum();
        double repeating = allRepeats > 0 ? ShopStatistics.REPEAT_SHARE : 0;
        double following = allPartners > 0 ? (1 - repeating) * ShopStatistics.COPURCHASE_SHARE : 0;
        double free = 1 - repeating - following;
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = free * chosen[i] / allChosen
                    + (repeating == 0 ? 0 : repeating * repeats[i] / allRepeats)
                    + (following == 0 ? 0 : following * partners[i] / allPartners);
        }
        return chosen;
    }
}
