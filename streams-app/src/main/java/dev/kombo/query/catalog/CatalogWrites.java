package dev.kombo.query.catalog;

import dev.kombo.query.source.QuerySources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes items or bundles, and remembers recent publications: the index has them only a little later, and a change
 * must build on the one before it. Publications of other instances are not seen. Thread-safe.
 *
 * @param <D> item or bundle
 */
final class CatalogWrites<D> {
    private static final int MOST_REMEMBERED = 1_000;
    private static final long REMEMBERED_MILLIS = 10_000;

    private final QuerySources sources;
    private final CatalogKind<D, ?> kind;
    private final Map<String, Write<D>> latest = new LinkedHashMap<>();
    private final Object[] turns = new Object[64];

    /**
     * A recent publication.
     *
     * @param before values that the index may still have
     * @param after what was published last; null: the entry was removed
     */
    private record Write<D>(List<D> before, D after, long time) {}

    CatalogWrites(QuerySources sources, CatalogKind<D, ?> kind) {
        this.sources = sources;
        this.kind = kind;
        Arrays.setAll(turns, i -> new Object());
    }

    /**
     * Returns the lock of an id, to be held from reading an entry until it is published, so that the later of two
     * changes sees the earlier.
     */
    Object turn(String id) {
        return turns[Math.floorMod(Objects.hashCode(id), turns.length)];
    }

    /** Returns the current entry, or null. */
    synchronized D present(String id) {
        D indexed = kind.indexed.apply(sources.catalog(), id);
        Write<D> write = latest.get(id);
        boolean behind = write != null
                && sources.clock().now() - write.time() < REMEMBERED_MILLIS
                && write.before().contains(indexed);
        return behind ? write.after() : indexed;
    }

    /**
     * Publishes an entry.
     *
     * @param value null removes it
     */
    CompletableFuture<Void> publish(String id, D value) {
        Write<D> write = remember(id, value);
        return sources.outbox()
                .publish(kind.topic, id, value == null ? null : kind.toAvro.apply(value))
                .whenComplete((none, failure) -> forget(id, write, failure));
    }

    private synchronized Write<D> remember(String id, D value) {
        D present = present(id);
        Write<D> earlier = latest.remove(id);
        List<D> before = new ArrayList<>();
        if (earlier != null && earlier.after() == present) {
            before.addAll(earlier.before());
        }
        before.add(present);
        Write<D> write = new Write<>(before, value, sources.clock().now());
        latest.put(id, write);
        if (latest.size() > MOST_REMEMBERED) {
            latest.remove(latest.keySet().iterator().next());
        }
        return write;
    }

    private synchronized void forget(String id, Write<D> write, Throwable failure) {
        if (failure != null) {
            latest.remove(id, write);
        }
    }
}
