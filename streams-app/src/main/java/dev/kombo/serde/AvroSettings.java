package dev.kombo.serde;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The settings of serdes and registry clients. All but the two classes have the names that Confluent's serializers use,
 * so one set of settings serves both. Those of the registry client may carry the prefix {@code schema.registry.}, which
 * then wins, as it does there.
 */
final class AvroSettings extends AbstractConfig {

    static final String PREFIX = "schema.registry.";
    static final String URL = PREFIX + "url";
    static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";
    static final String USER_INFO = "basic.auth.user.info";
    static final String CONNECT_TIMEOUT_MS = "http.connect.timeout.ms";
    static final String READ_TIMEOUT_MS = "http.read.timeout.ms";
    static final String MAX_RETRIES = "max.retries";
    static final String RETRIES_WAIT_MS = "retries.wait.ms";
    static final String RETRIES_MAX_WAIT_MS = "retries.max.wait.ms";

    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String VALUE_TYPE = "specific.avro.value.type";
    static final String KEY_TYPE = "specific.avro.key.type";
    static final String KEY_STRATEGY = "key.subject.name.strategy";
    static final String VALUE_STRATEGY = "value.subject.name.strategy";

    private static final List<String> CLIENT_SETTINGS = List.of(
            CREDENTIALS_SOURCE,
            USER_INFO,
            CONNECT_TIMEOUT_MS,
            READ_TIMEOUT_MS,
            MAX_RETRIES,
            RETRIES_WAIT_MS,
            RETRIES_MAX_WAIT_MS);

    private static final ConfigDef DEFINITION = serdeSettings(clientSettings(new ConfigDef()));

    AvroSettings(Map<String, ?> settings) {
        super(DEFINITION, withoutPrefix(settings), false);
    }

    private static ConfigDef clientSettings(ConfigDef settings) {
        return settings.define(
                        URL,
                        ConfigDef.Type.LIST,
                        List.of(),
                        Importance.HIGH,
                        "Addresses of one schema registry, comma separated; mock://NAME: one in memory, shared within the process.")
                .define(
                        CREDENTIALS_SOURCE,
                        ConfigDef.Type.STRING,
                        "URL",
                        ValidString.in("URL", "USER_INFO"),
                        Importance.MEDIUM,
                        "Where user and password are: URL (user:password@host, if any) or USER_INFO.")
                .define(
                        USER_INFO,
                        ConfigDef.Type.PASSWORD,
                        "",
                        Importance.MEDIUM,
                        "user:password of the registry, with the source USER_INFO.")
                .define(
                        CONNECT_TIMEOUT_MS,
                        ConfigDef.Type.INT,
                        5_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for a connection to the registry.")
                .define(
                        READ_TIMEOUT_MS,
                        ConfigDef.Type.INT,
                        10_000,
                        Range.atLeast(1),
                        Importance.LOW,
                        "Longest wait for an answer of the registry.")
                .define(
                        MAX_RETRIES,
                        ConfigDef.Type.INT,
                        5,
                        Range.between(0, 100),
                        Importance.LOW,
                        "How often a request is tried again, at every address, before it fails.")
                .define(
                        RETRIES_WAIT_MS,
                        ConfigDef.Type.LONG,
                        100L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Wait before the first retry; doubles with each, less a random part of up to a half.")
                .define(
                        RETRIES_MAX_WAIT_MS,
                        ConfigDef.Type.LONG,
                        5_000L,
                        Range.atLeast(0),
                        Importance.LOW,
                        "Longest wait before a retry.");
    }

    private static ConfigDef serdeSettings(ConfigDef settings) {
        return settings.define(
                        AvroSerdes.SERIALIZER_CLASS,
                        ConfigDef.Type.CLASS,
                        KomboAvroSerializer.class,
                        Importance.MEDIUM,
                        "Serializer of Avro values, such as io.confluent.kafka.serializers.KafkaAvroSerializer.")
                .define(
                        AvroSerdes.DESERIALIZER_CLASS,
                        ConfigDef.Type.CLASS,
                        KomboAvroDeserializer.class,
                        Importance.MEDIUM,
                        "Deserializer of Avro values, such as io.confluent.kafka.serializers.KafkaAvroDeserializer.")
                .define(
                        AUTO_REGISTER,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Register the schema of a record that is written; false: it must be registered already.")
                .define(
                        USE_LATEST,
                        ConfigDef.Type.BOOLEAN,
                        false,
                        Importance.LOW,
                        "Write with the subject's latest schema; only where schemas are not registered by the writer.")
                .define(
                        SPECIFIC_READER,
                        ConfigDef.Type.BOOLEAN,
                        true,
                        Importance.LOW,
                        "Read into generated classes; false: into generic records.")
                .define(
                        VALUE_TYPE,
                        ConfigDef.Type.CLASS,
                        null,
                        Importance.LOW,
                        "Generated class that values are read into.")
                .define(
                        KEY_TYPE,
                        ConfigDef.Type.CLASS,
                        null,
                        Importance.LOW,
                        "Generated class that keys are read into.");
    }

    private static Map<String, Object> withoutPrefix(Map<String, ?> settings) {
        Map<String, Object> plain = new HashMap<>(settings);
        for (String name : CLIENT_SETTINGS) {
            Object prefixed = settings.get(PREFIX + name);
            if (prefixed != null) {
                plain.put(name, prefixed);
            }
        }
        return plain;
    }

    /** Subjects are always named after the topic; a setting that asks for something else must not be ignored. */
    void requireTopicNameStrategy() {
        for (String setting : List.of(KEY_STRATEGY, VALUE_STRATEGY)) {
            Object strategy = originals().get(setting);
            String name = strategy instanceof Class<?> type ? type.getName() : String.valueOf(strategy);
            if (strategy != null && !name.endsWith("TopicNameStrategy")) {
                throw new ConfigException(setting, name, "subjects are named <topic>-value and <topic>-key");
            }
        }
    }

    Class<?> readerType(boolean isKey) {
        return getClass(isKey ? KEY_TYPE : VALUE_TYPE);
    }

    Serializer<?> newSerializer() {
        return getConfiguredInstance(AvroSerdes.SERIALIZER_CLASS, Serializer.class);
    }

    Deserializer<?> newDeserializer() {
        return getConfiguredInstance(AvroSerdes.DESERIALIZER_CLASS, Deserializer.class);
    }
}
