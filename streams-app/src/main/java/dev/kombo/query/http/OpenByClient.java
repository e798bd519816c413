package dev.kombo.query.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what each client has open, such as connections, and tells which client has more than it may. Thread-safe. */
final class OpenByClient {
    private final int mostOfClient;
    private final int mostOfSite;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * @param mostOfClient most that a client may have open
     * @param mostOfSite most that all clients of a site may have open together
     */
    OpenByClient(int mostOfClient, int mostOfSite) {
        this.mostOfClient = mostOfClient;
        this.mostOfSite = mostOfSite;
    }

    /**
     * Counts one more, which must be closed in any case.
     *
     * @return whether the client may have it
     */
    boolean open(Client client) {
        boolean may = open.merge(client.name(), 1, Integer::sum) <= mostOfClient;
        return client.site() == null ? may : open.merge(client.site(), 1, Integer::sum) <= mostOfSite && may;
    }

    /** Counts one less. */
    void close(Client client) {
        close(client.name());
        if (client.site() != null) {
            close(client.site());
        }
    }

    private void close(String counted) {
        open.computeIfPresent(counted, (name, count) -> count == 1 ? null : count - 1);
    }
}
