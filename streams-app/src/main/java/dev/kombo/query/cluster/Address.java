package dev.kombo.query.cluster;

/** Where other instances reach the API of one. */
public record Address(String host, int port) {
    /** As in URLs and headers. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
