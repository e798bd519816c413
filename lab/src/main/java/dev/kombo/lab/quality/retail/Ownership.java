package dev.kombo.lab.quality.retail;

import java.util.HashMap;
import java.util.Map;

/** In how many baskets each user bought each item. Exact, where a profile forgets: it decides what is new to a user. */
final class Ownership {
    private static final Map<Integer, Integer> NOTHING = Map.of();

    private final Map<Integer, Map<Integer, Integer>> baskets = new HashMap<>();

    void add(int user, int item) {
        baskets.computeIfAbsent(user, none -> new HashMap<>()).merge(item, 1, Integer::sum);
    }

    /** Baskets of a user with each item; read only. */
    Map<Integer, Integer> of(int user) {
        return baskets.getOrDefault(user, NOTHING);
    }
}
