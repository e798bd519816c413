package dev.kombo.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Builds the settings of Kafka clients that run beside the service: they reach the same brokers with the same security.
 * As in Kafka Streams, a setting under {@code kombo.streams.producer.} (and so on) applies to that kind of client only,
 * and takes precedence.
 */
public final class ClientSettings {
    private ClientSettings() {}

    /** Settings of an admin client. */
    public static Map<String, Object> admin(KomboConfig config) {
        return of(config, AdminClientConfig.configNames(), "admin.");
    }

    /** Settings of an admin client whose calls last at most so long, unless the configuration says otherwise. */
    public static Map<String, Object> admin(KomboConfig config, int longestCallMillis) {
        Map<String, Object> settings = admin(config);
        // Kafka refuses a call that is shorter than one of its requests.
        if (!settings.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, longestCallMillis);
        }
        return settings;
    }

    /** Settings of a producer, which accepts records as large as the service writes. */
    public static Map<String, Object> producer(KomboConfig config) {
        Map<String, Object> settings = of(config, ProducerConfig.configNames(), "producer.");
        settings.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.LARGEST_OUTPUT);
        return settings;
    }

    /** Settings of a consumer. */
    public static Map<String, Object> consumer(KomboConfig config) {
        return of(config, ConsumerConfig.configNames(), "consumer.");
    }

    private static Map<String, Object> of(KomboConfig config, Set<String> known, String kind) {
        Map<String, Object> settings = new HashMap<>(config.streamsSettings());
        // A plug-in, such as for the login, runs in each client.
        settings.keySet().removeIf(name -> !known.contains(name) && !KomboConfig.PassedOnSettings.unknown(name));
        settings.putAll(config.originalsWithPrefix(KomboConfig.STREAMS_PREFIX + kind));
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.get(ServiceSettings.BOOTSTRAP_SERVERS));
        return settings;
    }
}
