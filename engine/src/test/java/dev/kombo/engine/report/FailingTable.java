package dev.kombo.engine.report;

import dev.kombo.engine.task.Table;
import org.jspecify.annotations.Nullable;

/** A table that cannot be written, or of which a row cannot be read, on demand. */
final class FailingTable<V> implements Table<String, V> {
    private final Table<String, V> table;
    private boolean fails;
    private @Nullable String damaged;

    FailingTable(Table<String, V> table) {
        this.table = table;
    }

    /** Says whether it fails from now on. */
    void fail(boolean now) {
        fails = now;
    }

    /** Says which row cannot be read from now on; null: none. */
    void damage(@Nullable String key) {
        damaged = key;
    }

    private void read(String key) {
        if (key.equals(damaged)) {
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
