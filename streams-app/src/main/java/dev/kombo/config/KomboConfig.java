package dev.kombo.config;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings of one installation, validated as a whole. Each is declared by the class that uses it, as a
 * {@link Setting}; {@link DeclaredSettings} lists them all. Settings under {@code kombo.streams.} go to Kafka Streams
 * and its clients, those under {@code kombo.avro.} to the Avro serializers and the registry client, both without the
 * prefix.
 */
public final class KomboConfig extends AbstractConfig implements SettingValues {
    public static final String STREAMS_PREFIX = "kombo.streams.";
    public static final String AVRO_PREFIX = "kombo.avro.";

    private KomboConfig(Map<String, String> settings) {
        super(DeclaredSettings.DEFINITION, settings, false);
    }

    /**
     * Validates settings.
     *
     * @param settings full names with their values as text; missing ones take their defaults
     * @throws ConfigProblemsException listing all problems at once
     */
    public static KomboConfig of(Map<String, String> settings) {
        List<String> problems = new ArrayList<>(unknown(settings.keySet()));
        problems.addAll(PassedOnSettings.problems(settings));
        Map<String, String> usable = known(settings);
        Set<String> unusable = new HashSet<>();
        // Only the first message: after a value that cannot be parsed, Kafka also complains that it is missing.
        DeclaredSettings.DEFINITION
                .validate(usable)
                .forEach(value -> value.errorMessages().stream().limit(1).forEach(message -> {
                    problems.add(
                            message.startsWith(value.name())
                                    ? message
                                    : DeclaredSettings.BY_NAME.get(value.name()).problem(message));
                    unusable.add(value.name());
                }));
        usable.keySet().removeAll(unusable);
        List<String> between = DeclaredSettings.contradictions(new KomboConfig(usable));
        // An invalid setting was replaced by its default, so contradictions with it are meaningless.
        between.removeIf(problem -> unusable.stream().anyMatch(problem::contains));
        problems.addAll(between);
        if (problems.isEmpty()) {
            KomboConfig config = new KomboConfig(settings);
            if (Topics.writable(config)) {
                return config;
            }
            problems.add(ServiceSettings.TOPIC_REPLICATION.name()
                    + ": kombo.streams.topic.min.insync.replicas is more, so nothing could be written");
        }
        throw new ConfigProblemsException(problems);
    }

    private static Map<String, String> known(Map<String, String> settings) {
        Map<String, String> known = new HashMap<>(settings);
        known.keySet().retainAll(DeclaredSettings.DEFINITION.names());
        return known;
    }

    @Override
    public <T> T get(Setting<T> setting) {
        return setting.read(plain(get(setting.name())));
    }

    /** Unwraps a password, which Kafka hides in a class of its own. */
    static Object plain(Object value) {
        return value instanceof Password secret ? secret.value() : value;
    }

    /** Returns the settings of Kafka Streams and its clients, without the prefix. */
    public Map<String, Object> streamsSettings() {
        return originalsWithPrefix(STREAMS_PREFIX);
    }

    /**
     * Returns the settings of the Avro serializers and the registry client, under Confluent's names without the prefix;
     * the two classes under their full names.
     */
    public Map<String, Object> avroSettings() {
        Map<String, Object> settings = new TreeMap<>(originalsWithPrefix(AVRO_PREFIX));
        settings.put(
                ServiceSettings.REGISTRY_URL.name().substring(AVRO_PREFIX.length()), get(ServiceSettings.REGISTRY_URL));
        settings.put(ServiceSettings.SERIALIZER_CLASS.name(), get(ServiceSettings.SERIALIZER_CLASS));
        settings.put(ServiceSettings.DESERIALIZER_CLASS.name(), get(ServiceSettings.DESERIALIZER_CLASS));
        return settings;
    }

    /** Finds settings that nothing reads, and the nearest known name of each, so that a typing error is not ignored. */
    private static List<String> unknown(Collection<String> names) {
        Set<String> known = DeclaredSettings.BY_NAME.keySet();
        return names.stream()
                .filter(name -> !known.contains(name))
                .filter(name -> !name.startsWith(STREAMS_PREFIX))
                .filter(name -> !name.startsWith(AVRO_PREFIX))
                .sorted()
                .map(name -> name + ": unknown setting"
                        + NearestName.of(name, known)
                                .map(nearest -> "; the nearest known name is " + nearest)
                                .orElse(""))
                .toList();
    }

    /** Thrown for invalid settings; lists all problems at once. */
    public static final class ConfigProblemsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient List<String> problems;

        ConfigProblemsException(List<String> problems) {
            super(String.join(System.lineSeparator(), problems));
            this.problems = List.copyOf(problems);
        }

        /** One line per problem: the setting, the value found, and what is expected. */
        public List<String> problems() {
            return problems;
        }
    }

    /**
     * Validates settings that go to Kafka Streams and its clients: they would complain only when they start, about one
     * at a time, and hardly at all about an unknown name. Plug-ins may read settings with any name, so only a name that
     * is nearly one of Kafka's is rejected.
     */
    static final class PassedOnSettings {
        /** Most edits that count as a typing error. */
        private static final int TYPING_ERROR = 2;

        private static final ConfigDef CONSUMER = ConsumerConfig.configDef();
        private static final ConfigDef PRODUCER = ProducerConfig.configDef();
        private static final ConfigDef ADMIN = AdminClientConfig.configDef();

        /** Readers of settings without a further prefix. */
        private static final List<ConfigDef> ALL = List.of(StreamsConfig.configDef(), CONSUMER, PRODUCER, ADMIN);

        /** Kafka's clients have no list of what topics may be given; this one Kombo reads itself. */
        private static final ConfigDef TOPIC = new ConfigDef()
                .define(
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        ConfigDef.Type.INT,
                        1,
                        ConfigDef.Range.atLeast(1),
                        ConfigDef.Importance.HIGH,
                        "");

        private static final Map<String, ConfigDef> BY_PREFIX = Map.of(
                StreamsConfig.TOPIC_PREFIX, TOPIC,
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
            return BY_PREFIX.keySet().stream().noneMatch(name::startsWith)
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
                    .map(nearest -> "unknown setting; the nearest known name is " + KomboConfig.STREAMS_PREFIX + prefix
                            + nearest)
                    .orElse(null);
        }
    }
}
