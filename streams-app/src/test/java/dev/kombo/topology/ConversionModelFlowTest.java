package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.trainer.ConversionTrainer;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.TrainedConversions;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.ArmRanker;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.ReportWindow;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.RankerMapper;
import dev.kombo.topology.task.StoreNames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The conversion model on its way: from the features of an offer over its answer to the next offer. */
class ConversionModelFlowTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(
                OfferSettings.SIZE.name(), "2",
                OfferSettings.TRIGGERS.name(), "VIEW",
                TrainingSettings.SAMPLING_RATE.name(), "0",
                TrainingSettings.PUBLISH_INTERVAL.name(), "1000"));
        engine.item("c", 500);
        engine.item("d", 2000);
        engine.bundle("cd", 2250, "c", "d");
        publish(1, OfferObjective.REVENUE);
    }

    private void publish(long version, OfferObjective objective, Integer... discounts) {
        StrategyArm arm = new StrategyArm(
                "revenue",
                ArmKind.TREATMENT,
                1.0,
                objective,
                0.0,
                List.of(discounts),
                true,
                null,
                ArmRanker.LEARNED,
                false);
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class)
                .pipeInput(
                        "default",
                        Strategy.newBuilder()
                                .setVersion(version)
                                .setSalt("s")
                                .setArms(List.of(arm))
                                .build());
    }

    private BundleOffer offered(String user, int second) {
        engine.send(EngineDriver.event("view-" + user, user, EventType.VIEW, Duration.ofSeconds(second))
                .setItemId("a"));
        return engine.offers().get(0);
    }

    private void see(BundleOffer offer, int second) {
        engine.send(EngineDriver.event(
                        "see-" + second, offer.getUserId(), EventType.OFFER_IMPRESSION, Duration.ofSeconds(second))
                .setOfferId(offer.getOfferId()));
    }

    private void buy(BundleOffer offer, String bundle, long priceMinor, int second) {
        engine.send(
                EngineDriver.event("buy-" + second, offer.getUserId(), EventType.PURCHASE, Duration.ofSeconds(second))
                        .setBundleId(bundle)
                        .setOfferId(offer.getOfferId())
                        .setUnitPriceMinor(priceMinor)
                        .setCurrency("GBP"));
    }

    private List<RankerModel> published() {
        engine.advance(Duration.ofSeconds(1));
        return engine.output(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class).stream()
                .filter(record -> record.key.equals(RankerNames.CONVERSION))
                .map(record -> record.value)
                .toList();
    }

    @Test
    void shouldValueBundlesByTheBeliefBeforeAnythingIsLearned() {
        BundleOffer offer = offered("u", 1);
        assertThat(offer.getPolicy()).isEqualTo("revenue-1/prior");
        for (OfferedBundle bundle : offer.getBundles()) {
            assertThat(bundle.getConversionProbability()).isBetween(0.0, 0.5);
            assertThat(bundle.getExpectedGainMinor())
                    .isCloseTo(bundle.getConversionProbability() * bundle.getPriceMinor(), within(1e-6));
        }
        assertThat(published()).as("nobody saw it").isEmpty();
    }

    @Test
    void shouldLearnFromWhatWasSeenAndFromWhatWasTaken() {
        BundleOffer offer = offered("u", 1);
        see(offer, 2);
        RankerModel shown = published().get(0);
        assertThat(shown.getExamples()).isEqualTo(2);
        assertThat(shown.getAccepted()).isZero();
        float before = intercept();
        assertThat(before).as("what is seen and not taken so far").isLessThan(intercept(ConversionModel.prior()));

        buy(offer, "ab", 2700, 3);
        RankerModel taken = published().get(0);
        assertThat(taken.getVersion()).isEqualTo(2);
        assertThat(taken.getAccepted()).isEqualTo(1);
        assertThat(engine.models.conversionModel().version()).isEqualTo(2);
        assertThat(intercept()).isGreaterThan(before);
        assertThat(taken.getProgress().remaining())
                .as("what only the trainer needs")
                .isZero();
        assertThat(published()).as("nothing was learned since").isEmpty();
    }

    @Test
    void shouldLearnFromThePurchaseThatShowsThatAnOfferWasSeen() {
        BundleOffer offer = offered("u", 1);
        buy(offer, "ab", 2700, 3);
        RankerModel taken = published().get(0);
        assertThat(taken.getExamples()).isEqualTo(2);
        assertThat(taken.getAccepted()).isEqualTo(1);
    }

    @Test
    void shouldValueTheNextOfferByWhatWasLearned() {
        double before = offered("first", 1).getBundles().get(0).getConversionProbability();
        for (int i = 0; i < 30; i++) {
            BundleOffer offer = offered("buyer" + i, 10 * i + 5);
            see(offer, 10 * i + 6);
            buy(
                    offer,
                    offer.getBundles().get(0).getBundleId(),
                    offer.getBundles().get(0).getPriceMinor(),
                    10 * i + 7);
        }
        assertThat(published()).isNotEmpty();
        assertThat(offered("last", 400).getBundles().get(0).getConversionProbability())
                .isGreaterThan(5 * before);
        assertThat(engine.models.conversionModel().modelStage()).isEqualTo(ConversionModel.ModelStage.SHRUNK);
    }

    @Test
    void shouldTellInTheReportHowMuchTheModelKnows() {
        BundleOffer offer = offered("u", 1);
        assertThat(modelStages()).containsExactly("warm-start");
        for (int taken = 0; taken < 10; taken++) {
            BundleOffer next = offered("buyer" + taken, 10 * taken + 5);
            buy(next, next.getBundles().get(0).getBundleId(), 2700, 10 * taken + 6);
        }
        published();
        see(offer, 200);
        assertThat(modelStages()).contains("shrunk");

        publish(2, OfferObjective.RELEVANCE);
        see(offered("late", 210), 211);
        assertThat(modelStages()).contains("relevance");
    }

    /** Of the total, as published since the last call. */
    private List<String> modelStages() {
        engine.advance(Duration.ofSeconds(1));
        return engine.values(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class).stream()
                .filter(report -> report.getWindow() == ReportWindow.TOTAL)
                .map(report -> report.getArms().get(0).getModelStage())
                .toList();
    }

    @Test
    void shouldOfferAtTheDiscountThatTheArmAllows() {
        publish(2, OfferObjective.CONVERSION, 500, 2_000);
        BundleOffer offer = offered("u", 1);
        assertThat(offer.getPolicy()).isEqualTo("conversion-1/prior");
        for (OfferedBundle bundle : offer.getBundles()) {
            assertThat(bundle.getPriceMinor()).isEqualTo(bundle.getListPriceMinor() * 8 / 10);
            assertThat(bundle.getSavingMinor()).isEqualTo(bundle.getListPriceMinor() * 2 / 10);
        }
    }

    @Test
    void shouldPublishWhatWasPredictedAndBoughtAndGoOnFromIt() {
        for (int buyer = 0; buyer < 5; buyer++) {
            BundleOffer offer = offered("buyer" + buyer, 10 * buyer + 1);
            see(offer, 10 * buyer + 2);
            buy(offer, offer.getBundles().get(0).getBundleId(), 2700, 10 * buyer + 3);
        }
        published();
        assertThat(engine.models.predictedConversions().deciles()).hasSize(10);
        assertThat(bought(engine.models.predictedConversions())).isCloseTo(5, within(1e-3));

        TrainedModel stored = stored();
        assertThat(bought(TrainedConversions.trainer(stored).predictions())).isCloseTo(5, within(1e-3));
        TrainedModel released = of(stored.form(), new double[0], stored);
        assertThat(TrainedConversions.trainer(released).predictions().deciles())
                .as("of version 0.2.0")
                .isEmpty();
    }

    /** A model with another form and calibration. */
    private static TrainedModel of(TrainedModel.Form form, double[] calibration, TrainedModel model) {
        return new TrainedModel(
                model.name(),
                model.version(),
                form,
                model.weights(),
                model.linear(),
                model.contest(),
                calibration,
                model.odds(),
                model.progress(),
                model.measures(),
                model.trainedAt());
    }

    private static TrainedModel.Form form(String kind, List<String> signals) {
        return new TrainedModel.Form(kind, 0, 0, 0, 0, signals);
    }

    private TrainedModel stored() {
        return engine.<TrainedModel>store(StoreNames.TRAINER_STATE).get(RankerNames.CONVERSION);
    }

    private static double bought(PredictedConversions predictions) {
        return predictions.deciles().stream()
                .mapToDouble(decile -> decile.bundles() * decile.bought())
                .sum();
    }

    @Test
    void shouldCountExamplesOfAnotherVersionAndModelsThatCannotBeUsed() {
        engine.input(engine.topics.name(Topic.TRAINING_EXAMPLE), TrainingExample.class)
                .pipeInput(
                        RankerNames.CONVERSION,
                        new TrainingExample(
                                0L,
                                ByteBuffer.allocate(12),
                                ByteBuffer.allocate(0),
                                ByteBuffer.allocate(0),
                                0f,
                                1f,
                                0,
                                ByteBuffer.allocate(0),
                                ByteBuffer.allocate(0),
                                "offer",
                                0L));
        assertThat(engine.counters.get(KomboMetric.TRAINING_EXAMPLES, "foreign"))
                .isEqualTo(1);

        see(offered("u", 1), 2);
        RankerModel model = published().get(0);
        model.setSignals(List.of("something else"));
        engine.input(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class)
                .pipeInput(RankerNames.CONVERSION, model);
        assertThat(engine.counters.get(KomboMetric.CONVERSION_MODELS_REJECTED)).isEqualTo(1);
        model.setSignals(List.of(ConversionFeature.labels()));
        model.setWeights(ByteBuffer.allocate(4));
        engine.input(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class)
                .pipeInput(RankerNames.CONVERSION, model);
        assertThat(engine.counters.get(KomboMetric.CONVERSION_MODELS_REJECTED)).isEqualTo(2);
        assertThat(engine.models.conversionModel().version())
                .as("the one in force stays")
                .isEqualTo(1);
    }

    @Test
    void shouldGoOnFromTheStoredStateWhereTheTaskStartsAgain() {
        see(offered("u", 1), 2);
        published();
        TrainedModel stored = stored();
        assertThat(TrainedConversions.matches(stored)).isTrue();
        ConversionTrainer again = TrainedConversions.trainer(stored);
        float[] features = new float[ConversionFeature.count()];
        features[ConversionFeature.INTERCEPT.ordinal()] = 1;
        assertThat(again.learn(new ConversionExample(5, List.of(features), false, 1f)))
                .isEqualTo(1);
        assertThat(TrainedConversions.of(1, again, 5).measures().examples())
                .isEqualTo(stored.measures().examples() + 1);
        TrainedModel other = of(form("DENSE", stored.form().signals()), stored.calibration(), stored);
        assertThat(TrainedConversions.matches(other)).isFalse();
    }

    /** Version 0.2.0 had the first 21 features. */
    @Test
    void shouldGoOnFromAModelOfAnEarlierVersion() {
        int features = 21;
        double[] means = Arrays.copyOf(ConversionFeature.priorMeans(), features);
        double[] deviations = Arrays.copyOf(ConversionFeature.priorDeviations(), features);
        BayesianLogistic earlier = new BayesianLogistic(means, deviations, 1e6, 8);
        float[] seen = new float[features];
        seen[ConversionFeature.INTERCEPT.ordinal()] = 1;
        for (int i = 0; i < 40; i++) {
            earlier.show(seen, 1);
        }
        TrainedModel written = TrainedConversions.of(7, new ConversionTrainer(earlier, new PredictedConversions()), 5);
        List<String> signals = List.of(ConversionFeature.labels()).subList(0, features);
        TrainedModel stored = of(form(written.form().kind(), signals), written.calibration(), written);
        assertThat(TrainedConversions.matches(stored)).isTrue();
        TrainedModel adapted = TrainedConversions.of(8, TrainedConversions.trainer(stored), 5);
        assertThat(adapted.measures().examples()).isEqualTo(40);

        engine.input(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class)
                .pipeInput(RankerNames.CONVERSION, RankerMapper.toAvro(TrainedConversions.published(stored)));
        ConversionModel inForce = engine.models.conversionModel();
        assertThat(inForce.version()).isEqualTo(7);
        assertThat(inForce.weights()).containsExactly(adapted.weights(), within(1e-5f));
        assertThat(intercept()).isEqualTo(earlier.weights()[0]).isLessThan(intercept(ConversionModel.prior()));
        assertThat(inForce.weights()[ConversionFeature.CLICK.ordinal()]).isEqualTo(1.5f);
    }

    @Test
    void shouldLearnFromClicksWhatIsBought() {
        BundleOffer offer = offered("u", 1);
        see(offer, 2);
        published();
        float before = intercept();
        String clicked = offer.getBundles().get(0).getBundleId();
        engine.send(EngineDriver.event("click", "u", EventType.OFFER_CLICK, Duration.ofSeconds(3))
                .setOfferId(offer.getOfferId())
                .setBundleId(clicked));
        assertThat(published().get(0).getAccepted()).as("conversions").isZero();
        assertThat(intercept()).isGreaterThan(before);
        assertThat(engine.models.catalog().bundle(clicked).engagement().expectedClicks())
                .isGreaterThan(Double.NEGATIVE_INFINITY)
                .isLessThan(engine.models.catalog().bundle(clicked).engagement().clicks());
    }

    private float intercept() {
        return intercept(engine.models.conversionModel());
    }

    private static float intercept(ConversionModel conversionModel) {
        return conversionModel.weights()[ConversionFeature.INTERCEPT.ordinal()];
    }
}
