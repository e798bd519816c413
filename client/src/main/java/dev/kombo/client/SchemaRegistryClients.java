package dev.kombo.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.config.ConfigException;

/** Creates the registry client for {@code schema.registry.url}. */
public final class SchemaRegistryClients {

    private static final String MOCK = "mock://";

    private SchemaRegistryClients() {}

    /**
     * Creates a client of the registry at {@code schema.registry.url}: comma-separated {@code http://} or {@code
     * https://} addresses of one registry, or {@code mock://NAME}. Sends no request yet.
     *
     * @throws ConfigException where the address is missing or cannot be used
     */
    public static SchemaRegistryClient create(Map<String, ?> settings) {
        return create(new AvroSettings(settings));
    }

    static SchemaRegistryClient create(AvroSettings settings) {
        List<String> urls = settings.getList(AvroSettings.URL);
        if (urls.isEmpty()) {
            throw new ConfigException(AvroSettings.URL + " is not set: Avro values need a schema registry");
        }
        if (urls.stream().anyMatch(url -> url.startsWith(MOCK))) {
            if (urls.size() > 1) {
                throw new ConfigException(AvroSettings.URL, urls.size() + " addresses", MOCK + " must be the only one");
            }
            return InMemorySchemaRegistry.scope(urls.get(0).substring(MOCK.length()));
        }
        return new HttpSchemaRegistryClient(
                new RegistryTransport(
                        settings,
                        Thread::sleep,
                        () -> ThreadLocalRandom.current().nextDouble()),
                System::nanoTime);
    }
}
