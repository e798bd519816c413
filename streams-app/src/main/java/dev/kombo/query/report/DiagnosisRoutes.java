package dev.kombo.query.report;

import dev.kombo.engine.replay.ConversionDiagnosis;
import dev.kombo.engine.replay.ConversionDiagnosis.Decile;
import dev.kombo.engine.replay.ConversionDiagnosis.Spread;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.BodySchema;
import dev.kombo.query.http.Described;
import dev.kombo.query.http.Endpoint;
import dev.kombo.query.http.Endpoint.Method;
import dev.kombo.query.http.Request;
import dev.kombo.query.source.QuerySources;
import java.util.List;

/** The endpoint that compares predicted conversion rates with what followed. */
public record DiagnosisRoutes(QuerySources sources) {
    public List<Endpoint> endpoints() {
        return List.of(Endpoint.of(Method.GET, "/v1/reports/predictions", "Reports", "predictionReport")
                .summary("Whether the conversion rates predicted for the first treatment were true, and which shoppers"
                        + " offers have an effect on, by deciles of the rate; reads decision-log and offer-outcome.")
                .answers(BodySchema.of(PredictionsView.class))
                .problems(409)
                .by(this::report));
    }

    /** What was predicted, and what followed. */
    record PredictionsView(
            @Described("bundles of slates that were seen, the lowest rates first; empty: too few are logged")
            List<PredictedDecileView> bundles,

            @Described(
                    value = "mean distance of the predicted and the true rate; null without bundles",
                    nullable = true)
            Double calibrationError,

            @Described("shoppers by the rate of the slate chosen when they were assigned, the lowest first; empty: too"
                    + " few were assigned 28 days ago in both arms")
            List<PredictedDecileView> shoppers,

            @Described(value = "of the revenue; null: nothing was paid", nullable = true)
            String currency,

            @Described(
                    value = "variance between the shoppers' deciles, beyond chance, of what is paid anyway (risk) and"
                            + " of the effect of offers; its rise from the lower half to the upper; null without"
                            + " shoppers",
                    nullable = true)
            Spread spread) {}

    /** A tenth of the bundles, or of the shoppers. */
    record PredictedDecileView(
            @Described("bundles, or shoppers of the treatment")
            long treated,

            @Described("shoppers of the holdout") long held,

            @Described("mean predicted rate, of a bundle or of a slate")
            double predicted,

            @Described("share of the bundles that was bought, or mean revenue in 28 days, minor units")
            double withOffers,

            @Described("mean revenue of the holdout") double without,

            @Described(value = "standard error of the difference; null for bundles", nullable = true)
            Double error) {
        static PredictedDecileView of(Decile decile) {
            return new PredictedDecileView(
                    decile.treated().count(),
                    decile.held().count(),
                    decile.treated().covariateMean(),
                    decile.treated().responseMean(),
                    decile.held().responseMean(),
                    decile.held().count() == 0 ? null : Math.sqrt(decile.effectVariance()));
        }
    }

    private ApiResponse report(Request request) {
        sources.requireInformed();
        ConversionDiagnosis diagnosis =
                sources.diagnosis().apply(sources.models().strategy().plan());
        if (diagnosis.currencies().size() > 1) {
            throw ApiException.conflict("revenue is in several currencies; run ./kombo diagnose with one of them");
        }
        List<Decile> bundles = diagnosis.bundles();
        List<Decile> shoppers = diagnosis.comparableShoppers();
        return ApiResponse.ok(new PredictionsView(
                bundles.stream().map(PredictedDecileView::of).toList(),
                bundles.isEmpty() ? null : ConversionDiagnosis.calibrationError(bundles),
                shoppers.stream().map(PredictedDecileView::of).toList(),
                diagnosis.currencies().stream().findFirst().orElse(null),
                shoppers.isEmpty() ? null : Spread.of(shoppers)));
    }
}
