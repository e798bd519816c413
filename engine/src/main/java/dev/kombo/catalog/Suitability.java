package dev.kombo.catalog;

import java.util.Set;

/**
 * The conditions that an item sets for the shoppers it is offered to.
 *
 * @param repeatable whether a shopper who holds it may hold another one
 * @param requires ids of items of which one must be held, or be in the same bundle; empty: none is needed
 * @param minAge youngest age in years
 * @param maxAge oldest age in years, or {@link Integer#MAX_VALUE}
 * @param segments user segments it is meant for; empty: everyone
 */
public record Suitability(boolean repeatable, Set<String> requires, int minAge, int maxAge, Set<String> segments) {
    /** Suits everybody, once. */
    public static final Suitability ONCE = new Suitability(false, Set.of(), 0, Integer.MAX_VALUE, Set.of());

    /** Copies the sets, so that an item in an index never changes. */
    public Suitability {
        requires = Set.copyOf(requires);
        segments = Set.copyOf(segments);
    }
}
