package dev.kombo.lab.kafka;

/** A running broker, owned by whoever started it. */
public interface KafkaBroker extends AutoCloseable {

    /** Returns the address for clients, as {@code host:port}. It stays the same over restarts on the same folder. */
    String bootstrapServers();

    /** Stops the broker and keeps its data. Closing twice does nothing. */
    @Override
    void close();
}
