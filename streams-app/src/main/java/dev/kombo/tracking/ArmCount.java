package dev.kombo.tracking;

/** What is counted of an arm in a window. */
public enum ArmCount {
    /** Shoppers that entered the arm in the window. */
    USERS,
    /** Shoppers seen, each once a UTC day; in an hour those first seen then. Not to be added across windows. */
    ACTIVE_USERS,
    /** Slates offered. */
    OFFERS,
    /** Slates seen. */
    IMPRESSIONS,
    /** Bundles clicked. */
    CLICKS,
    /** Slates or bundles dismissed. */
    DISMISSALS,
    /** Bundles bought whole. */
    CONVERSIONS,
    /** Bundles bought in part when their offer closed. */
    PARTIAL_CONVERSIONS,
    /** Returns that took money back from a conversion. */
    RETURNS,
    /** Purchase lines; a return does not lower it. */
    PURCHASES;

    /** What an outcome counts as, or null: nothing is counted of it. */
    static ArmCount of(Outcome outcome) {
        return switch (outcome.kind()) {
            case ENTERED -> USERS;
            case ACTIVE -> ACTIVE_USERS;
            case OFFERED -> OFFERS;
            case IMPRESSION -> IMPRESSIONS;
            case CLICK -> CLICKS;
            case DISMISSAL -> DISMISSALS;
            case CONVERSION -> CONVERSIONS;
            case PARTIAL_CONVERSION -> PARTIAL_CONVERSIONS;
            case RETURN -> RETURNS;
            case PURCHASED -> outcome.quantity() > 0 ? PURCHASES : null;
            case EXPIRED, MATURED -> null;
        };
    }
}
