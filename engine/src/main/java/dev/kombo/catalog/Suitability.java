package dev.kombo.catalog;

import java.util.Set;

/**
 * Whom an item suits.
 *
 * @param repeatable whether who holds it may hold another one
 * @param requires ids of items of which one must be held, or be in the same bundle; empty: none is needed
 * @param minAge youngest age in years
 * @param maxAge oldest age in years, or {@link Integer#MAX_VALUE}
 * @param segments user segments it is meant for; empty: everyone
 */
public record Suitability(boolean repeatable, Set<String> requires, int minAge, int maxAge, Set<String> segments) {
    /** Once to everybody. */
    public static final Suitability ONCE = new Suitability(false, Set.of(), 0, Integer.MAX_VALUE, Set.of());

    /** Copies the sets, so that an item never changes once it is in an index. */
    public Suitability {
        requires = Set.copyOf(requires);
        segments = Set.copyOf(segments);
    }
}
