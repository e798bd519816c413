package dev.kombo.query.http;

import java.util.List;

/** Names of the headers that this API defines. */
public final class KomboHeaders {
    /** Number of instances that a request went through; set by an instance that forwards it. */
    public static final String HOPS = "X-Kombo-Hops";

    /** Set by an instance that asks a standby, which then answers from its own copy. */
    public static final String STANDBY = "X-Kombo-Standby";

    /** Set by an instance that gathers a response: the partitions requested of the receiver. */
    public static final String PARTITIONS = "X-Kombo-Partitions";

    /** Set by an instance that asks another: their shared secret. */
    public static final String PEER = "X-Kombo-Peer";

    /** In a response: the instance that owns the requested key, host:port. */
    public static final String OWNER = "X-Kombo-Owner";

    /** In a response: true if it comes from a copy that may be behind. */
    public static final String STALE = "X-Kombo-Stale";

    /** Headers that only instances send to each other. */
    static final List<String> OF_PEERS = List.of(HOPS, STANDBY, PARTITIONS);

    private KomboHeaders() {}
}
