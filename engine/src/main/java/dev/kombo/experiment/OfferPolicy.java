package dev.kombo.experiment;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the offers of a treatment are chosen.
 *
 * @param objective what they maximise; null where this version does not know it
 * @param ranker the ranker weights; null where this version does not know it
 * @param stockPressure added to a bundle's value for stock that sells slowly, as a part of its price, 0 to 1
 * @param discountsBasisPoints discounts off the list price to choose from, in hundredths of a percent, 0 to 9000,
 *     ascending, each once; empty: the catalogue's price
 * @param mmrLambda share of relevance against diversity, {@value #LEAST_RELEVANCE_SHARE} to 1; {@link Double#NaN}: the
 *     default from the settings, or 1 where the objective is not relevance
 * @param discountCurated whether the discounts are for curated bundles, too; false: these keep the price of their owner
 */
public record OfferPolicy(
        @Nullable Objective objective,
        @Nullable ArmRanker ranker,
        double stockPressure,
        List<Integer> discountsBasisPoints,
        double mmrLambda,
        boolean discountCurated) {
    /** Below it, similarity outweighs any difference of values a hundredfold; far below, numbers overflow. */
    public static final double LEAST_RELEVANCE_SHARE = 0.01;

    /** Ranks by relevance at the catalogue's prices. */
    public static final OfferPolicy PLAIN = of(Objective.RELEVANCE);

    private static final List<Integer> MARGIN_DISCOUNTS = List.of(0, 500, 1_000);
    private static final int LARGEST_DISCOUNT = 9_000;

    /** Sorts the discounts. */
    public OfferPolicy {
        discountsBasisPoints = List.copyOf(new TreeSet<>(discountsBasisPoints));
    }

    /** Creates a policy with an objective at the catalogue's prices. */
    public static OfferPolicy of(@Nullable Objective objective) {
        return new OfferPolicy(objective, ArmRanker.LEARNED, 0, List.of(), Double.NaN, true);
    }

    /** The policy of the default plan for an objective. It chooses no price that a person set. */
    static OfferPolicy standard(@Nullable Objective objective) {
        List<Integer> discounts = objective == Objective.MARGIN ? MARGIN_DISCOUNTS : List.of();
        return new OfferPolicy(objective, ArmRanker.LEARNED, 0, discounts, Double.NaN, discounts.isEmpty());
    }

    /** Whether bundles are valued by what they add, rather than ranked by relevance alone. */
    public boolean valued() {
        return objective != Objective.RELEVANCE;
    }

    void addProblems(String arm, Arm.Kind kind, Problems problems) {
        problems.addIf(objective == null, "arm " + arm + " has no objective");
        problems.addIf(ranker == null, "arm " + arm + " has no ranker");
        problems.addIf(
                kind != Arm.Kind.TREATMENT && !equals(PLAIN),
                "arm " + arm + " has a policy of its own but is not a treatment");
        problems.addIf(
                objective == Objective.RELEVANCE && !(stockPressure == 0 && discountsBasisPoints.isEmpty()),
                "stockPressure and discountsBasisPoints of arm " + arm + " need another objective than RELEVANCE");
        // Negated, so that NaN is a problem too.
        problems.addIf(
                !(stockPressure >= 0 && stockPressure <= 1),
                "stockPressure " + stockPressure + " of arm " + arm + " is not within 0 and 1");
        problems.addIf(
                mmrLambda < LEAST_RELEVANCE_SHARE || mmrLambda > 1,
                "mmrLambda " + mmrLambda + " of arm " + arm + " is not within " + LEAST_RELEVANCE_SHARE + " and 1");
        for (int discount : discountsBasisPoints) {
            problems.addIf(
                    discount < 0 || discount > LARGEST_DISCOUNT,
                    "discount " + discount + " of arm " + arm + " is not within 0 and " + LARGEST_DISCOUNT);
        }
    }

    /** The ranker weights that an arm uses. */
    public enum ArmRanker {
        /** The weights that the trainer published last. */
        LEARNED,
        /** Kombo's starting weights. */
        PRIOR
    }

    /** What the offers of an arm maximise. */
    public enum Objective {
        /** Relevance: the bundles that the shopper wants most, at the catalogue's price. */
        RELEVANCE,
        /** Additional conversions: the bundles most likely to be bought, less what would have been bought anyway. */
        CONVERSION,
        /** Additional revenue: the bundles that add most to what would have been spent anyway. */
        REVENUE,
        /** Additional margin: the bundles that add most revenue less cost to what would have been earned anyway. */
        MARGIN
    }
}
