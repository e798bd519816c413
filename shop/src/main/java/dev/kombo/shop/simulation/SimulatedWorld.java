package dev.kombo.shop.simulation;

import dev.kombo.schema.Bundle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A simulated shop: its catalogue, and how its shoppers choose and convert, which the service under test has to learn
 * and cannot see. Not thread-safe.
 */
final class SimulatedWorld {
    private final SimulationSettings settings;
    private final SimulatedCatalog catalog;
    private final List<Bundle> published;
    private final Preferences preferences;
    private final OrderSizes sizes;
    private final LineChoice choice;
    private final HiddenConversion conversionModel;

    /** The world of a seed; its acceptance is calibrated as the settings say. */
    SimulatedWorld(SimulationSettings settings) {
        this.settings = settings;
        catalog = new SimulatedCatalog(settings.seed(), settings.timetable().firstDay(), settings.variant());
        published = settings.slots() ? SlotBundles.of(catalog) : catalog.bundles();
        preferences = new Preferences(catalog, settings.seed());
        sizes = new OrderSizes(settings.basket().mostLines());
        choice = new LineChoice(catalog);
        conversionModel = AcceptanceCalibration.conversionModel(this);
    }

    SimulationSettings settings() {
        return settings;
    }

    SimulatedCatalog catalog() {
        return catalog;
    }

    /** The bundles as the service knows them. */
    List<Bundle> published() {
        return published;
    }

    Preferences preferences() {
        return preferences;
    }

    OrderSizes sizes() {
        return sizes;
    }

    LineChoice choice() {
        return choice;
    }

    /**
     * Returns how much a shopper wants each item.
     *
     * @param preferences probabilities by preference alone
     * @param history items bought before
     * @param basket items in the basket
     */
    double[] wishes(double[] preferences, List<Integer> history, List<Integer> basket) {
        return catalog.variant().sets()
                ? HiddenConversion.wishesToBuy(choice.probabilities(preferences, history, basket), basket)
                : HiddenConversion.wishes(catalog, preferences);
    }

    /** How probably shoppers accept what they are offered. */
    HiddenConversion conversionModel() {
        return conversionModel;
    }

    /**
     * Draws the number of lines of an order: log-normal, rounded, at least 1 and at most what the kind of basket
     * allows.
     */
    static final class OrderSizes {
        /** Standard deviations within which sizes are counted, and the distance of two counts. */
        private static final double REACH = 6;

        private static final double STEP = 0.001;

        private final int most;
        /** Expected lines beyond k, given at least k lines. */
        private final double[] beyond;

        OrderSizes(int most) {
            this.most = most;
            double[] share = new double[most + 1];
            for (double z = -REACH; z <= REACH; z += STEP) {
                share[lines(z)] += Math.exp(-z * z / 2);
            }
            beyond = new double[most + 1];
            double reached = 0;
            double further = 0;
            for (int k = most; k >= 0; k--) {
                // An order with k + 1 lines has one line more than the expectation beyond k + 1.
                beyond[k] = reached + share[k] == 0 ? 0 : (further + reached) / (reached + share[k]);
                further += reached;
                reached += share[k];
            }
        }

        private int lines(double z) {
            double drawn = Math.exp(ShopStatistics.LINES_LOG_MEAN + ShopStatistics.LINES_LOG_SPREAD * z);
            return (int) Math.max(1, Math.min(most, Math.round(drawn)));
        }

        /** Draws the number of lines of one order. */
        int draw(HashedDraws draws) {
            return lines(draws.gaussian());
        }

        /** Returns the expected number of further lines, given the lines in the cart and that the order is not over. */
        double expectedBeyond(int lines) {
            return lines > most ? 0 : beyond[lines];
        }
    }

    /**
     * Chooses the item that a shopper takes next: one bought before, else a complement of something in the basket, else
     * one by preference, in the shares of the statistics. No item is taken twice into a basket, and no durable one
     * twice at all. Not thread-safe, as it reuses buffers.
     */
    static final class LineChoice {
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
                exclude(basket.get(b));
            }
            excludeReplaced(history);
            excludeReplaced(basket);
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

        private void excludeReplaced(List<Integer> had) {
            for (int h = 0; h < had.size(); h++) {
                catalog.replaced(had.get(h)).forEach(this::exclude);
            }
        }

        private void exclude(int item) {
            repeats[item] = 0;
            partners[item] = 0;
            chosen[item] = 0;
        }
    }
}
