package dev.kombo.profile;

import java.nio.ByteBuffer;

/**
 * The latest targets a shopper touched, oldest first, at most {@code capacity}; the oldest gives way. Each knows how
 * many learning replays it has left. Targets are kept as {@link dev.kombo.catalog.StableHash hashes}: the index
 * resolves them without making a string. Touched only by the stream thread that owns the shopper's partition.
 */
public final class RecentInteractions {
    private static final int ENTRY_BYTES = Long.BYTES + Long.BYTES + 2;

    private final long[] targets;
    private final long[] times;
    private final byte[] types;
    private final byte[] replays;
    private int size;

    /**
     * @param capacity most interactions kept
     */
    public RecentInteractions(int capacity) {
        targets = new long[capacity];
        times = new long[capacity];
        types = new byte[capacity];
        replays = new byte[capacity];
    }

    /** Reads what {@link #write} wrote; where more is stored than fits, the newest are kept. */
    public static RecentInteractions read(ByteBuffer bytes, int capacity) {
        RecentInteractions recent = new RecentInteractions(capacity);
        int stored = bytes.remaining() / ENTRY_BYTES;
        bytes.position(bytes.position() + Math.max(0, stored - capacity) * ENTRY_BYTES);
        while (bytes.remaining() >= ENTRY_BYTES) {
            recent.add(bytes.getLong(), EventType.of(bytes.get()), bytes.get(), bytes.getLong());
        }
        return recent;
    }

    /** All interactions as bytes: target, type, replays left and time of each. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putLong(targets[i]).put(types[i]).put(replays[i]).putLong(times[i]);
        }
        return bytes.flip();
    }

    /** Replays that interaction {@code index} has left. */
    public int replaysLeft(int index) {
        return replays[index];
    }

    private void add(long target, EventType type, byte replaysLeft, long time) {
        if (size == targets.length) {
            System.arraycopy(targets, 1, targets, 0, size - 1);
            System.arraycopy(times, 1, times, 0, size - 1);
            System.arraycopy(types, 1, types, 0, size - 1);
            System.arraycopy(replays, 1, replays, 0, size - 1);
            size--;
        }
        targets[size] = target;
        times[size] = time;
        types[size] = (byte) type.ordinal();
        replays[size] = replaysLeft;
        size++;
    }

    /**
     * Remembers an interaction.
     *
     * @param target hash of the target
     * @param type what happened
     * @param replayBudget learning replays it may have, 0 to 127
     * @param time epoch milliseconds
     */
    public void add(long target, EventType type, int replayBudget, long time) {
        add(target, type, (byte) Math.min(replayBudget, Byte.MAX_VALUE), time);
    }

    /** Takes over the interactions of another, in the order of their times; the oldest give way. */
    void absorb(RecentInteractions other) {
        RecentInteractions mine = copy();
        size = 0;
        int own = 0;
        int theirs = 0;
        while (own < mine.size || theirs < other.size) {
            boolean next = theirs == other.size || (own < mine.size && mine.times[own] <= other.times[theirs]);
            RecentInteractions from = next ? mine : other;
            int index = next ? own++ : theirs++;
            add(from.targets[index], EventType.of(from.types[index]), from.replays[index], from.times[index]);
        }
    }

    private RecentInteractions copy() {
        return read(write(), targets.length);
    }

    /** Number of interactions kept. */
    public int size() {
        return size;
    }

    /** Hash of the target of interaction {@code index}, 0 being the oldest. */
    public long target(int index) {
        return targets[index];
    }

    /** Time of interaction {@code index}, epoch milliseconds. */
    public long time(int index) {
        return times[index];
    }

    /** What happened at {@code index}. */
    public EventType type(int index) {
        return EventType.of(types[index]);
    }

    /** Uses up one replay of interaction {@code index}; false where none is left. */
    public boolean takeReplay(int index) {
        if (replays[index] <= 0) {
            return false;
        }
        replays[index]--;
        return true;
    }

    /** Whether any interaction has a replay left. */
    public boolean hasReplays() {
        for (int i = 0; i < size; i++) {
            if (replays[i] > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecentInteractions that && write().equals(that.write());
    }

    @Override
    public int hashCode() {
        return write().hashCode();
    }
}
