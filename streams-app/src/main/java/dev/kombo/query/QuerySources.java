package dev.kombo.query;

import dev.kombo.query.cluster.Cluster;
import dev.kombo.topology.global.EngineContext;
import java.util.function.Supplier;
import org.apache.kafka.streams.TopologyDescription;

/**
 * The sources of the API's responses.
 *
 * @param health state of the instance
 * @param cluster which instance has what
 * @param profiles shoppers of this instance
 * @param reports experiments of this instance
 * @param engine settings, models and topics
 * @param offers offers of all instances from now on
 * @param outbox publishes what the API accepts
 * @param topology what the instance runs
 * @param clock the machine's clocks
 * @param metrics all metrics in the text format of Prometheus
 */
public record QuerySources(
        Health health,
        Cluster cluster,
        Profiles profiles,
        Reports reports,
        EngineContext engine,
        OfferFeed offers,
        Outbox outbox,
        TopologyDescription topology,
        MachineClock clock,
        Supplier<String> metrics) {}
