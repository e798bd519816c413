package dev.kombo.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.config.ConfigException;

/** Makes the registry client that {@code schema.registry.url} asks for. */
public final class SchemaRegistryClients {

    private static final String MOCK = "mock://";

    private SchemaRegistryClients() {}

    /**
     * A client of the registry at {@code schema.registry.url}: {@code http://} or {@code https://} addresses, comma
     * separated, of one registry, or {@code mock://NAME}. Nothing is asked of the registry yet.
     *
     * @throws ConfigException where there is no address or one that cannot be used
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
            return InMemorySchemaRegistryClient.scope(urls.get(0).substring(MOCK.length()));
        }
        return new HttpSchemaRegistryClient(new RegistryTransport(
                settings, Thread::sleep, () -> ThreadLocalRandom.current().nextDouble()));
    }
}
