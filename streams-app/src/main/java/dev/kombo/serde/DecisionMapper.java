package dev.kombo.serde;

import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.DiscountLimits;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.schema.Decision;
import dev.kombo.schema.DecisionCandidate;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Maps logged decisions to Avro records and back. */
public final class DecisionMapper {
    private static final RecordCodec<LoggedDecision, Decision> CODEC = RecordCodec.of(
            LoggedDecision.class,
            Decision.class,
            new RecordCodec.Exceptions()
                    .named("decision.goal.kind", "objective")
                    .kept(
                            "decision.goal.kind",
                            new RecordCodec.Conversion(
                                    Object::toString, name -> SlateGoal.Criterion.valueOf(name.toString())))
                    // The stated probabilities include it; how it was computed is not repeated.
                    .absent("decision.goal.explorationRate", 0.0)
                    // What budgets left at that moment is not logged: it is replayed without them.
                    .absent("decision.goal.limits", DiscountLimits.NONE)
                    .named("decision.goal.discounts", "discountsBasisPoints")
                    .kept(
                            "decision.goal.discounts",
                            new RecordCodec.Conversion(
                                    discounts -> Arrays.stream((int[]) discounts)
                                            .boxed()
                                            .toList(),
                                    list -> ((List<?>) list)
                                            .stream()
                                                    .mapToInt(each -> (Integer) each)
                                                    .toArray()))
                    .named("decision.goal.conversionModel.weights", "conversionModelWeights")
                    .named("decision.goal.conversionModel.version", "conversionModelVersion")
                    .named("decision.goal.conversionModel.accepted", "convertedOffers")
                    .named("decision.conversionModel.weights", "conversionModelWeights")
                    .named("decision.conversionModel.version", "conversionModelVersion")
                    .named("decision.conversionModel.accepted", "convertedOffers")
                    .named("decision.setting.size", "slateSize")
                    .named("decision.considered", "candidates")
                    .named("decision.considered.content.memberHashes", "members")
                    .kept(
                            "decision.considered.content.memberHashes",
                            new RecordCodec.Conversion(
                                    hashes -> hashes((long[]) hashes), members -> hashes((ByteBuffer) members)))
                    .named("decision.considered.terms.priceMinor", "offeredPriceMinor")
                    .named("decision.choices.considered", "candidate"));

    private DecisionMapper() {}

    /** Returns the decision as published. */
    public static Decision toAvro(LoggedDecision logged) {
        return CODEC.toAvro(logged);
    }

    /**
     * Returns the decision, or null if its signals or features are not those of this version.
     *
     * @throws IllegalArgumentException if its numbers or names make no sense
     */
    public static LoggedDecision toDomain(Decision logged) {
        if (Floats.length(logged.getConversionModelWeights()) != ConversionFeature.count()
                || !logged.getCandidates().stream().allMatch(DecisionMapper::matches)) {
            return null;
        }
        return CODEC.toDomain(logged);
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
