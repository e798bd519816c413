package dev.kombo.shop.simulation;

/**
 * The worlds of a simulation: each but the standard one differs in something that a policy may rely on, so that its
 * worth can be measured.
 */
public enum WorldVariant {
    /** The world as described in the documentation. */
    STANDARD,
    /** Shoppers have a taste for a level of price instead of categories: a twentieth of the items each. */
    TASTE_BY_PRICE,
    /** Categories say nothing: each item is liked for itself. */
    TASTE_BY_ITEM,
    /** The catalogue does not say the categories of items. */
    NO_CATEGORIES,
    /** Shoppers click without wanting: clicks are as frequent for each bundle, whether it is accepted or not. */
    IDLE_CLICKS,
    /** Each slate that was seen just before costs five times as much acceptance. */
    FATIGUE,
    /** Demand for each category rises and falls over the year. */
    SEASON,
    /**
     * Shoppers compare a discount with the largest that they saw in the last 30 days, which they have come to expect.
     */
    REFERENCE_PRICE,
    /** Half of the categories hold durable goods, at higher prices, which nobody buys twice. */
    DURABLES,
    /** The same, with bundles that are published as mined, so that the service prices them. */
    DURABLES_MINED,
    /**
     * Dear sets of a durable good and what only it calls for stand beside cheap sets; nobody buys two durable goods of
     * a category, and shoppers accept what they would also buy without offers.
     */
    SETS;

    private static final double USUAL_FATIGUE = 0.1;
    private static final double GREAT_FATIGUE = 0.5;
    private static final double DAYS_PER_YEAR = 365;

    boolean durables() {
        return this == DURABLES || this == DURABLES_MINED || this == SETS;
    }

    /** Whether it is the world of dear and cheap sets. */
    boolean sets() {
        return this == SETS;
    }

    /** Logit lost per slate seen just before. */
    double fatigue() {
        return this == FATIGUE ? GREAT_FATIGUE : USUAL_FATIGUE;
    }

    /** Share of the remembered discount that a discount must exceed to please. */
    double reference() {
        return this == REFERENCE_PRICE ? 1 : 0;
    }

    /** What items are liked for: items of the same group have common traits. */
    int group(int item, int category, int priceRank) {
        return switch (this) {
            case TASTE_BY_PRICE -> priceRank * SimulatedCatalog.CATEGORIES / SimulatedCatalog.ITEMS;
            case TASTE_BY_ITEM -> SimulatedCatalog.CATEGORIES + item;
            default -> category;
        };
    }

    /** Factor of the demand for a category on a day. */
    double season(int category, int day) {
        double turn = day / DAYS_PER_YEAR + category / (double) SimulatedCatalog.CATEGORIES;
        return this == SEASON ? Math.exp(Math.sin(2 * Math.PI * turn)) : 1;
    }
}
