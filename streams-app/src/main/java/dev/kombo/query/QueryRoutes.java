package dev.kombo.query;

import dev.kombo.config.ApiToken.Role;
import dev.kombo.config.TrackerSettings;
import dev.kombo.query.catalog.CatalogEditRoutes;
import dev.kombo.query.catalog.CatalogRoutes;
import dev.kombo.query.catalog.OverviewRoutes;
import dev.kombo.query.catalog.SuggestionRoutes;
import dev.kombo.query.cluster.Owners;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.AsyncApi;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.OpenApi;
import dev.kombo.query.http.Request;
import dev.kombo.query.page.LiveOffers;
import dev.kombo.query.page.LiveRoutes;
import dev.kombo.query.page.TrackerRoutes;
import dev.kombo.query.report.BundleReportRoutes;
import dev.kombo.query.report.PredictionRoutes;
import dev.kombo.query.report.RankerRoutes;
import dev.kombo.query.report.ReportRoutes;
import dev.kombo.query.report.StrategyRoutes;
import dev.kombo.query.shopper.EventRoutes;
import dev.kombo.query.shopper.Previews;
import dev.kombo.query.shopper.Shoppers;
import dev.kombo.query.shopper.UserRoutes;
import dev.kombo.query.source.QuerySources;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The list of all endpoints of the API. */
public final class QueryRoutes {
    private QueryRoutes() {}

    /** Returns the endpoints for documentation; they cannot be called. */
    public static List<Endpoint> described() {
        return of(null, null, null, null);
    }

    /**
     * Returns the endpoints.
     *
     * @param sources null if they are only described
     * @param owners forwards requests
     * @param previews ranks without offering
     * @param live streams offers as they are made
     */
    static List<Endpoint> of(QuerySources sources, Owners owners, Previews previews, LiveOffers live) {
        List<Endpoint> endpoints = new ArrayList<>();
        Shoppers shoppers = new Shoppers(sources, owners);
        EventRoutes events = new EventRoutes(sources);
        endpoints.addAll(new UserRoutes(sources, shoppers, previews).endpoints());
        endpoints.addAll(new CatalogRoutes(sources).endpoints());
        endpoints.addAll(new CatalogEditRoutes(sources).endpoints());
        endpoints.addAll(new OverviewRoutes(sources).endpoints());
        endpoints.addAll(new ReportRoutes(sources, owners).endpoints());
        endpoints.addAll(new BundleReportRoutes(sources, owners).endpoints());
        endpoints.addAll(new RankerRoutes(sources).endpoints());
        endpoints.addAll(new PredictionRoutes(sources).endpoints());
        endpoints.addAll(new LiveRoutes(sources, live).endpoints());
        endpoints.addAll(events.endpoints());
        if (sources == null
                || !sources.settings().get(TrackerSettings.KEY_SHOWN).isEmpty()) {
            endpoints.addAll(new TrackerRoutes(sources, shoppers, events).endpoints());
        }
        endpoints.addAll(new StrategyRoutes(sources).endpoints());
        endpoints.addAll(new SuggestionRoutes(sources).endpoints());
        endpoints.addAll(new OperationRoutes(sources, owners).endpoints());
        endpoints.add(Endpoint.of(Method.GET, "/asyncapi.json", "Documentation", "asyncApi")
                .summary("The topics that other systems read and write, as an AsyncAPI document.")
                .role(Role.ANYONE)
                .answers(BodySchema.object())
                .by(asyncApi(sources)));
        CompletableFuture<String> document = new CompletableFuture<>();
        endpoints.add(Endpoint.of(Method.GET, "/openapi.json", "Documentation", "openApi")
                .summary("This API as an OpenAPI document.")
                .role(Role.ANYONE)
                .answers(BodySchema.object())
                .by(request -> ApiResponse.text("application/json", document.join())));
        // Built once, as anybody may request it as often as they like.
        document.complete(OpenApi.of(endpoints));
        return endpoints;
    }

    /** Its document is built once, as anybody may request it as often as they like. */
    private static Function<Request, ApiResponse> asyncApi(QuerySources sources) {
        String document = sources == null ? "" : AsyncApi.of(sources.engine().topics());
        return request -> ApiResponse.text("application/json", document);
    }
}
