package dev.kombo.engine.item;

import dev.kombo.codec.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Updates that an item task has counted on the heap, and that are not in its stored rows yet: those of one commit.
 *
 * @param round how often the rows had been written before; updates of an earlier round are in the rows
 * @param updates in the order in which they were counted
 */
public record PendingUpdates(long round, List<ItemInput> updates) {
    /** Key of the row that tells how often the rows have been written; the others are numbered from 0. */
    public static final String ROUND = "round";

    /** Version of the layout. */
    private static final int LAYOUT = 1;

    /** No updates, to be passed where some are read. */
    public static final PendingUpdates NONE = new PendingUpdates(0, List.of());

    /**
     * Returns the updates that are not in the rows yet, in the order in which they were counted.
     *
     * @param stored what one task has stored, by key
     */
    public static List<ItemInput> of(Map<String, PendingUpdates> stored) {
        long round = stored.getOrDefault(ROUND, NONE).round();
        List<ItemInput> updates = new ArrayList<>();
        PendingUpdates commit = stored.get(key(0));
        for (int next = 1; commit != null && commit.round() == round; next++) {
            updates.addAll(commit.updates());
            commit = stored.get(key(next));
        }
        return updates;
    }

    /** Key of the row of a commit, numbered from 0 in each round. */
    static String key(int commit) {
        return Integer.toString(commit);
    }

    /** The fields, as the item task stores them. */
    public PendingUpdates fields(Fields f) {
        f.version("pending updates of items", LAYOUT, LAYOUT, LAYOUT);
        return new PendingUpdates(f.number(round), f.each(updates, ItemInput.BLANK, ItemInput::fields));
    }
}
