package dev.kombo.query;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.engine.OfferPreview;
import dev.kombo.query.http.Answer;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import dev.kombo.query.http.Shape;
import java.util.List;

/** Why a bundle is offered to a shopper, or is not. */
final class ExplainRoutes {
    private final QuerySources sources;
    private final Shoppers shoppers;
    private final Previews previews;

    ExplainRoutes(QuerySources sources, Shoppers shoppers, Previews previews) {
        this.sources = sources;
        this.shoppers = shoppers;
        this.previews = previews;
    }

    List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/v1/explain")
                .named("Users", "explain")
                .summary(
                        "Why a bundle is or is not offered to a shopper: the rule that keeps it out, each signal's value and"
                                + " contribution, its place.")
                .takes(
                        Parameter.text("user", "User id, or session id.").asNeeded(),
                        Parameter.text("bundle", "Bundle id.").asNeeded(),
                        Common.SESSION,
                        Common.PLACEMENT,
                        Common.AT)
                .answers(Shape.of(ExplanationView.class))
                .problems(404, 503)
                .by(this::explain));
    }

    private Answer explain(Request request) {
        String user = request.text("user");
        String bundle = request.text("bundle");
        Common.requireInformed(sources);
        if (sources.engine().models().catalog().bundleOrdinal(bundle) == CatalogIndex.UNKNOWN) {
            throw ApiException.unknown("bundle", bundle);
        }
        return shoppers.answer(request, user, request.flag("session"), found -> {
            long asOf = shoppers.momentOf(request, found);
            OfferPreview.Occasion occasion = UserRoutes.occasion(sources, request, found, asOf);
            return ExplanationView.of(
                    found, occasion, bundle, previews.ask(ranker -> ranker.explain(occasion, bundle)));
        });
    }
}
