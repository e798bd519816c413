package dev.kombo.query.http;

import java.util.List;

/** Headers of this API's own. */
public final class Headers {
    /** How many instances a request went through; set by an instance that passes it on. */
    public static final String HOPS = "X-Kombo-Hops";

    /** Set by an instance that asks a standby: whoever gets it answers from what it has. */
    public static final String STANDBY = "X-Kombo-Standby";

    /** Set by an instance that gathers an answer: the partitions that it wants of the one asked. */
    public static final String PARTITIONS = "X-Kombo-Partitions";

    /** Set by an instance that asks another: the secret that they share. */
    public static final String PEER = "X-Kombo-Peer";

    /** Of an answer: the instance that owns what was asked for, host:port. */
    public static final String OWNER = "X-Kombo-Owner";

    /** Of an answer: true where it comes from a copy that may be behind. */
    public static final String STALE = "X-Kombo-Stale";

    /** What only instances say to each other. */
    static final List<String> OF_PEERS = List.of(HOPS, STANDBY, PARTITIONS);

    private Headers() {}
}
