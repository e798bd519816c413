package dev.kombo.attribution.account;

import dev.kombo.attribution.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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
    /** Conversions, of all of them, of bundles that were seen but not clicked. */
    VIEW_THROUGH_CONVERSIONS,
    /** Bundles bought in part when their offer closed. */
    PARTIAL_CONVERSIONS,
    /** Purchases of another bundle that shares an item with one offered and seen. */
    CROSS_CONVERSIONS,
    /** Returns that took money back from a conversion; several a conversion where it comes back bit by bit. */
    RETURNS,
    /** Conversions of which anything came back, each once. */
    RETURNED_CONVERSIONS,
    /** Purchase lines; a return does not lower it. */
    PURCHASES;

    private final String label = Arrays.stream(name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());

    /** Its name in reports, such as activeUsers. */
    public String label() {
        return Character.toLowerCase(label.charAt(0)) + label.substring(1);
    }

    /** What a part of the outcomes of a kind counts as beside {@link #of}, or null. */
    static ArmCount partOf(Outcome outcome) {
        return switch (outcome.kind()) {
            case CONVERSION -> outcome.viewThrough() ? VIEW_THROUGH_CONVERSIONS : null;
            case RETURN -> outcome.firstReturn() ? RETURNED_CONVERSIONS : null;
            default -> null;
        };
    }

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
            case CROSS_CONVERSION -> CROSS_CONVERSIONS;
            case RETURN -> RETURNS;
            case PURCHASED -> outcome.quantity() > 0 ? PURCHASES : null;
            case EXPIRED, MATURED -> null;
        };
    }
}
