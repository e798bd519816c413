package dev.kombo.cli;

import dev.kombo.config.ServiceSettings;
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
}
