package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.service.KomboService;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;

/**
 * Dependencies of the commands, which tests replace.
 *
 * @param environment environment variables
 * @param services creates the service, without starting it
 * @param topology builds the topology that the service runs
 * @param embedded starts a broker and registry in this process; empty in production
 */
public record CommandContext(
        Map<String, String> environment,
        Function<KomboConfig, Service> services,
        Function<KomboConfig, Topology> topology,
        Optional<EmbeddedCluster.Starter> embedded) {
    /** The dependencies of the real service. */
    public static CommandContext standard(Map<String, String> environment, Optional<EmbeddedCluster.Starter> embedded) {
        return new CommandContext(environment, LiveService::new, KomboService::describe, embedded);
    }
}
