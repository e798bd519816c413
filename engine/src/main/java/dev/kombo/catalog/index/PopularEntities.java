package dev.kombo.catalog.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lists the most popular bundles by their numbers in the catalogue index, most popular first; the list is always exact.
 * The writer keeps all known ordinals in a sorted tree; readers get an array of its top, replaced when a change reaches
 * the top. An update costs O(log n), and O(length of the list) where it reaches the top. Ties are broken by hash, so
 * that the list does not depend on the order of arrival.
 */
final class PopularEntities {
    private record Ranked(double key, long hash, int ordinal) {}

    private static final Comparator<Ranked> MOST_POPULAR_FIRST = Comparator.comparingDouble(Ranked::key)
            .reversed()
            .thenComparingLong(Ranked::hash)
            .thenComparingInt(Ranked::ordinal);

    private final int length;
    private final TreeSet<Ranked> places = new TreeSet<>(MOST_POPULAR_FIRST);
    private Ranked[] byOrdinal = new Ranked[64];
    private @Nullable Ranked last;
    private boolean changed;
    private volatile int[] top = {};

    PopularEntities(int length) {
        this.length = length;
    }

    /** Adds or moves an ordinal by its {@link LogPopularity} key. */
    void put(int ordinal, long hash, double key) {
        Ranked before = placeOf(ordinal);
        if (before != null && before.key() == key) {
            return;
        }
        remove(ordinal);
        Ranked place = new Ranked(key, hash, ordinal);
        byOrdinal[ordinal] = place;
        places.add(place);
        changed |= reachesTop(place);
    }

    /** Removes an ordinal. */
    void remove(int ordinal) {
        Ranked before = placeOf(ordinal);
        if (before != null) {
            byOrdinal[ordinal] = null;
            places.remove(before);
            changed |= reachesTop(before);
        }
    }

    /** Publishes the changes since the last call to readers. */
    void publish() {
        if (!changed) {
            return;
        }
        changed = false;
        int[] ordinals = new int[Math.min(length, places.size())];
        int i = 0;
        for (Ranked place : places) {
            if (i == ordinals.length) {
                break;
            }
            ordinals[i++] = place.ordinal();
            last = place;
        }
        top = ordinals;
    }

    /** The most popular ordinals, up to the list's maximum length; must not be written. */
    int[] top() {
        return top;
    }

    private boolean reachesTop(Ranked place) {
        return top.length < length || MOST_POPULAR_FIRST.compare(place, last) <= 0;
    }

    private Ranked placeOf(int ordinal) {
        if (ordinal >= byOrdinal.length) {
            byOrdinal = Arrays.copyOf(byOrdinal, Math.max(ordinal + 1, 2 * byOrdinal.length));
        }
        return byOrdinal[ordinal];
    }
}
