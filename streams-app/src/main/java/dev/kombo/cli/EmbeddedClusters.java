package dev.kombo.cli;

import java.nio.file.Path;
import java.util.Map;

/** Starts broker and registry in this process. */
@FunctionalInterface
public interface EmbeddedClusters {
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
