package dev.kombo.lab.replay;

import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import java.util.List;

/**
 * A catalogue that comes with a file of events.
 *
 * @param items items, each once
 * @param bundles bundles, each once, of these items
 */
public record FileCatalog(List<Item> items, List<Bundle> bundles) {
    /** Of a file that comes with none: its items are derived from its events. */
    public static final FileCatalog EMPTY = new FileCatalog(List.of(), List.of());

    /** Copies the lists. */
    public FileCatalog {
        items = List.copyOf(items);
        bundles = List.copyOf(bundles);
    }
}
