package dev.kombo.query.page;

import dev.kombo.query.cluster.Address;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.EventStream.ServerEvent;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.QuerySources;
import dev.kombo.schema.BundleOffer;
import java.util.List;

/** Endpoints that stream offers as they are made. */
public final class LiveRoutes {
    private final QuerySources sources;
    private final LiveOffers offers;

    public LiveRoutes(QuerySources sources, LiveOffers offers) {
        this.sources = sources;
        this.offers = offers;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(Method.GET, "/v1/live", "Live", "liveOffers")
                .summary("Streams the offers of all instances as server-sent events until the client disconnects. open"
                        + " is sent at once, offer per offer, skipped if offers are omitted: more than 20 per"
                        + " second, or more than the client reads. A comment is sent after every 10 s without events.")
                .answers(BodySchema.events(
                        BodySchema.of(LiveOpeningView.class),
                        BodySchema.of(BundleOffer.getClassSchema()),
                        BodySchema.of(SkippedOffersView.class)))
                .by(this::watch));
    }

    /** The first event of a stream. */
    record LiveOpeningView(
            @Described(value = "the instance that answers, host:port; null: it advertises no address", nullable = true)
            String instance) {}

    /** Offers that were made but not shown. */
    record SkippedOffersView(long offers) {}

    private ApiResponse watch(Request request) {
        Address self = sources.cluster().self();
        return ApiResponse.ok(
                offers.watch(new ServerEvent("open", new LiveOpeningView(self == null ? null : self.toString()))));
    }
}
