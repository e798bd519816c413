package dev.kombo.query.http;

import java.util.Locale;

/** Roles of callers. */
public enum Role {
    /** No token needed: health, documentation. */
    ANYONE,
    /** No token, but the publishable key of the tracker: pages of the shop. */
    PAGE,
    /** May read the metrics. */
    METRICS,
    /** May read everything, the metrics too. */
    READ,
    /** May publish events. */
    INGEST,
    /** May do everything: also change the strategy, decide on suggestions, erase users. */
    ADMIN;

    /** Returns the role with a name as in settings. */
    public static Role named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Name in settings and documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
