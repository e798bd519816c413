package dev.kombo.instance;

import java.util.List;
import java.util.Optional;

/**
 * What a module on the class path adds to the command line, found by {@link java.util.ServiceLoader}: the command
 * line knows nothing of the module, and the module nothing of the command line.
 */
public interface ExtraCommands {
    /** What starts a broker and a schema registry in this process, for commands that run without a cluster. */
    default Optional<EmbeddedCluster.Starter> embedded() {
        return Optional.empty();
    }

    /** Returns the commands, as objects with picocli's annotations. */
    List<Object> commands(CommandContext wiring);
}
