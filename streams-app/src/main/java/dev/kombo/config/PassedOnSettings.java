package dev.kombo.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Validates settings that go to Kafka Streams and its clients: they would complain only when they start, about one at a
 * time, and hardly at all about an unknown name. Plug-ins may read settings with any name, so only a name that is
 * nearly one of Kafka's is rejected.
 */
final class PassedOnSettings {
    /** Most edits that count as a typing error. */
    private static final int TYPING_ERROR = 2;

    private static final ConfigDef CONSUMER = ConsumerConfig.configDef();
    private static final ConfigDef PRODUCER = ProducerConfig.configDef();
    private static final ConfigDef ADMIN = AdminClientConfig.configDef();

    /** Readers of settings without a further prefix. */
    private static final List<ConfigDef> ALL = List.of(StreamsConfig.configDef(), CONSUMER, PRODUCER, ADMIN);

    private static final Map<String, ConfigDef> BY_PREFIX = Map.of(
            StreamsConfig.CONSUMER_PREFIX, CONSUMER,
            StreamsConfig.MAIN_CONSUMER_PREFIX, CONSUMER,
            StreamsConfig.RESTORE_CONSUMER_PREFIX, CONSUMER,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX, CONSUMER,
            StreamsConfig.PRODUCER_PREFIX, PRODUCER,
            StreamsConfig.ADMIN_CLIENT_PREFIX, ADMIN);

    private PassedOnSettings() {}

    /**
     * Returns all problems.
     *
     * @param settings by full name; others are ignored
     */
    static List<String> problems(Map<String, String> settings) {
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith(KomboConfig.STREAMS_PREFIX))
                        .map(setting -> problem(setting.getKey(), setting.getValue()))
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Whether Kafka has no setting of this name, so that a plug-in may read it. */
    static boolean unknown(String name) {
        return !name.startsWith(StreamsConfig.TOPIC_PREFIX)
                && BY_PREFIX.keySet().stream().noneMatch(name::startsWith)
                && ALL.stream().noneMatch(reader -> reader.configKeys().containsKey(name));
    }

    private static String problem(String fullName, String value) {
        String given = fullName.substring(KomboConfig.STREAMS_PREFIX.length());
        String prefix = BY_PREFIX.keySet().stream()
                .filter(given::startsWith)
                .findFirst()
                .orElse("");
        String name = given.substring(prefix.length());
        List<ConfigDef> readers = prefix.isEmpty() ? ALL : List.of(BY_PREFIX.get(prefix));
        List<ConfigDef.ConfigKey> keys = readers.stream()
                .map(reader -> reader.configKeys().get(name))
                .filter(Objects::nonNull)
                .toList();
        String found = keys.isEmpty() ? typingError(name, readers, prefix) : badValue(keys, value);
        return found == null ? null : fullName + ": " + found;
    }

    private static String badValue(List<ConfigDef.ConfigKey> keys, String value) {
        for (ConfigDef.ConfigKey key : keys) {
            try {
                Object parsed = ConfigDef.parseType(key.name, value, key.type);
                if (key.validator != null) {
                    key.validator.ensureValid(key.name, parsed);
                }
            } catch (ConfigException e) {
                return e.getMessage();
            }
        }
        return null;
    }

    private static String typingError(String name, List<ConfigDef> readers, String prefix) {
        Stream<String> known =
                readers.stream().flatMap(reader -> reader.names().stream()).sorted();
        return known.filter(candidate -> NearestName.distance(name, candidate) <= TYPING_ERROR)
                .findFirst()
                .map(nearest ->
                        "unknown setting; the nearest known name is " + KomboConfig.STREAMS_PREFIX + prefix + nearest)
                .orElse(null);
    }
}
