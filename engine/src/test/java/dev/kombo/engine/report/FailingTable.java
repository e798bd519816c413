package dev.kombo.engine.report;

import dev.kombo.engine.task.Table;

/** A table that cannot be written on demand. */
final class FailingTable<V> implements Table<String, V> {
    private final Table<String, V> table;
    private boolean fails;

    FailingTable(Table<String, V> table) {
        this.table = table;
    }

    /** Says whether it fails from now on. */
    void fail(boolean now) {
        fails = now;
    }

    @Override
    public V get(String key) {
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
        return table.range(first, end, most, visitor);
    }
}
