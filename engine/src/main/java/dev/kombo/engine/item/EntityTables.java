package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.task.HalfWrittenException;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Table;
import dev.kombo.entity.Entity;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one item task, of which it is the only writer: the state of each item and bundle, and what is bought with
 * each item. Not thread-safe.
 *
 * <p>Rows that were used last are kept decoded on the heap, and updates are counted there. A row takes 2 KB and an
 * update 50 bytes, so the updates are stored as they came, in one row of pending updates per commit, and a row that
 * changed is written {@value #WRITE_AFTER_MILLIS} ms later. Each row tells up to which pending updates it has counted.
 * Tables that are opened again count the later ones once more: a row on the heap is at any time the stored row and the
 * pending updates after it.
 */
public final class EntityTables {
    /**
     * How long after its first change a row is written, in milliseconds. The longer, the more updates of a row are
     * written at once, and the more updates are counted again after a restart, some microseconds each.
     */
    private static final long WRITE_AFTER_MILLIS = 10_000;

    /** Most rows that are written before a commit, some 20 microseconds each, as events wait meanwhile. */
    private static final int SLICE_ROWS = 200;

    /** Changed rows from which on some are written before their time. */
    private static final int MOST_CHANGED = 2_000;

    /** A decoded row; its counts are read when they are needed. */
    private static final class Row {
        private final EntityState state;
        private @Nullable NeighborCounts counts;
        private boolean countsChanged;
        /** When it first changed since it was written, epoch milliseconds of the machine's clock. */
        private long changedAt;
        /** Number of the pending updates with that change. */
        private long changedIn;

        private Row(EntityState state) {
            this.state = state;
        }
    }

    private final Table<String, EntityState> states;
    private final Table<String, NeighborCounts> neighbors;
    private final Table<String, PendingUpdates> pending;
    private final NeighborSettings settings;
    private final PopularitySettings popularity;
    private final Isolation isolation;
    private final int capacity;
    /** Decoded rows by entity, the one that was used longest ago first. */
    private final Map<String, Row> rows = new LinkedHashMap<>(16, 0.75f, true);
    /** Rows that have changed since they were written, the one that changed first first; they are decoded. */
    private final Map<String, Row> changed = new LinkedHashMap<>();
    /** Updates of changed rows that are not stored yet. */
    private List<ItemInput> unstored = new ArrayList<>();

    /** Number of the first pending updates that may not be in all rows, from 1. */
    private long first = 1;
    /** Number of the next pending updates. */
    private long next = 1;

    /**
     * Rows as they are stored, with the pending updates.
     *
     * @param states by item or bundle
     * @param neighbors by item
     * @param pending updates that are not in the rows yet
     * @param popularity of an entity without a row
     * @param isolation keeps an entity whose updates or row cannot be read or written from holding up the others
     * @param capacity most rows on the heap, at least 2
     */
    public EntityTables(
            Table<String, EntityState> states,
            Table<String, NeighborCounts> neighbors,
            Table<String, PendingUpdates> pending,
            NeighborSettings settings,
            PopularitySettings popularity,
            Isolation isolation,
            int capacity) {
        this.states = states;
        this.neighbors = neighbors;
        this.pending = pending;
        this.settings = settings;
        this.popularity = popularity;
        this.isolation = isolation;
        this.capacity = capacity;
        restore();
    }

    private void restore() {
        isolation.attempt(PendingUpdates.FIRST, 0, () -> {
            PendingUpdates from = pending.get(PendingUpdates.FIRST);
            first = from == null ? 1 : from.number();
        });
        next = first;
        boolean more = true;
        while (more) {
            List<ItemInput> updates = new ArrayList<>();
            long number = next;
            more = readPending(number, updates);
            next += more ? 1 : 0;
            for (ItemInput update : updates) {
                isolation.attempt(update.entity(), 0, () -> countAgain(update, number));
            }
        }
    }

    /** Adds the pending updates of a number, if they can be read; returns false if there are none. */
    private boolean readPending(long number, List<ItemInput> updates) {
        boolean[] found = {true};
        isolation.attempt("pending updates " + number, 0, () -> {
            PendingUpdates stored = pending.get(PendingUpdates.key(number));
            found[0] = stored != null && stored.number() == number;
            if (stored != null && found[0]) {
                updates.addAll(stored.updates());
            }
        });
        return found[0];
    }

    /** Counts an update of some pending ones, unless the row has counted them. */
    private void countAgain(ItemInput input, long number) {
        EntityState stored = state(input.entity());
        if (stored == null || stored.counted() < number) {
            EntityState state = countedState(input);
            change(input.entity(), state, countedPartners(input), number, 0);
        }
    }

    /** The state of an entity with an update, which its row on the heap has from now on. */
    private EntityState countedState(ItemInput input) {
        EntityState stored = state(input.entity());
        EntityState state = stored == null ? EntityState.unknown(popularity) : stored;
        state.count(input.update());
        return state;
    }

    /** What is bought with an item, with the order of an update; null: it has none. */
    private @Nullable NeighborCounts countedPartners(ItemInput input) {
        if (!input.update().hasPartners()) {
            return null;
        }
        NeighborCounts counts = counts(input.entity());
        input.update().countPartners(Entity.idOf(input.entity()), counts);
        return counts;
    }

    /** The row of an entity; null: it has none. */
    @Nullable
    EntityState state(String entity) {
        Row row = row(entity);
        return row == null ? null : row.state;
    }

    /** What is counted of the items bought with an item; nothing if it has no row. */
    NeighborCounts counts(String item) {
        Row row = row(item);
        if (row == null) {
            return storedCounts(item);
        }
        if (row.counts == null) {
            row.counts = storedCounts(item);
        }
        return row.counts;
    }

    private NeighborCounts storedCounts(String item) {
        NeighborCounts counts = neighbors.get(item);
        return counts == null ? new NeighborCounts(settings) : counts;
    }

    private @Nullable Row row(String entity) {
        Row row = rows.get(entity);
        if (row == null) {
            EntityState stored = states.get(entity);
            if (stored == null) {
                return null;
            }
            row = keep(entity, new Row(stored));
        }
        return row;
    }

    private Row keep(String entity, Row row) {
        Iterator<String> eldest = rows.keySet().iterator();
        while (rows.size() >= capacity && eldest.hasNext()) {
            if (!changed.containsKey(eldest.next())) {
                eldest.remove();
            }
        }
        rows.put(entity, row);
        return row;
    }

    /**
     * Counts an update. If it fails, the row is as it was before. A row that is new is written at once, so that a walk
     * finds it.
     */
    void count(ItemInput input, long systemTime) {
        String entity = input.entity();
        try {
            EntityState state = countedState(input);
            NeighborCounts counts = countedPartners(input);
            if (rows.containsKey(entity)) {
                change(entity, state, counts, next, systemTime);
                unstored.add(input);
                return;
            }
            state.counted(next - 1);
            if (counts != null) {
                neighbors.put(entity, counts);
            }
            states.put(entity, state);
            keep(entity, new Row(state)).counts = counts;
        } catch (RuntimeException e) {
            restore(entity);
            throw e;
        }
    }

    private void change(
            String entity, EntityState state, @Nullable NeighborCounts counts, long number, long systemTime) {
        Row row = rows.get(entity);
        if (row == null) {
            row = keep(entity, new Row(state));
        }
        if (counts != null) {
            row.counts = counts;
            row.countsChanged = true;
        }
        if (changed.putIfAbsent(entity, row) == null) {
            row.changedAt = systemTime;
            row.changedIn = number;
        }
    }

    /**
     * Writes what has changed in the counts of an item other than by an update, with what is pending of it, since
     * updates that are counted again must find the counts as they were before them.
     */
    void put(String item, NeighborCounts counts, long systemTime) {
        Row row = rows.get(item);
        if (row == null) {
            neighbors.put(item, counts);
            return;
        }
        change(item, row.state, counts, next, systemTime);
        write(List.of(item), systemTime);
    }

    void delete(String entity, long systemTime) {
        writeAll(systemTime);
        rows.remove(entity);
        states.delete(entity);
        if (Entity.isItem(entity)) {
            neighbors.delete(entity);
        }
    }

    /**
     * Visits the next rows.
     *
     * @param first the smallest key of them; null: begins with the first row
     * @param most how many rows are visited at most
     * @return whether the last row has been visited
     */
    boolean walk(@Nullable String first, int most, Table.Visitor<String, EntityState> visitor) {
        return states.range(first, null, most, (entity, stored) -> {
            Row row = changed.get(entity);
            visitor.row(entity, row == null ? stored : () -> row.state);
        });
    }

    /** Takes an entity's row as it was before work on it that failed, and that may have changed it in part. */
    void restore(String entity) {
        rows.remove(entity);
        if (changed.remove(entity) == null) {
            return;
        }
        for (long number = first; number < next; number++) {
            List<ItemInput> updates = new ArrayList<>();
            readPending(number, updates);
            countAgain(entity, updates, number);
        }
        countAgain(entity, unstored, next);
    }

    private void countAgain(String entity, List<ItemInput> updates, long number) {
        for (ItemInput update : updates) {
            if (update.entity().equals(entity)) {
                countAgain(update, number);
            }
        }
    }

    /**
     * Stores the updates since the last commit, and writes rows whose time has come.
     *
     * @throws HalfWrittenException if some rows are written and others cannot be
     */
    void store(long systemTime) {
        store();
        if (next - first >= PendingUpdates.KEYS - 1) {
            writeAll(systemTime);
            return;
        }
        List<String> due = due(systemTime);
        if (!due.isEmpty()) {
            write(due, systemTime);
        }
    }

    /** Rows whose time has come, and some of the oldest where too many have changed. */
    private List<String> due(long systemTime) {
        int early = changed.size() - Math.min(MOST_CHANGED, capacity / 2);
        List<String> due = new ArrayList<>();
        for (Map.Entry<String, Row> oldest : changed.entrySet()) {
            boolean old = systemTime - oldest.getValue().changedAt >= WRITE_AFTER_MILLIS;
            if (due.size() >= SLICE_ROWS || !(old || due.size() < early)) {
                break;
            }
            due.add(oldest.getKey());
        }
        return due;
    }

    private void writeAll(long systemTime) {
        write(List.copyOf(changed.keySet()), systemTime);
    }

    private void store() {
        if (!unstored.isEmpty()) {
            pending.put(PendingUpdates.key(next), new PendingUpdates(next, unstored));
            next++;
            unstored = new ArrayList<>();
        }
    }

    /**
     * Writes rows that have changed, with the pending updates before them.
     *
     * @throws HalfWrittenException if some rows are written and others cannot be
     */
    private void write(List<String> entities, long systemTime) {
        try {
            store();
            for (String entity : entities) {
                Row row = changed.remove(entity);
                // On its own, since a row that cannot be encoded would hold up all others for ever.
                if (row != null && !isolation.attempt(entity, systemTime, () -> write(entity, row))) {
                    rows.remove(entity);
                }
            }
            long from = next;
            for (Row row : changed.values()) {
                from = Math.min(from, row.changedIn);
            }
            if (from > first) {
                first = from;
                pending.put(PendingUpdates.FIRST, new PendingUpdates(first, List.of()));
            }
        } catch (RuntimeException e) {
            throw new HalfWrittenException("The rows of items and bundles could not be written", e);
        }
    }

    private void write(String entity, Row row) {
        row.state.counted(next - 1);
        if (row.countsChanged && row.counts != null) {
            neighbors.put(entity, row.counts);
            row.countsChanged = false;
        }
        states.put(entity, row.state);
    }
}
