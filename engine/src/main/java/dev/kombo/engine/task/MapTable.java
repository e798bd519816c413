package dev.kombo.engine.task;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table in the memory of this process, for simulations, evaluations and tests. Keys are in the order of their
 * comparison, which for texts is that of their bytes, except for characters beyond the basic plane of Unicode.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class MapTable<K extends Comparable<K>, V> implements Table<K, V> {
    private final NavigableMap<K, V> rows = new TreeMap<>();
    private final UnaryOperator<V> copy;

    /** A table that keeps the values that it is given: a value that is changed after {@link #put} is changed here. */
    public MapTable() {
        this(UnaryOperator.identity());
    }

    /**
     * A table that keeps copies, as a table does that writes its values to bytes.
     *
     * @param copy returns a copy of a value
     */
    public MapTable(UnaryOperator<V> copy) {
        this.copy = copy;
    }

    @Override
    public @Nullable V get(K key) {
        V value = rows.get(key);
        return value == null ? null : copy.apply(value);
    }

    @Override
    public void put(K key, V value) {
        rows.put(key, copy.apply(value));
    }

    @Override
    public void delete(K key) {
        rows.remove(key);
    }

    @Override
    public boolean range(@Nullable K first, @Nullable K end, int most, Visitor<K, V> visitor) {
        NavigableMap<K, V> from = first == null ? rows : rows.tailMap(first, true);
        NavigableMap<K, V> within = end == null ? from : from.headMap(end, false);
        int visited = 0;
        for (Map.Entry<K, V> row : within.entrySet()) {
            if (visited++ == most) {
                return false;
            }
            visitor.row(row.getKey(), () -> copy.apply(row.getValue()));
        }
        return true;
    }
}
