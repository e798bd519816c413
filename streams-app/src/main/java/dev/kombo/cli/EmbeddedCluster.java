package dev.kombo.cli;

import dev.kombo.config.ServiceSettings;
import java.nio.file.Path;
import java.util.Map;

/** A broker and a registry in this process. */
public interface EmbeddedCluster extends AutoCloseable {
    /** The user's settings with what points them to this cluster and its data folder. */
    Map<String, String> settings();

    /** Where other programs reach both, for people. */
    default String addresses() {
        return "Kafka: " + settings().get(ServiceSettings.BOOTSTRAP_SERVERS.name()) + "   schema registry: "
                + settings().get(ServiceSettings.REGISTRY_URL.name());
    }

    /** Stops both; the data stays. */
    @Override
    void close();

    /** Starts broker and registry in this process. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts on a data folder and creates the topics that are missing.
         *
         * @param data folder to keep everything in; created where it is missing
         * @param fresh wipes what an earlier run left there
         * @param settings the user's settings, already checked
         * @throws CommandException when the folder cannot be used or the broker does not start
         */
        EmbeddedCluster start(Path data, boolean fresh, Map<String, String> settings);
    }
}
