package dev.kombo.query.http;

import java.util.Locale;

/** What a caller may do. */
public enum Role {
    /** No token is asked for: health, documentation. */
    ANYONE,
    /** No token, but the publishable key of the tracker: pages of the shop. */
    PAGE,
    /** Look at everything. */
    READ,
    /** Publish events. */
    INGEST,
    /** Everything: also change the strategy, decide on suggestions, erase users. */
    ADMIN;

    /** The role of a name in a setting. */
    public static Role named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Name in settings and documents. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
