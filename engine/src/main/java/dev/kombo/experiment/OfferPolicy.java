package dev.kombo.experiment;

import java.util.List;
import java.util.TreeSet;

/**
 * How the offers of a treatment are chosen.
 *
 * @param objective what they aim at; null where this version does not know it
 * @param ranker which weights rank; null where this version does not know it
 * @param stockPressure added to a bundle's value for stock that sells slowly, as a part of its price, 0 to 1
 * @param discountsBasisPoints discounts off the list price that may be given, 0 to 9000, ascending, each once; empty: the
 *     catalogue's price
 * @param explorationRate probability that the last rank is given to a bundle of which little is known, 0 to 0.5
 * @param mmrLambda share of relevance against diversity, {@value #LEAST_RELEVANCE_SHARE} to 1; {@link Double#NaN}: as
 *     the settings say, or 1 where the objective is not relevance
 */
public record OfferPolicy(
        OfferObjective objective,
        ArmRanker ranker,
        double stockPressure,
        List<Integer> discountsBasisPoints,
        double explorationRate,
        double mmrLambda) {
    /** Below it likeness outweighs any difference of values a hundred times, and further below numbers overflow. */
    public static final double LEAST_RELEVANCE_SHARE = 0.01;

    /** The ranker's order at the catalogue's prices. */
    public static final OfferPolicy PLAIN = of(OfferObjective.RELEVANCE);

    private static final int LARGEST_DISCOUNT = 9_000;
    private static final double LARGEST_NEW_BUNDLE_SHARE = 0.5;

    /** Sorts the discounts. */
    public OfferPolicy {
        discountsBasisPoints = List.copyOf(new TreeSet<>(discountsBasisPoints));
    }

    /** An objective at the catalogue's prices. */
    public static OfferPolicy of(OfferObjective objective) {
        return new OfferPolicy(objective, ArmRanker.LEARNED, 0, List.of(), 0, Double.NaN);
    }

    /** Whether it is more than the ranker's order: bundles are valued by what they add. */
    public boolean valued() {
        return objective != OfferObjective.RELEVANCE;
    }

    void addProblems(String arm, ArmKind kind, List<String> problems) {
        if (objective == null) {
            problems.add("arm " + arm + " has no objective");
        }
        if (ranker == null) {
            problems.add("arm " + arm + " has no ranker");
        }
        if (kind != ArmKind.TREATMENT && !equals(PLAIN)) {
            problems.add("arm " + arm + " is no treatment and has a policy of its own");
        }
        if (objective == OfferObjective.RELEVANCE && !(stockPressure == 0 && discountsBasisPoints.isEmpty())) {
            problems.add(
                    "stockPressure and discountsBasisPoints of arm " + arm + " need another objective than RELEVANCE");
        }
        // Negated, so that NaN is a problem too.
        if (!(stockPressure >= 0 && stockPressure <= 1)) {
            problems.add("stockPressure " + stockPressure + " of arm " + arm + " is not within 0 and 1");
        }
        if (!(explorationRate >= 0 && explorationRate <= LARGEST_NEW_BUNDLE_SHARE)) {
            problems.add("explorationRate " + explorationRate + " of arm " + arm + " is not within 0 and "
                    + LARGEST_NEW_BUNDLE_SHARE);
        }
        if (mmrLambda < LEAST_RELEVANCE_SHARE || mmrLambda > 1) {
            problems.add(
                    "mmrLambda " + mmrLambda + " of arm " + arm + " is not within " + LEAST_RELEVANCE_SHARE + " and 1");
        }
        for (int discount : discountsBasisPoints) {
            if (discount < 0 || discount > LARGEST_DISCOUNT) {
                problems.add("discount " + discount + " of arm " + arm + " is not within 0 and " + LARGEST_DISCOUNT);
            }
        }
    }
}
