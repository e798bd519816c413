package dev.kombo.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Outcome.Bought;
import dev.kombo.attribution.Outcome.Scope;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.engine.replay.ConversionDiagnosis;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.slate.ConsideredCandidate;
import dev.kombo.ranking.slate.Decision;
import dev.kombo.ranking.value.OfferValue.PriceLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiagnosisRoutesTest {
    private static final String PATH = "/v1/reports/predictions";
    private static final Assignment OFFERS = new Assignment("spring", "offers", 1);

    private final ScriptedSources sources = new ScriptedSources();
    private final QueryApi api = QueryApi.start(ScriptedSources.config(Map.of()), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    private static LoggedDecision decision(int bundles) {
        List<ConsideredCandidate> considered = new ArrayList<>();
        List<Decision.Choice> choices = new ArrayList<>();
        for (int b = 0; b < bundles; b++) {
            float[] features = new float[ConversionFeature.count()];
            features[ConversionFeature.INTERCEPT.ordinal()] = 1;
            considered.add(new ConsideredCandidate("b" + b, null, new float[0], 0, features, null, null));
            choices.add(new Decision.Choice(b, 1));
        }
        Decision decision = new Decision(
                SlateGoal.relevance(),
                ConversionModel.prior(),
                new Decision.Conditions(1, new PriceLevels(0, Double.NaN, 0), 0, bundles, bundles),
                considered,
                choices);
        return new LoggedDecision("offer", OFFERS, "home", ArmRanker.LEARNED, true, 1, 0, 100, decision);
    }

    private static Outcome outcome(OutcomeKind kind, String bundleId, long time) {
        return outcome(kind, bundleId, time, null);
    }

    private static Outcome outcome(OutcomeKind kind, String bundleId, long time, MaturedMeasure matured) {
        return new Outcome(
                kind.name(),
                kind,
                new Shopper("u", null),
                new Scope(OFFERS, "offer", "home", bundleId, 1, 1),
                "event",
                time,
                List.of(),
                Bought.NOTHING,
                List.of(),
                null,
                matured);
    }

    @Test
    void shouldTellWhatWasPredictedAndBoughtWhenTheSlateWasSeenAndIsClosed() throws Exception {
        ConversionDiagnosis diagnosis = new ConversionDiagnosis("offers", "holdout", null);
        diagnosis.add(decision(10));
        diagnosis.add(outcome(OutcomeKind.IMPRESSION, null, 1));
        diagnosis.add(outcome(OutcomeKind.CONVERSION, "b0", 200));
        sources.diagnosis = diagnosis;

        JsonNode report = client.found(PATH);

        assertThat(report.path("bundles")).hasSize(10);
        // The first rank is the likeliest, and was bought.
        JsonNode best = report.at("/bundles/9");
        double expected = diagnosis.bundles().get(9).treated().covariateMean();
        assertThat(best.path("treated").asLong()).isEqualTo(1);
        assertThat(best.path("predicted").asDouble()).isCloseTo(expected, within(1e-12));
        assertThat(best.path("withOffers").asDouble()).isEqualTo(1);
        assertThat(report.at("/bundles/0/withOffers").asDouble()).isZero();
        assertThat(report.path("calibrationError").asDouble())
                .isCloseTo(ConversionDiagnosis.calibrationError(diagnosis.bundles()), within(1e-12));
        assertThat(report.path("shoppers")).isEmpty();
        assertThat(report.path("spread").isNull()).isTrue();
        assertThat(report.path("currency").isNull()).isTrue();

        MaturedMeasure paid = new MaturedMeasure(
                Measure.REVENUE_28D.label(), List.of(new MaturedMeasure.Value("EUR", 1_250, Double.NaN)));
        diagnosis.add(outcome(OutcomeKind.MATURED, null, 300, paid));
        assertThat(client.found(PATH).path("currency").asText()).isEqualTo("EUR");
    }

    @Test
    void shouldSayThatTooLittleIsKnownWhenNothingIsLogged() throws Exception {
        JsonNode report = client.found(PATH);

        assertThat(report.path("bundles")).isEmpty();
        assertThat(report.path("calibrationError").isNull()).isTrue();
    }
}
