package dev.kombo.experiment;

/**
 * The arm a shopper was assigned to at entry. It is stored and kept, so that a change of shares moves nobody.
 *
 * @param experiment salt of the experiment
 * @param arm name of the arm
 * @param strategyVersion version of the strategy at entry
 * @param enteredAt time of the first event that would trigger an offer, epoch milliseconds
 */
public record Enrollment(String experiment, String arm, long strategyVersion, long enteredAt) {

    /** What outcomes carry of it. */
    public Assignment assignment() {
        return new Assignment(experiment, arm, strategyVersion);
    }
}
