package dev.kombo.shop.simulation;

import dev.kombo.shop.simulation.ShopperMemory.OfferFatigue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes the probability that a simulated shopper who looks at a bundle accepts it, by a logistic model that the
 * service cannot see. The weights were set before any policy was run and are not fitted to data: figures of a
 * simulation therefore compare policies in the same world, and do not say what a shop would earn. Immutable.
 */
final class HiddenConversion {
    /** Logit gained per standard deviation of affinity. */
    private static final double AFFINITY = 0.9;
    /**
     * Logit gained when members have e times the demand: less than 1, since shoppers who came for them buy them anyway.
     */
    private static final double DEMAND = 0.4;
    /**
     * Logit gained when the members are e times as likely to be bought without offers, where offers are accepted for
     * the reasons for which items are bought: less than 1, since shoppers also accept what they had not thought of.
     */
    private static final double WANT = 0.6;
    /** Logit gained when all members complement something in the basket. */
    private static final double COMPLEMENTS = 1.5;
    /** Logit gained by a discount of the whole list price, at a price sensitivity of 1. */
    private static final double DISCOUNT = 4;
    /** Logit lost when a bundle costs e times the usual price, at a price sensitivity of 1. */
    private static final double PRICE = 0.4;
    /** Logit lost when all members were in bundles accepted in the last weeks. */
    private static final double SATIATION = 2;
    /** Logit lost when the shopper has a durable member. */
    private static final double OWNED = 4;
    /** Logit lost by the effort of a swap. */
    private static final double EFFORT = 0.2;
    /** Of an item that nobody takes next. */
    private static final double LEAST_PROBABILITY = 1e-6;
    /** Standard deviation of the effect of each pair of shopper and bundle. */
    private static final double NOISE = 0.5;
    /** Probability of looking at the next rank after one that was not accepted. */
    static final double PATIENCE = 0.7;

    private static final long NOISE_SALT = 0x6e6f6973L;

    private final SimulatedCatalog catalog;
    private final long seed;
    private final double usualAffinity;
    private final double affinitySpread;
    private final double intercept;

    /**
     * @param usualAffinity mean of {@link #rawAffinity} over shoppers and bundles
     * @param affinitySpread its standard deviation
     * @param intercept logit of a bundle of which nothing else is said
     */
    HiddenConversion(
            SimulatedCatalog catalog, long seed, double usualAffinity, double affinitySpread, double intercept) {
        this.catalog = catalog;
        this.seed = seed;
        this.usualAffinity = usualAffinity;
        this.affinitySpread = affinitySpread;
        this.intercept = intercept;
    }

    /** Returns the model with another intercept. */
    HiddenConversion withIntercept(double other) {
        return new HiddenConversion(catalog, seed, usualAffinity, affinitySpread, other);
    }

    /** Returns how much more than others a shopper wants each item: the logarithm of preference over demand. */
    static double[] wishes(SimulatedCatalog catalog, double[] preferences) {
        double[] wishes = new double[preferences.length];
        Arrays.setAll(wishes, i -> Math.log(preferences[i] / catalog.demand(i)));
        return wishes;
    }

    /**
     * Returns how much a shopper wants each item by what they would buy next: the logarithm of its probability, and 0
     * for what is in the basket.
     *
     * @param next probability of each item to be taken next
     */
    static double[] wishesToBuy(double[] next, List<Integer> basket) {
        double[] wishes = new double[next.length];
        Arrays.setAll(wishes, i -> Math.log(Math.max(LEAST_PROBABILITY, next[i])));
        basket.forEach(item -> wishes[item] = 0);
        return wishes;
    }

    /**
     * Returns how much a bundle is wanted: half the mean of the wishes for its members plus half the least, as all must
     * be wanted.
     */
    static double rawAffinity(double[] wishes, int[] members) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int member : members) {
            sum += wishes[member];
            least = Math.min(least, wishes[member]);
        }
        return (sum / members.length + least) / 2;
    }

    /**
     * What a shopper would take of a position, the bundle as offered or with an item swapped, and how probably.
     *
     * @param position as it would be bought
     * @param probability that a shopper who looks at it accepts it
     */
    record Choice(ShownSlate.Position position, double probability) {}

    /**
     * Returns what a shopper who looks at a bundle accepts most probably: as offered, or with the swap that is liked
     * more by more than its effort.
     *
     * @param wishes of the shopper now, see {@link #wishes}
     * @param basket items in the basket
     * @param mood effect of earlier offers, now
     */
    Choice choice(
            SimulatedShopper shopper,
            double[] wishes,
            ShownSlate.Position offered,
            List<Integer> basket,
            OfferFatigue mood) {
        ShownSlate.Position chosen = offered;
        double best = logit(shopper, wishes, offered, basket, mood);
        for (ShownSlate.Position swap : offered.swaps()) {
            double logit = logit(shopper, wishes, swap, basket, mood) - EFFORT;
            if (logit > best) {
                chosen = swap;
                best = logit;
            }
        }
        return new Choice(chosen, 1 / (1 + Math.exp(-best)));
    }

    private double logit(
            SimulatedShopper shopper,
            double[] wishes,
            ShownSlate.Position offered,
            List<Integer> basket,
            OfferFatigue mood) {
        int[] members = offered.members();
        double discount = catalog.discount(offered) - catalog.variant().reference() * mood.discount();
        return intercept
                + (catalog.variant().sets()
                        ? WANT * (rawAffinity(wishes, members) - usualAffinity)
                        : wanted(shopper, wishes, offered, basket))
                + shopper.priceSensitivity() * DISCOUNT * discount
                - catalog.variant().fatigue() * mood.fatigue()
                - SATIATION * mood.had(members)
                - (replaced(mood.owned(), members) || replacedByOther(basket, members) ? OWNED : 0)
                + NOISE * new HashedDraws(seed, NOISE_SALT, shopper.number(), offered.bundle()).gaussian();
    }

    /** Logit of match and price where an offer has reasons of its own. */
    private double wanted(
            SimulatedShopper shopper, double[] wishes, ShownSlate.Position offered, List<Integer> basket) {
        int[] members = offered.members();
        double affinity = (rawAffinity(wishes, members) - usualAffinity) / affinitySpread;
        double relativePrice = Math.log(Math.max(1, offered.priceMinor()) / (double) catalog.usualBundlePrice());
        return AFFINITY * affinity
                + DEMAND * catalog.logDemand(members)
                + COMPLEMENTS * complementing(members, basket)
                - shopper.priceSensitivity() * PRICE * relativePrice;
    }

    /** Whether who has some items needs one of the members no more. */
    private boolean replaced(List<Integer> had, int[] members) {
        return had.stream().anyMatch(item -> IntStream.of(members).anyMatch(member -> catalog.replaces(item, member)));
    }

    /** Whether an item of the basket stands for one of the members that is another item. */
    private boolean replacedByOther(List<Integer> basket, int[] members) {
        return basket.stream()
                .anyMatch(item ->
                        IntStream.of(members).anyMatch(member -> member != item && catalog.replaces(item, member)));
    }

    /** Share of the members that complement something in the basket. */
    private double complementing(int[] members, List<Integer> basket) {
        long complementing = IntStream.of(members)
                .filter(member -> basket.stream().anyMatch(item -> catalog.goTogether(member, item)))
                .count();
        return complementing / (double) members.length;
    }
}
