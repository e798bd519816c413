package dev.kombo.engine.task;

import java.util.Collection;
import java.util.Set;

/** A table that cannot be written, or of which rows cannot be read, on demand. */
public final class FailingTable<V> implements Table<String, V> {
    private final Table<String, V> table;
    private boolean fails;
    private Set<String> damaged = Set.of();

    public FailingTable(Table<String, V> table) {
        this.table = table;
    }

    /** Says whether it fails from now on. */
    public void fail(boolean now) {
        fails = now;
    }

    /** Says which rows cannot be read from now on. */
    public void damage(Collection<String> keys) {
        damaged = Set.copyOf(keys);
    }

    private void read(String key) {
        if (damaged.contains(key)) {
            throw new IllegalArgumentException("cannot be read");
        }
    }

    @Override
    public V get(String key) {
        read(key);
        return table.get(key);
    }

    @Override
    public void put(String key, V value) {
        if (fails) {
            throw new IllegalStateException("cannot be written");
        }
        table.put(key, value);
    }

    @Override
    public void delete(String key) {
        table.delete(key);
    }

    @Override
    public boolean range(String first, String end, int most, Visitor<String, V> visitor) {
        return table.range(
                first,
                end,
                most,
                (key, value) -> visitor.row(key, () -> {
                    read(key);
                    return value.get();
                }));
    }
}
