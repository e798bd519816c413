package dev.kombo.profile;

import dev.kombo.catalog.StableHash;

/**
 * The events of a shopper that are known, so that a repeated one changes nothing. Purchases and returns are kept apart
 * from the rest and longer, since a repeated one would count its money again. Touched only by the stream thread that
 * owns the shopper's partition.
 *
 * @param history has the ids of purchases and returns
 * @param others ids of all other events
 */
public record KnownEvents(History history, RecentEventIds others) {
    /** Whether an event of that id is known. */
    public boolean contains(String eventId) {
        long hash = StableHash.of(eventId);
        return others.contains(hash) || history.paid(hash);
    }

    /**
     * Remembers an event.
     *
     * @param latest latest time known of the shopper, from which ages are measured
     */
    void add(ShopperEvent event, long latest) {
        RecentEventIds ids = event.type().movesMoney() ? history.parts().paid() : others;
        ids.add(event.eventId(), event.time(), latest);
    }

    void absorb(KnownEvents other) {
        history.parts().paid().absorb(other.history.parts().paid());
        others.absorb(other.others);
    }
}
