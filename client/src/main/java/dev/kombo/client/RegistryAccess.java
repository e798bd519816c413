package dev.kombo.client;

import org.jspecify.annotations.Nullable;

/** The registry client of a serializer or deserializer: a shared one, or one of its own that it makes and closes. */
final class RegistryAccess {
    private final boolean own;
    private @Nullable SchemaRegistryClient client;

    /**
     * @param shared client that is not closed here; null: it makes its own
     */
    RegistryAccess(@Nullable SchemaRegistryClient shared) {
        TrustedRecords.install();
        own = shared == null;
        client = shared;
    }

    void configure(AvroSettings settings) {
        if (own) {
            close();
            client = SchemaRegistryClients.create(settings);
        }
    }

    /**
     * Returns the client.
     *
     * @throws IllegalStateException before {@link #configure}, unless it is shared
     */
    SchemaRegistryClient client() {
        if (client == null) {
            throw new IllegalStateException("the serializer is used before it is configured");
        }
        return client;
    }

    void close() {
        if (own && client != null) {
            client.close();
        }
    }
}
