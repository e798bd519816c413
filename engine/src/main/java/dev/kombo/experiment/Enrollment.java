package dev.kombo.experiment;

/**
 * A shopper's assignment to an arm. It is stored and kept, so that a change of shares moves nobody.
 *
 * @param experiment id of the experiment
 * @param arm name of the arm
 * @param strategyVersion version of the strategy at assignment
 * @param enteredAt time of the first trigger, epoch milliseconds
 */
public record Enrollment(String experiment, String arm, long strategyVersion, long enteredAt) {

    /** The part of it that outcomes carry. */
    public Assignment assignment() {
        return new Assignment(experiment, arm, strategyVersion);
    }

    /**
     * The experiment, arm and strategy version that outcomes are attributed to.
     *
     * @param experiment id of the experiment
     * @param arm name of the arm
     * @param strategyVersion version of the strategy when the shopper was assigned
     */
    public record Assignment(String experiment, String arm, long strategyVersion) {}
}
