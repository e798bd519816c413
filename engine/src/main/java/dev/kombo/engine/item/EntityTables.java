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
 * update 50 bytes, so a commit stores the updates as they came, in one row of pending updates, and the rows that
 * changed are written once per {@value #WRITE_INTERVAL_MILLIS} ms. Tables that are opened again count the pending
 * updates once more: a row on the heap is at any time the stored row and the pending updates after it.
 */
public final class EntityTables {
    /**
     * Time between two writes of the rows that changed, in milliseconds. The longer it is, the more updates of a row
     * are written at once, and the more updates are counted again after a restart, some microseconds each.
     */
    private static final long WRITE_INTERVAL_MILLIS = 10_000;

    /** Changed rows that are written before the interval is over, as events wait while rows are written. */
    private static final int MOST_CHANGED = 1_000;

    /** A decoded row; its counts are read when they are needed. */
    private static final class Row {
        private final EntityState state;
        private @Nullable NeighborCounts counts;
        private boolean countsChanged;

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
    /** Rows that have changed since they were written; they are decoded. */
    private final Map<String, Row> changed = new LinkedHashMap<>();
    /** Updates of changed rows since the last commit. */
    private List<ItemInput> unstored = new ArrayList<>();

    private long round;
    /** Number of rows of pending updates in this round. */
    private int pendingRows;

    private long writtenAt;

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
        isolation.attempt(PendingUpdates.ROUND, 0, () -> {
            PendingUpdates written = pending.get(PendingUpdates.ROUND);
            round = written == null ? 0 : written.round();
        });
        boolean more = true;
        while (more) {
            List<ItemInput> updates = new ArrayList<>();
            more = readPending(pendingRows, updates);
            pendingRows += more ? 1 : 0;
            for (ItemInput update : updates) {
                isolation.attempt(update.entity(), 0, () -> countAgain(update));
            }
        }
    }

    /** Adds the updates of a pending row of this round, if it can be read; returns false if there is no such row. */
    private boolean readPending(int row, List<ItemInput> updates) {
        boolean[] found = {true};
        isolation.attempt("pending updates, row " + row, 0, () -> {
            PendingUpdates stored = pending.get(PendingUpdates.key(row));
            found[0] = stored != null && stored.round() == round;
            if (stored != null && found[0]) {
                updates.addAll(stored.updates());
            }
        });
        return found[0];
    }

    private void countAgain(ItemInput input) {
        EntityState state = countedState(input);
        change(input.entity(), state, countedPartners(input));
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
                change(entity, state, counts);
                unstored.add(input);
                if (changed.size() >= Math.min(MOST_CHANGED, capacity / 2)) {
                    write(systemTime);
                }
                return;
            }
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

    private void change(String entity, EntityState state, @Nullable NeighborCounts counts) {
        Row row = rows.get(entity);
        if (row == null) {
            row = keep(entity, new Row(state));
        }
        if (counts != null) {
            row.counts = counts;
            row.countsChanged = true;
        }
        changed.put(entity, row);
    }

    /**
     * Writes what has changed in the counts of an item other than by an update, with all that is pending, since updates
     * that are counted again must find the counts as they were before them.
     */
    void put(String item, NeighborCounts counts, long systemTime) {
        Row row = rows.get(item);
        if (row == null) {
            neighbors.put(item, counts);
            return;
        }
        change(item, row.state, counts);
        write(systemTime);
    }

    void delete(String entity, long systemTime) {
        write(systemTime);
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
        List<ItemInput> updates = new ArrayList<>();
        for (int row = 0; row < pendingRows; row++) {
            readPending(row, updates);
        }
        updates.addAll(unstored);
        for (ItemInput update : updates) {
            if (update.entity().equals(entity)) {
                countAgain(update);
            }
        }
    }

    /** Stores the updates since the last commit. */
    void store() {
        if (!unstored.isEmpty()) {
            pending.put(PendingUpdates.key(pendingRows), new PendingUpdates(round, unstored));
            pendingRows++;
            unstored = new ArrayList<>();
        }
    }

    /** Writes the rows that changed, once per interval. */
    void writeDue(long systemTime) {
        if (systemTime - writtenAt >= WRITE_INTERVAL_MILLIS) {
            writtenAt = systemTime;
            write(systemTime);
        }
    }

    /** @throws HalfWrittenException if some rows are written and others cannot be */
    private void write(long systemTime) {
        if (changed.isEmpty()) {
            return;
        }
        try {
            // On its own, since a row that cannot be encoded would hold up all others for ever.
            changed.forEach((entity, row) -> {
                if (!isolation.attempt(entity, systemTime, () -> write(entity, row))) {
                    rows.remove(entity);
                }
            });
            changed.clear();
            unstored.clear();
            if (pendingRows > 0) {
                round++;
                pending.put(PendingUpdates.ROUND, new PendingUpdates(round, List.of()));
                pendingRows = 0;
            }
        } catch (RuntimeException e) {
            throw new HalfWrittenException("The rows of items and bundles could not be written", e);
        }
    }

    private void write(String entity, Row row) {
        if (row.countsChanged && row.counts != null) {
            neighbors.put(entity, row.counts);
            row.countsChanged = false;
        }
        states.put(entity, row.state);
    }
}
