package dev.kombo.query.cluster;

/** Address of an instance's API for other instances. */
public record Address(String host, int port) {
    /** As written in URLs and headers. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
