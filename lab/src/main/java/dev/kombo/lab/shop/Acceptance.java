package dev.kombo.lab.shop;

/**
 * The hidden truth behind the answers to offers: logistic models of a click on a bundle that was seen, and of its
 * purchase after the click. Nothing of it is published; the service can only learn it from outcomes.
 *
 * @param clickBias logit of a click on a neutral bundle at rank 1
 * @param buyBias logit of a purchase of a neutral bundle that was clicked
 * @param affinityWeight logit gained by one unit of affinity
 * @param savingWeight logit gained by a saving of the whole list price, at a price sensitivity of 1
 * @param priceWeight logit lost where a bundle costs e times what the shopper likes to spend, at a price sensitivity of
 *     1
 * @param positionWeight logit of a click lost per unit of the natural logarithm of the rank
 * @param fatigueWeight logit of a click lost per unit of fatigue
 */
public record Acceptance(
        double clickBias,
        double buyBias,
        double affinityWeight,
        double savingWeight,
        double priceWeight,
        double positionWeight,
        double fatigueWeight) {

    /**
     * What a bundle at a place in a slate is to a shopper.
     *
     * @param affinity how well it meets the taste, about -3 to 3
     * @param savingShare saving over list price, 0 to 1
     * @param relativePrice natural logarithm of the price over what the shopper likes to spend
     * @param priceSensitivity of the shopper, about 0.2 to 2
     * @param rank position, 1 is the top
     * @param fatigue number of offers seen lately, older ones weighing less
     */
    record Appeal(
            double affinity,
            double savingShare,
            double relativePrice,
            double priceSensitivity,
            int rank,
            double fatigue) {}

    /** A few in a hundred of the slates seen end in a purchase. */
    public static Acceptance defaults() {
        return new Acceptance(-3.9, -1.2, 0.9, 4, 0.5, 0.6, 0.05);
    }

    /** Probability that a bundle seen is clicked. */
    double clickProbability(Appeal appeal) {
        return logistic(
                clickBias + wish(appeal) - positionWeight * Math.log(appeal.rank()) - fatigueWeight * appeal.fatigue());
    }

    /** Probability that a bundle clicked is bought; the rank and earlier offers no longer matter. */
    double buyProbability(Appeal appeal) {
        return logistic(buyBias + wish(appeal));
    }

    private double wish(Appeal appeal) {
        return affinityWeight * appeal.affinity()
                + savingWeight * appeal.priceSensitivity() * appeal.savingShare()
                - priceWeight * appeal.priceSensitivity() * appeal.relativePrice();
    }

    private static double logistic(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }
}
