package dev.kombo.config;

import java.util.List;
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
}
