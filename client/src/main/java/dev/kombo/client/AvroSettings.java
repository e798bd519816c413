package dev.kombo.client;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.CLASS;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/**
 * The settings of serdes and registry clients. Except for the two classes, they have the names of Confluent's
 * serializers, so that one set of settings serves both. Settings of the registry client may carry the prefix {@code
 * schema.registry.}; as in Confluent's client, the prefixed one wins.
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
    static final String SPECIFIC_READER = "specific.avro.reader";
    static final String VALUE_TYPE = "specific.avro.value.type";
    static final String KEY_TYPE = "specific.avro.key.type";
    static final String USE_LATEST = "use.latest.version";
    static final String KEY_STRATEGY = "key.subject.name.strategy";
    static final String VALUE_STRATEGY = "value.subject.name.strategy";

    private static final ConfigDef.ValidString SOURCES = ConfigDef.ValidString.in("URL", "USER_INFO");

    private static final List<String> CLIENT_SETTINGS = List.of(
            CREDENTIALS_SOURCE,
            USER_INFO,
            CONNECT_TIMEOUT_MS,
            READ_TIMEOUT_MS,
            MAX_RETRIES,
            RETRIES_WAIT_MS,
            RETRIES_MAX_WAIT_MS);

    private static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, LIST, List.of(), HIGH, "Addresses of one registry; mock://NAME: one in memory.")
            .define(CREDENTIALS_SOURCE, STRING, "URL", SOURCES, MEDIUM, "Where user and password are.")
            .define(USER_INFO, PASSWORD, "", MEDIUM, "user:password, with the source USER_INFO.")
            .define(CONNECT_TIMEOUT_MS, INT, 5_000, Range.atLeast(1), LOW, "Longest wait for a connection.")
            .define(READ_TIMEOUT_MS, INT, 10_000, Range.atLeast(1), LOW, "Longest wait for an answer.")
            .define(MAX_RETRIES, INT, 5, Range.between(0, 100), LOW, "Retries of a request, at every address.")
            .define(RETRIES_WAIT_MS, LONG, 100L, Range.atLeast(0), LOW, "Wait before the first retry; doubles.")
            .define(RETRIES_MAX_WAIT_MS, LONG, 5_000L, Range.atLeast(0), LOW, "Longest wait before a retry.")
            .define(AvroSerdes.SERIALIZER_CLASS, CLASS, KomboAvroSerializer.class, MEDIUM, "Writes values.")
            .define(AvroSerdes.DESERIALIZER_CLASS, CLASS, KomboAvroDeserializer.class, MEDIUM, "Reads values.")
            .define(AUTO_REGISTER, BOOLEAN, true, MEDIUM, "Register what is written; else it must be there.")
            .define(SPECIFIC_READER, BOOLEAN, true, LOW, "Read into generated classes, not generic records.")
            .define(VALUE_TYPE, CLASS, null, LOW, "Generated class that values are read into.")
            .define(KEY_TYPE, CLASS, null, LOW, "Generated class that keys are read into.");

    AvroSettings(Map<String, ?> settings) {
        super(DEFINITION, withoutPrefix(settings), false);
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

    /**
     * Rejects settings that Kombo would otherwise ignore: subjects are always named after the topic, and records are
     * always written in their own schema.
     */
    void requireKnownWaysOfWriting() {
        if (!getBoolean(AUTO_REGISTER)
                && "true".equals(String.valueOf(originals().get(USE_LATEST)))) {
            throw new ConfigException(USE_LATEST, true, "records are written in the schema of their own class");
        }
        for (String setting : List.of(KEY_STRATEGY, VALUE_STRATEGY)) {
            Object strategy = originals().get(setting);
            String name = strategy instanceof Class<?> type ? type.getName() : String.valueOf(strategy);
            if (strategy != null && !name.endsWith("TopicNameStrategy")) {
                throw new ConfigException(setting, name, "subjects are named <topic>-value and <topic>-key");
            }
        }
    }
}
