package dev.kombo.config;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings of one installation, validated as a whole. Each is declared by the class that uses it, as a
 * {@link Setting}; {@link Settings} lists them all. Settings under {@code kombo.streams.} go to Kafka Streams and its
 * clients, those under {@code kombo.avro.} to the Avro serializers and the registry client, both without the prefix.
 */
public final class KomboConfig extends AbstractConfig implements SettingValues {
    public static final String STREAMS_PREFIX = "kombo.streams.";
    public static final String AVRO_PREFIX = "kombo.avro.";

    private KomboConfig(Map<String, String> settings) {
        super(Settings.DEFINITION, settings, false);
    }

    /**
     * Validates settings.
     *
     * @param settings full names with their values as text; missing ones take their defaults
     * @throws ConfigProblemsException listing all problems at once
     */
    public static KomboConfig of(Map<String, String> settings) {
        List<String> problems = new ArrayList<>(UnknownSettings.problems(settings.keySet()));
        problems.addAll(PassedOnSettings.problems(settings));
        Map<String, String> usable = known(settings);
        Set<String> unusable = new HashSet<>();
        // Only the first message: after a value that cannot be parsed, Kafka also complains that it is missing.
        Settings.DEFINITION
                .validate(usable)
                .forEach(value -> value.errorMessages().stream().limit(1).forEach(message -> {
                    problems.add(
                            message.startsWith(value.name())
                                    ? message
                                    : Settings.BY_NAME.get(value.name()).problem(message));
                    unusable.add(value.name());
                }));
        usable.keySet().removeAll(unusable);
        List<String> between = Settings.contradictions(new KomboConfig(usable));
        // An invalid setting was replaced by its default, so contradictions with it are meaningless.
        between.removeIf(problem -> unusable.stream().anyMatch(problem::contains));
        problems.addAll(between);
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException(problems);
        }
        return new KomboConfig(settings);
    }

    private static Map<String, String> known(Map<String, String> settings) {
        Map<String, String> known = new HashMap<>(settings);
        known.keySet().retainAll(Settings.DEFINITION.names());
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
    private static final class UnknownSettings {
        private UnknownSettings() {}

        static List<String> problems(Collection<String> names) {
            return names.stream()
                    .filter(name -> !Settings.BY_NAME.keySet().contains(name))
                    .filter(name -> !name.startsWith(KomboConfig.STREAMS_PREFIX))
                    .filter(name -> !name.startsWith(KomboConfig.AVRO_PREFIX))
                    .sorted()
                    .map(name -> name + ": unknown setting" + hint(name))
                    .toList();
        }

        private static String hint(String name) {
            return NearestName.of(name, Settings.BY_NAME.keySet())
                    .map(nearest -> "; the nearest known name is " + nearest)
                    .orElse("");
        }
    }
}
