package dev.kombo.lab.shop;

import java.util.Locale;

/**
 * A simulated shopper, as only the shop knows it.
 *
 * @param userId account id, or null for a visitor without one
 * @param number by which all choices are keyed
 * @param tastes share of interest by category, adds up to 1
 * @param traits what is liked in items: a weight for each of their hidden traits
 * @param priceSensitivity about 0.2 to 2
 * @param budgetMinor what the shopper likes to spend at once, in minor units
 * @param activity how often the shopper comes, relative to others
 */
record Shopper(
        String userId,
        long number,
        double[] tastes,
        double[] traits,
        double priceSensitivity,
        long budgetMinor,
        double activity) {
    private static final long USER_SALT = 0x75736572L;
    private static final long VISITOR_SALT = 0x76697369L;
    private static final double[] FAVOURITES = {0.5, 0.22, 0.12};
    private static final double MOST_AFFINITY = 3;

    /** The n-th user with an account. */
    static Shopper user(long seed, int number) {
        String userId = String.format(Locale.ROOT, "user-%04d", number + 1);
        return draw(userId, number, new HashedDraws(seed, USER_SALT, number));
    }

    /** The visitor without an account who comes in a session. */
    static Shopper visitor(long seed, long session) {
        // Users count from 0 upwards; the complement keeps visitors apart from them.
        return draw(null, ~session, new HashedDraws(seed, VISITOR_SALT, session));
    }

    private static Shopper draw(String userId, long number, HashedDraws draws) {
        int categories = ShopCategory.values().length;
        double[] tastes = new double[categories];
        double rest = 1;
        for (double share : FAVOURITES) {
            tastes[draws.below(categories)] += share;
            rest -= share;
        }
        for (int i = 0; i < categories; i++) {
            tastes[i] += rest / categories;
        }
        return new Shopper(
                userId,
                number,
                tastes,
                draws.gaussians(ShopCatalog.TRAITS),
                Math.min(2, Math.max(0.2, Math.exp(0.5 * draws.gaussian()) * 0.8)),
                Math.round(2500 * Math.exp(0.4 * draws.gaussian())),
                Math.min(4, Math.exp(0.6 * draws.gaussian())));
    }

    /** How well an item meets the taste: about -3 to 3, roughly 0 for an item taken at random. */
    double affinity(ShopCatalog catalog, int item) {
        double interest = Math.log(tastes[catalog.category(item).ordinal()] * tastes.length + 0.2);
        return Math.max(-MOST_AFFINITY, Math.min(MOST_AFFINITY, 0.6 * interest + liking(catalog, item)));
    }

    /** How well an item's traits are liked, whatever its category: a standard normal value. */
    double liking(ShopCatalog catalog, int item) {
        double[] of = catalog.traits(item);
        double sum = 0;
        for (int i = 0; i < traits.length; i++) {
            sum += traits[i] * of[i];
        }
        return sum / Math.sqrt(traits.length);
    }

    /** Chooses an item of a category by popularity, liking and price. */
    int choose(ShopCatalog catalog, ShopCategory category, HashedDraws draws) {
        int first = category.ordinal() * ShopCatalog.ITEMS_PER_CATEGORY;
        double[] weights = new double[ShopCatalog.ITEMS_PER_CATEGORY];
        for (int i = 0; i < weights.length; i++) {
            double price = catalog.item(first + i).getPriceMinor();
            double expensive = Math.log(price / category.medianPriceMinor());
            weights[i] = catalog.popularity(first + i)
                    * Math.exp(1.2 * liking(catalog, first + i) - 0.5 * priceSensitivity * expensive);
        }
        return first + draws.weighted(weights);
    }
}
