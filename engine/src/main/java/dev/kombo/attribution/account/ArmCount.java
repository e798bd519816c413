package dev.kombo.attribution.account;

import dev.kombo.attribution.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The counts of an arm in a window. */
public enum ArmCount {
    /** Shoppers assigned to the arm in the window. */
    USERS,
    /** Active shoppers, each once per UTC day; in an hour, those first seen then. Not additive across windows. */
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
    /** The conversions of bundles that were seen but not clicked. */
    VIEW_THROUGH_CONVERSIONS,
    /** Bundles that had been bought in part when their offer closed. */
    PARTIAL_CONVERSIONS,
    /** Purchases of a whole bundle that was not offered, but shares an item with one that was offered and seen. */
    CROSS_CONVERSIONS,
    /** Returns that took money back from a conversion; a conversion returned in parts has several. */
    RETURNS,
    /** Conversions of which anything was returned, each once. */
    RETURNED_CONVERSIONS,
    /** Purchase lines; a return does not lower it. */
    PURCHASES;

    private final String label = Arrays.stream(name().split("_", -1))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());

    /** Its name in reports, such as {@code activeUsers}. */
    public String label() {
        return Character.toLowerCase(label.charAt(0)) + label.substring(1);
    }

    /** The count that a part of a kind's outcomes adds to, beside {@link #of}, or null. */
    static ArmCount partOf(Outcome outcome) {
        return switch (outcome.kind()) {
            case CONVERSION -> outcome.viewThrough() ? VIEW_THROUGH_CONVERSIONS : null;
            case RETURN -> outcome.firstReturn() ? RETURNED_CONVERSIONS : null;
            default -> null;
        };
    }

    /** The count that an outcome adds to, or null where it is not counted. */
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
