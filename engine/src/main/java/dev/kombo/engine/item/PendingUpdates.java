package dev.kombo.engine.item;

import dev.kombo.codec.Fields;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Updates that an item task has counted on the heap, and that may not be in its stored rows yet: those of one commit.
 *
 * @param number in the order of the commits, from 1
 * @param updates in the order in which they were counted
 */
public record PendingUpdates(long number, List<ItemInput> updates) {
    /** Key of the row that has the number of the first updates that may not be in all rows. */
    public static final String FIRST = "first";

    /** Number of keys that pending updates have in turn; more are never pending. */
    static final int KEYS = 1_024;

    /** Version of the layout. */
    private static final int LAYOUT = 1;

    /** No updates, to be passed where some are read. */
    public static final PendingUpdates NONE = new PendingUpdates(0, List.of());

    /**
     * Returns the updates that may not be in the rows yet, in the order in which they were counted.
     *
     * @param stored what one task has stored, by key
     */
    public static List<PendingUpdates> of(Map<String, PendingUpdates> stored) {
        long first = stored.getOrDefault(FIRST, NONE).number();
        return stored.entrySet().stream()
                .filter(row -> !row.getKey().equals(FIRST) && row.getValue().number() >= first)
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingLong(PendingUpdates::number))
                .toList();
    }

    /** Key of the updates of a number; the keys are used again. */
    static String key(long number) {
        return Long.toString(number % KEYS);
    }

    /** The fields, as the item task stores them. */
    public PendingUpdates fields(Fields f) {
        f.version("pending updates of items", LAYOUT, LAYOUT, LAYOUT);
        return new PendingUpdates(f.number(number), f.each(updates, ItemInput.BLANK, ItemInput::fields));
    }
}
