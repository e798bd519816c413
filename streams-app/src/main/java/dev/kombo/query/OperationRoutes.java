package dev.kombo.query;

import dev.kombo.config.ApiToken.Role;
import dev.kombo.query.cluster.Address;
import dev.kombo.query.cluster.Owners;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.InstanceView;
import dev.kombo.query.source.QuerySources;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** Endpoints for operators: health, metrics, instances and topology. */
final class OperationRoutes {
    private static final String AREA = "Operation";

    private final QuerySources sources;
    private final Owners owners;

    OperationRoutes(QuerySources sources, Owners owners) {
        this.sources = sources;
        this.owners = owners;
    }

    /** Content type of Prometheus' text format. */
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.of(Method.GET, "/health/live", AREA, "live")
                        .summary("Liveness: an instance that is not live should be restarted.")
                        .role(Role.ANYONE)
                        .vital()
                        .answers(BodySchema.of(HealthView.class))
                        .problems(HttpStatus.SERVICE_UNAVAILABLE_503)
                        .by(request -> health(
                                sources.health().live()
                                        ? null
                                        : "the instance is " + sources.health().state())),
                Endpoint.of(Method.GET, "/health/ready", AREA, "ready")
                        .summary("Readiness: the instance is running, its stores are restored and can be read, and"
                                + " it is no more than kombo.api.ready.lag.records behind.")
                        .role(Role.ANYONE)
                        .vital()
                        .answers(BodySchema.of(HealthView.class))
                        .problems(HttpStatus.SERVICE_UNAVAILABLE_503)
                        .by(request -> health(sources.health().obstacle())),
                Endpoint.of(Method.GET, "/metrics", AREA, "metrics")
                        .summary("All metrics of this instance, in the text format of Prometheus. A token of the role"
                                + " read may read them too.")
                        .role(Role.METRICS)
                        .vital()
                        .answers(BodySchema.text("text/plain"))
                        .by(request ->
                                ApiResponse.text(METRICS, sources.metrics().get())),
                Endpoint.of(Method.GET, "/v1/instances", AREA, "instances")
                        .summary("All instances with their tasks, lag, and the progress of their copies of the stores.")
                        .answers(BodySchema.of(InstancesView.class))
                        .by(this::instances),
                Endpoint.of(Method.GET, "/v1/topology", AREA, "topology")
                        .summary("The topology: sub-topologies with their nodes, topics and stores.")
                        .answers(BodySchema.of(TopologyView.class))
                        .by(request -> ApiResponse.ok(TopologyView.of(sources.topology()))));
    }

    /** The health of the instance. */
    record HealthView(
            @Described("UP") String status,
            @Described("state of Kafka Streams") String state) {}

    /** All instances. */
    record InstancesView(List<ClusterMember> instances) {}

    /** An instance. */
    record ClusterMember(
            @Described(
                    value = "address for other instances, host:port; null: none, see kombo.api.advertised",
                    nullable = true)
            String address,

            @Described("whether it is the instance that answers")
            boolean self,

            @Described("whether it answered") boolean reachable,

            @Described(value = "null if it did not answer", nullable = true)
            InstanceView instance) {}

    private ApiResponse health(String obstacle) {
        if (obstacle != null) {
            throw ApiException.unavailable("not-ready", obstacle);
        }
        return ApiResponse.ok(new HealthView("UP", sources.health().state()));
    }

    private ApiResponse instances(Request request) {
        InstanceView own = sources.health().describe();
        if (owners.wanted(request).isPresent()) {
            return ApiResponse.ok(own);
        }
        Address self = sources.cluster().self();
        List<ClusterMember> members = new ArrayList<>();
        members.add(new ClusterMember(self == null ? null : self.toString(), true, true, own));
        owners.askOthers(request, InstanceView.class)
                .forEach((address, view) ->
                        members.add(new ClusterMember(address.toString(), false, view.isPresent(), view.orElse(null))));
        return ApiResponse.ok(new InstancesView(members));
    }
}
