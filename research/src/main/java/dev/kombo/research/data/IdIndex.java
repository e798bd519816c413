package dev.kombo.research.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers ids from 0, in the order of their first occurrence. Filled by one thread, then read by any. */
public final class IdIndex {
    /** Returned for unknown ids. */
    public static final int UNKNOWN = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();

    IdIndex() {}

    int add(String id) {
        return numbers.computeIfAbsent(id, unused -> {
            ids.add(id);
            return ids.size() - 1;
        });
    }

    /** Returns the number of an id, or {@link #UNKNOWN}. */
    public int find(String id) {
        return numbers.getOrDefault(id, UNKNOWN);
    }

    /** Returns the id of a number. */
    public String id(int number) {
        return ids.get(number);
    }

    /** Number of ids. */
    public int size() {
        return ids.size();
    }
}
