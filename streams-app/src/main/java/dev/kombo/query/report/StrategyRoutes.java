package dev.kombo.query.report;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.ApiToken.Role;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.EndpointHelpers;
import dev.kombo.query.source.JsonBody;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.AvroJson;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.topology.global.ActiveStrategy;
import java.util.List;

/** Endpoints that read and change the active strategy. */
public record StrategyRoutes(QuerySources sources) {
    private static final String AREA = "Strategy";
    private static final String KEY = "default";

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/v1/strategy", AREA, "strategy")
                        .summary(
                                "The active strategy, in the form that POST accepts; version 0 is the built-in one that"
                                        + " runs until one is published.")
                        .answers(BodySchema.of(Strategy.getClassSchema()))
                        .by(this::inForce),
                Endpoint.post("/v1/strategy", AREA, "publishStrategy")
                        .summary(
                                "Checks a strategy against the active one and publishes it; the answer lists everything that is"
                                        + " wrong with it. It becomes active a moment later.")
                        .role(Role.ADMIN)
                        .body(BodySchema.of(Strategy.getClassSchema()))
                        .accepts(BodySchema.of(PublishedStrategyView.class))
                        .by(this::publish));
    }

    /** A strategy that was published. */
    record PublishedStrategyView(
            String salt,

            @Described("GET /v1/strategy returns it once it is active")
            long version) {}

    private ApiResponse inForce(Request request) {
        EndpointHelpers.requireInformed(sources);
        return ApiResponse.ok(
                AvroJson.write(sources.engine().models().strategy().published()));
    }

    private ApiResponse publish(Request request) {
        EndpointHelpers.requireInformed(sources);
        AvroJson.Read<Strategy> read = AvroJson.read(JsonBody.read(request.body()), Strategy.class);
        if (!read.faults().isEmpty()) {
            AvroJson.Fault first = read.faults().get(0);
            throw refused(
                    first.field(),
                    read.faults().stream()
                            .map(fault -> fault.field() + ": " + fault.detail())
                            .toList());
        }
        // What GET returned may be a version that Kombo made.
        read.record().setReason(null);
        StrategyPlan plan = StrategyMapper.toDomain(read.record());
        ActiveStrategy active = sources.engine().models().strategy();
        List<String> problems = plan.problemsAfter(active.plan(), active.usedExperiments());
        CatalogIndex catalog = sources.engine().models().catalog();
        problems.addAll(plan.unmeasurable(active.plan(), catalog.costsKnown(), catalog.returnsKnown()));
        if (!problems.isEmpty()) {
            String first = problems.get(0).split(" ", 2)[0];
            throw refused(Strategy.getClassSchema().getField(first) == null ? "body" : first, problems);
        }
        EndpointHelpers.await(sources.outbox().publish(sources.engine().topics().strategy(), KEY, read.record()));
        return ApiResponse.accepted(new PublishedStrategyView(plan.salt(), plan.version()));
    }

    private static ApiException refused(String field, List<String> problems) {
        return ApiException.badField(field, "the strategy cannot be used: " + String.join("; ", problems))
                .with("problems", problems);
    }
}
