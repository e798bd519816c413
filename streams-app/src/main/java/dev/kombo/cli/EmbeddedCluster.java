package dev.kombo.cli;

import java.util.Map;

/** A broker and a registry in this process. */
public interface EmbeddedCluster extends AutoCloseable {
    /** The user's settings with what points them to this cluster and its data folder. */
    Map<String, String> settings();

    /** Stops both; the data stays. */
    @Override
    void close();
}
