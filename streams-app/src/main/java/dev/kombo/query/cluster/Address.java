package dev.kombo.query.cluster;

import org.apache.kafka.common.utils.Utils;

/** Address of an instance's API for other instances. */
public record Address(String host, int port) {
    /** As written in URLs and headers. */
    @Override
    public String toString() {
        return Utils.formatAddress(host, port);
    }
}
