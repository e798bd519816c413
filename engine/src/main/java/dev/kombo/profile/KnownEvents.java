package dev.kombo.profile;

import dev.kombo.catalog.StableHash;

/**
 * The recent events of a shopper, for de-duplication. Purchases and returns are stored separately and longer, since a
 * repeated one would count its money twice. Not thread-safe; used only by the stream thread that owns the shopper's
 * partition.
 *
 * @param history holds the ids of purchases and returns
 * @param others ids of all other events
 */
public record KnownEvents(History history, RecentEventIds others) {
    /** Whether an event of that id is known. */
    public boolean contains(String eventId) {
        long hash = StableHash.of(eventId);
        return others.contains(hash) || history.knowsPaidEvent(hash);
    }

    /**
     * Adds an event.
     *
     * @param latest latest time known of the shopper, from which ages are measured
     */
    void add(ShopperEvent event, long latest) {
        RecentEventIds ids = event.type().movesMoney() ? history.parts().paidEventIds() : others;
        ids.add(event.eventId(), event.time(), latest);
    }

    void absorb(KnownEvents other) {
        history.parts().paidEventIds().absorb(other.history.parts().paidEventIds());
        others.absorb(other.others);
    }
}
