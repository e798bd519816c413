package dev.kombo.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Validators that Kafka does not bring. */
final class Bounds {
    private static final List<String> TRIGGERS = List.of(
            "VIEW",
            "CLICK",
            "FAVOURITE",
            "ADD_TO_CART",
            "REMOVE_FROM_CART",
            "PURCHASE",
            "RATING",
            "OFFER_REQUEST",
            "OFFER_CLICK");

    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:/\\[\\]]+):\\d{1,5}");

    private Bounds() {}

    /** A finite number between two bounds, both included. */
    static ConfigDef.Validator within(double least, double most) {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    double number = ((Number) value).doubleValue();
                    if (!(number >= least && number <= most)) {
                        throw new ConfigException(
                                name, value, "a number from " + least + " to " + most + " is expected");
                    }
                },
                () -> "[" + least + ",...," + most + "]");
    }

    /** A list of event types that may trigger an offer. */
    static ConfigDef.Validator eventTypes() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    for (Object type : (List<?>) value) {
                        if (!TRIGGERS.contains(type)) {
                            throw new ConfigException(name, type, "one of " + TRIGGERS + " is expected");
                        }
                    }
                },
                () -> "event types");
    }

    /** A list of category=milliseconds. */
    static ConfigDef.Validator categoryDurations() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    for (Object entry : (List<?>) value) {
                        if (!((String) entry).matches(".+=\\d{1,15}")) {
                            throw new ConfigException(name, entry, "category=milliseconds is expected");
                        }
                    }
                },
                () -> "category=milliseconds");
    }

    /** Where a server is reached, host:port; or nothing. */
    static ConfigDef.Validator address() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    String address = (String) value;
                    if (!address.isEmpty() && !ADDRESS.matcher(address).matches()) {
                        throw new ConfigException(name, value, "host:port is expected");
                    }
                },
                () -> "host:port");
    }

    /** A list of entries of tokens. What is none may be a token that was written by mistake, so it is not shown. */
    static ConfigDef.Validator tokens() {
        return ConfigDef.LambdaValidator.with(
                (name, value) -> {
                    List<?> entries = (List<?>) value;
                    Set<String> names = new HashSet<>();
                    for (int i = 0; i < entries.size(); i++) {
                        TokenEntry entry =
                                TokenEntry.parse((String) entries.get(i)).orElse(null);
                        if (entry == null) {
                            throw new ConfigException(
                                    "entry " + (i + 1)
                                            + " is not name:roles:SHA-256 in hexadecimal, with roles of read, ingest and admin");
                        }
                        if (!names.add(entry.name())) {
                            throw new ConfigException("the name " + entry.name() + " is there twice");
                        }
                    }
                },
                () -> "name:roles:SHA-256");
    }
}
