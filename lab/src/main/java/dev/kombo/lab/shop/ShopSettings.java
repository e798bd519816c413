package dev.kombo.lab.shop;

/**
 * How the simulated shop behaves.
 *
 * @param seed of the catalogue, the tastes and every choice
 * @param shoppers users with an account, at least 1. One of them does something every two seconds at most, so more
 *     than half as many events a second come from additional visitors without one
 * @param eventsPerSecond events published a second, answers to offers included; above 0
 * @param anonymousShare share of sessions without a user, 0 to 1
 * @param seenShare share of offers that their shopper gets to see, 0 to 1
 * @param acceptance the hidden probability of taking an offer
 */
public record ShopSettings(
        long seed,
        int shoppers,
        double eventsPerSecond,
        double anonymousShare,
        double seenShare,
        Acceptance acceptance) {

    /** Checks the ranges. */
    public ShopSettings {
        if (shoppers < 1) {
            throw new IllegalArgumentException("shoppers is " + shoppers + ", at least 1 is expected");
        }
        if (!(eventsPerSecond > 0) || eventsPerSecond > 100_000) {
            throw new IllegalArgumentException(
                    "eventsPerSecond is " + eventsPerSecond + ", above 0 and at most 100000 is expected");
        }
        requireShare("anonymousShare", anonymousShare);
        requireShare("seenShare", seenShare);
    }

    /** A shop of 400 shoppers with 200 events a second, of which a few in a hundred offers seen are taken. */
    public static ShopSettings defaults() {
        return new ShopSettings(7, 400, 200, 0.15, 0.75, Acceptance.defaults());
    }

    public ShopSettings withSeed(long value) {
        return new ShopSettings(value, shoppers, eventsPerSecond, anonymousShare, seenShare, acceptance);
    }

    public ShopSettings withShoppers(int value) {
        return new ShopSettings(seed, value, eventsPerSecond, anonymousShare, seenShare, acceptance);
    }

    public ShopSettings withEventsPerSecond(double value) {
        return new ShopSettings(seed, shoppers, value, anonymousShare, seenShare, acceptance);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " is " + share + ", 0 to 1 is expected");
        }
    }
}
