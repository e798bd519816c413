package dev.kombo.instance;

import dev.kombo.config.ServiceSettings;
import java.nio.file.Path;
import java.util.Map;

/** A broker and a schema registry that run in this process. */
public interface EmbeddedCluster extends AutoCloseable {
    /** Returns the user's settings plus those that point to this cluster and its data folder. */
    Map<String, String> settings();

    /** Addresses of both for people. */
    default String addresses() {
        return "Kafka: " + settings().get(ServiceSettings.BOOTSTRAP_SERVERS.name()) + "   schema registry: "
                + settings().get(ServiceSettings.REGISTRY_URL.name());
    }

    /** Stops both; the data is kept. */
    @Override
    void close();

    @FunctionalInterface
    interface Starter {
        /**
         * Starts the cluster on a data folder and creates missing topics.
         *
         * @param data folder for all data; created if missing
         * @param fresh deletes what an earlier run left there
         * @param settings the user's settings, already validated
         * @throws dev.kombo.console.CommandException if the folder cannot be used or the broker does not start
         */
        EmbeddedCluster start(Path data, boolean fresh, Map<String, String> settings);
    }
}
