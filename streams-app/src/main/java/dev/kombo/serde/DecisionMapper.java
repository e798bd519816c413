package dev.kombo.serde;

import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.slate.ConsideredCandidate;
import dev.kombo.ranking.slate.Decision;
import dev.kombo.ranking.value.OfferValue.PriceLevels;
import dev.kombo.schema.DecisionCandidate;
import dev.kombo.schema.DecisionChoice;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Maps logged decisions to Avro records and back. */
public final class DecisionMapper {
    private static final RecordCodec<ConsideredCandidate, DecisionCandidate> CANDIDATES = RecordCodec.of(
            ConsideredCandidate.class,
            DecisionCandidate.class,
            new RecordCodec.Exceptions()
                    .named("content.memberHashes", "members")
                    .kept(
                            "content.memberHashes",
                            new RecordCodec.Conversion(
                                    hashes -> hashes((long[]) hashes), members -> hashes((ByteBuffer) members)))
                    .named("terms.priceMinor", "offeredPriceMinor"));

    private static final RecordCodec<Decision.Choice, DecisionChoice> CHOICES = RecordCodec.of(
            Decision.Choice.class, DecisionChoice.class, new RecordCodec.Exceptions().named("considered", "candidate"));

    private DecisionMapper() {}

    /** Returns the decision as published. */
    public static dev.kombo.schema.Decision toAvro(LoggedDecision logged) {
        Decision decision = logged.decision();
        Decision.Conditions setting = decision.setting();
        SlateGoal goal = decision.goal();
        return dev.kombo.schema.Decision.newBuilder()
                .setOfferId(logged.offerId())
                .setExperiment(logged.assignment().experiment())
                .setArm(logged.assignment().arm())
                .setStrategyVersion(logged.assignment().strategyVersion())
                .setPlacement(logged.placement())
                .setOfferedAt(logged.offeredAt())
                .setClosesAt(logged.closesAt())
                .setRanker(logged.ranker().name())
                .setModelVersion(logged.modelVersion())
                .setConversionModelVersion(decision.conversionModel().version())
                .setConversionModelWeights(
                        Floats.toBuffer(decision.conversionModel().weights()))
                .setConvertedOffers(decision.conversionModel().accepted())
                .setObjective(goal.kind().name())
                .setTemperature(goal.temperature())
                .setMmrLambda(known(goal.mmrLambda()))
                .setStockPressure(goal.stockPressure())
                .setDiscountsBasisPoints(Arrays.stream(goal.discounts()).boxed().toList())
                .setDiscountCurated(goal.discountCurated())
                .setDefaultMmrLambda(setting.defaultMmrLambda())
                .setUsualLogPrice(setting.levels().usualLogPrice())
                .setShopperLogPrice(known(setting.levels().shopperLogPrice()))
                .setScored(setting.scored())
                .setSlateSize(setting.size())
                .setCandidates(
                        decision.considered().stream().map(CANDIDATES::toAvro).toList())
                .setChoices(decision.choices().stream().map(CHOICES::toAvro).toList())
                .build();
    }

    private static Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static double orUnknown(Double value) {
        return value == null ? Double.NaN : value;
    }

    /**
     * Returns the decision, or null if its signals or features are not those of this version.
     *
     * @throws IllegalArgumentException if its numbers or names make no sense
     */
    public static LoggedDecision toDomain(dev.kombo.schema.Decision logged) {
        if (Floats.length(logged.getConversionModelWeights()) != ConversionFeature.count()
                || !logged.getCandidates().stream().allMatch(DecisionMapper::matches)) {
            return null;
        }
        ConversionModel conversionModel = new ConversionModel(
                Floats.fromBuffer(logged.getConversionModelWeights()),
                logged.getConversionModelVersion(),
                logged.getConvertedOffers());
        SlateGoal goal = new SlateGoal(
                SlateGoal.Criterion.valueOf(logged.getObjective()),
                conversionModel,
                logged.getTemperature(),
                // The stated probabilities include it; how it was computed is not repeated.
                0,
                orUnknown(logged.getMmrLambda()),
                logged.getStockPressure(),
                logged.getDiscountsBasisPoints().stream()
                        .mapToInt(Integer::intValue)
                        .toArray(),
                logged.getDiscountCurated());
        Decision.Conditions setting = new Decision.Conditions(
                logged.getDefaultMmrLambda(),
                new PriceLevels(logged.getUsualLogPrice(), orUnknown(logged.getShopperLogPrice())),
                logged.getScored(),
                logged.getSlateSize());
        return new LoggedDecision(
                logged.getOfferId(),
                new Assignment(logged.getExperiment(), logged.getArm(), logged.getStrategyVersion()),
                logged.getPlacement(),
                ArmRanker.valueOf(logged.getRanker()),
                logged.getModelVersion(),
                logged.getOfferedAt(),
                logged.getClosesAt(),
                new Decision(
                        goal,
                        conversionModel,
                        setting,
                        logged.getCandidates().stream()
                                .map(CANDIDATES::toDomain)
                                .toList(),
                        logged.getChoices().stream().map(CHOICES::toDomain).toList()));
    }

    private static boolean matches(DecisionCandidate candidate) {
        return Floats.length(candidate.getSignals()) == Signal.count()
                && Floats.length(candidate.getFeatures()) == ConversionFeature.count();
    }

    private static long[] hashes(ByteBuffer bytes) {
        long[] hashes = new long[bytes.remaining() / Long.BYTES];
        bytes.duplicate().asLongBuffer().get(hashes);
        return hashes;
    }

    private static ByteBuffer hashes(long[] hashes) {
        ByteBuffer bytes = ByteBuffer.allocate(hashes.length * Long.BYTES);
        bytes.asLongBuffer().put(hashes);
        return bytes;
    }
}
