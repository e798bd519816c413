package dev.kombo.learning.mining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds mined bundles and people's decisions on them: all suggestions by id, and the undecided ones in order. About 0.5
 * KB each, a fraction of what {@code CatalogIndex} holds of their items. One thread writes, any thread reads without a
 * lock; a reader may miss a suggestion for a moment while a newer one replaces it.
 */
public final class SuggestionIndex {
    private static final Comparator<Place> STRONGEST_FIRST =
            Comparator.comparingDouble(Place::rank).reversed().thenComparing(Place::id);

    private final Map<String, Suggestion> suggestions = new ConcurrentHashMap<>();
    private final Map<String, Review> decisions = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<Place> open = new ConcurrentSkipListSet<>(STRONGEST_FIRST);

    /** A person's decision on a suggestion. */
    public enum Review {
        APPROVED,
        REJECTED
    }

    /**
     * A position in the order of suggestions.
     *
     * @param rank as {@link Suggestion#rank}
     * @param id of the bundle
     */
    public record Place(double rank, String id) {}

    /**
     * A page of the open suggestions.
     *
     * @param suggestions strongest first
     * @param last position of the last of them, from which the next page starts; null where there is no more
     */
    public record Page(
            List<Suggestion> suggestions, @Nullable Place last) {}

    /** Adds a suggestion, or replaces an earlier one of the same bundle. */
    public void put(Suggestion suggestion) {
        Suggestion before = suggestions.put(suggestion.bundle().id(), suggestion);
        if (before != null) {
            open.remove(placeOf(before));
        }
        reopen(suggestion);
    }

    /** Removes a suggestion. */
    public void remove(String bundleId) {
        Suggestion before = suggestions.remove(bundleId);
        if (before != null) {
            open.remove(placeOf(before));
        }
    }

    /**
     * Records a decision; it also applies to later suggestions of the bundle.
     *
     * @param decision null: it was withdrawn
     */
    public void decide(String bundleId, @Nullable Review decision) {
        if (decision == null) {
            decisions.remove(bundleId);
        } else {
            decisions.put(bundleId, decision);
        }
        Suggestion suggestion = suggestions.get(bundleId);
        if (suggestion != null) {
            open.remove(placeOf(suggestion));
            reopen(suggestion);
        }
    }

    private void reopen(Suggestion suggestion) {
        if (!suggestion.approved() && !decisions.containsKey(suggestion.bundle().id())) {
            open.add(placeOf(suggestion));
        }
    }

    private static Place placeOf(Suggestion suggestion) {
        return new Place(suggestion.rank(), suggestion.bundle().id());
    }

    /** The suggestion of a bundle; null: none. */
    public @Nullable Suggestion suggestion(String bundleId) {
        return suggestions.get(bundleId);
    }

    /** All suggestions, unordered; concurrent changes may be missed. */
    public Iterator<Suggestion> all() {
        return suggestions.values().iterator();
    }

    /** The decision on a bundle; null: none. */
    public @Nullable Review decision(String bundleId) {
        return decisions.get(bundleId);
    }

    /**
     * Suggestions that await a decision.
     *
     * @param after position of the last one seen; null: starts with the strongest
     * @param most entries, at least 1
     * @param offered whether the catalogue has a bundle already
     */
    public Page open(@Nullable Place after, int most, Predicate<MinedBundle> offered) {
        List<Suggestion> page = new ArrayList<>();
        Place last = null;
        for (Place place : after == null ? open : open.tailSet(after, false)) {
            Suggestion suggestion = suggestions.get(place.id());
            if (suggestion == null || offered.test(suggestion.bundle())) {
                continue;
            }
            if (page.size() == most) {
                return new Page(page, last);
            }
            page.add(suggestion);
            last = place;
        }
        return new Page(page, null);
    }

    /**
     * A mined bundle as it was suggested.
     *
     * @param bundle the bundle
     * @param suggestedAt epoch milliseconds of events
     * @param approved whether it entered the catalogue at once
     */
    public record Suggestion(MinedBundle bundle, long suggestedAt, boolean approved) {
        /** The order of suggestions: support * ln(lift), as in {@link BundleMiner}. */
        public double rank() {
            return bundle.support() * Math.log(bundle.lift());
        }
    }
}
