package dev.kombo.lab.kafka;

import java.util.Map;

/**
 * What a caller may choose about a broker.
 *
 * @param port the port for clients on 127.0.0.1, or 0: the port of the folder's last start, or a free one for a new folder
 * @param overrides Kafka broker settings laid over the defaults; identity, listeners and folders are not among them
 */
public record BrokerOptions(int port, Map<String, String> overrides) {

    /** Any port, default settings. */
    public static final BrokerOptions DEFAULT = new BrokerOptions(0, Map.of());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the port is outside 0 to 65535, or an override would defeat the start's guards
     */
    public BrokerOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("Not a port: " + port);
        }
        overrides = Map.copyOf(overrides);
        for (String name : overrides.keySet()) {
            if (BrokerSettings.FIXED.contains(name)) {
                throw new IllegalArgumentException("The embedded broker chooses " + name + " itself");
            }
        }
    }
}
