package dev.kombo.experiment;

/**
 * An arm of an experiment.
 *
 * @param name unique in its strategy
 * @param kind what its shoppers get
 * @param share part of the shoppers that enter, 0 to 1
 * @param temperature exploration: 0 ranks plainly, larger values up to {@value #LARGEST_TEMPERATURE} choose more at random
 * @param policy how offers are chosen
 */
public record Arm(String name, ArmKind kind, double share, double temperature, OfferPolicy policy) {
    /** At which all choices are as likely as each other: values differ by a few units. */
    public static final double LARGEST_TEMPERATURE = 1e6;

    /** An arm that orders by relevance. */
    public Arm(String name, ArmKind kind, double share, double temperature) {
        this(name, kind, share, temperature, OfferPolicy.PLAIN);
    }
}
