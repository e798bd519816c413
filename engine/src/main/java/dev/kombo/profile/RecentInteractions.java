package dev.kombo.profile;

import dev.kombo.codec.Fields;
import java.util.Arrays;

/**
 * A shopper's latest interactions, oldest first, at most {@code capacity}; the oldest is replaced. Entities are stored
 * as {@link dev.kombo.math.StableHash hashes}, which the index resolves without making a string. Not thread-safe: only
 * the thread of the shopper's task uses it.
 */
public final class RecentInteractions {
    private static final int FIRST_CAPACITY = 8;
    private final int capacity;
    private long[] entities = {};
    private long[] times = {};
    private byte[] types = {};
    private int size;

    /**
     * Creates an empty list.
     *
     * @param capacity most interactions kept
     */
    public RecentInteractions(int capacity) {
        this.capacity = capacity;
    }

    private void ensure(int interactions) {
        if (interactions > entities.length) {
            entities = Arrays.copyOf(entities, interactions);
            times = Arrays.copyOf(times, interactions);
            types = Arrays.copyOf(types, interactions);
        }
    }

    /** The fields, times as distances, first from the time of the latest event. */
    void fields(Fields f, long latest) {
        long before = latest;
        size = f.size(size);
        // With room for one more, which is usually added next.
        ensure(Math.max(size, Math.min(capacity, size + 1)));
        for (int i = 0; i < size; i++) {
            entities[i] = f.fixed(entities[i]);
            types[i] = (byte) EventType.of(f.octet(types[i])).ordinal();
            times[i] = f.before(times[i], before);
            before = times[i];
        }
        // More may be stored than fits now.
        removeFirst(size - capacity);
    }

    private void removeFirst(int count) {
        if (count > 0) {
            size -= count;
            System.arraycopy(entities, count, entities, 0, size);
            System.arraycopy(times, count, times, 0, size);
            System.arraycopy(types, count, types, 0, size);
        }
    }

    /**
     * Adds an interaction.
     *
     * @param entity hash of the entity
     * @param type what happened
     * @param time epoch milliseconds
     */
    public void add(long entity, EventType type, long time) {
        if (size == capacity) {
            removeFirst(1);
        }
        if (size == entities.length) {
            ensure(Math.min(capacity, Math.max(FIRST_CAPACITY, 2 * size)));
        }
        entities[size] = entity;
        times[size] = time;
        types[size] = (byte) type.ordinal();
        size++;
    }

    /** Adds the interactions of another list, in the order of their times; the oldest are dropped. */
    void absorb(RecentInteractions other) {
        RecentInteractions merged = new RecentInteractions(capacity);
        int own = 0;
        int theirs = 0;
        while (own < size || theirs < other.size) {
            boolean mine = theirs == other.size || (own < size && times[own] <= other.times[theirs]);
            RecentInteractions from = mine ? this : other;
            int index = mine ? own++ : theirs++;
            merged.add(from.entities[index], EventType.of(from.types[index]), from.times[index]);
        }
        entities = merged.entities;
        times = merged.times;
        types = merged.types;
        size = merged.size;
    }

    /** Number of interactions kept. */
    public int size() {
        return size;
    }

    /** Hash of the entity of interaction {@code index}, 0 being the oldest. */
    public long entity(int index) {
        return entities[index];
    }

    /** Time of interaction {@code index}, epoch milliseconds. */
    public long time(int index) {
        return times[index];
    }

    /** Type of interaction {@code index}. */
    public EventType type(int index) {
        return EventType.of(types[index]);
    }
}
