package dev.kombo.catalog.index;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Assigns small numbers to categories, never reused. One thread writes, any thread reads. */
final class CategoryNumbers {
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    /** The number of a category; assigns one where it has none. Called by the one writer. */
    int add(String category) {
        if (category == null) {
            return CatalogIndex.UNKNOWN;
        }
        int next = numbers.size();
        Integer known = numbers.putIfAbsent(category, next);
        return known == null ? next : known;
    }

    int get(String category) {
        return numbers.getOrDefault(category, CatalogIndex.UNKNOWN);
    }

    int size() {
        return numbers.size();
    }
}
