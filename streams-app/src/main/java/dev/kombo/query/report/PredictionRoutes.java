package dev.kombo.query.report;

import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.QuerySources;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.ranking.PredictedConversions.Decile;
import java.util.List;

/** The endpoint that compares predicted with actual conversions. */
public final class PredictionRoutes {
    private final QuerySources sources;

    public PredictionRoutes(QuerySources sources) {
        this.sources = sources;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(Method.GET, "/v1/reports/predictions", "Reports", "predictionReport")
                .summary("Whether the predicted conversion rates came true: how often bundles that were seen were"
                        + " bought, by deciles of the rate.")
                .answers(BodySchema.of(PredictionsView.class))
                .by(this::report));
    }

    /** What was predicted, and what followed. */
    record PredictionsView(
            @Described("the lowest rates first; empty before ten bundles were seen")
            List<PredictedDecileView> deciles,

            @Described(value = "mean distance of predicted and actual rates; null without deciles", nullable = true)
            Double calibrationError) {}

    /** A tenth of the bundles that were seen. */
    record PredictedDecileView(
            @Described("how many; earlier ones count less") long bundles,

            @Described("mean predicted rate, 0 to 1") double predicted,

            @Described("share that was bought through the offer so far")
            double bought) {
        static PredictedDecileView of(Decile decile) {
            return new PredictedDecileView(Math.round(decile.bundles()), decile.predicted(), decile.bought());
        }
    }

    private ApiResponse report(Request request) {
        sources.requireInformed();
        PredictedConversions predictions = sources.models().predictedConversions();
        List<PredictedDecileView> deciles =
                predictions.deciles().stream().map(PredictedDecileView::of).toList();
        return ApiResponse.ok(new PredictionsView(deciles, deciles.isEmpty() ? null : predictions.calibrationError()));
    }
}
