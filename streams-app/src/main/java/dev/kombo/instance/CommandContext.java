package dev.kombo.instance;

import dev.kombo.config.KomboConfig;
import dev.kombo.query.source.QuerySources;
import dev.kombo.service.KomboService;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.Topology;

/**
 * What commands depend on, so that tests can replace it.
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

    /** The service as seen by the commands. */
    public interface Service extends AutoCloseable {
        /** Starts processing; returns immediately. */
        void start();

        /** Waits until it processes events; fails if it does not within the time. */
        void awaitRunning(Duration timeout);

        /** Whether it gave up and will not process any more. */
        boolean failed();

        /** The sources of the query API; usable before the start. */
        QuerySources queries();

        /** Stops and waits for its threads. Closing twice has no effect. */
        @Override
        void close();
    }
}
