package dev.kombo.experiment;

import dev.kombo.codec.Fields;

/**
 * A shopper's assignment to an arm. It is stored and kept, so that a change of shares moves nobody.
 *
 * @param experiment id of the experiment
 * @param arm name of the arm
 * @param strategyVersion version of the strategy at assignment
 * @param enteredAt time of the first trigger, epoch milliseconds
 */
public record Enrollment(String experiment, String arm, long strategyVersion, long enteredAt) {
    /** Stands for an assignment that is to be read. */
    public static final Enrollment BLANK = new Enrollment("", "", 0, 0);

    public Enrollment fields(Fields f) {
        return new Enrollment(f.text(experiment), f.text(arm), f.number(strategyVersion), f.number(enteredAt));
    }

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
    public record Assignment(String experiment, String arm, long strategyVersion) {
        /** Stands for an assignment that is to be read. */
        public static final Assignment BLANK = new Assignment("", "", 0);

        public Assignment fields(Fields f) {
            return new Assignment(f.text(experiment), f.text(arm), f.number(strategyVersion));
        }
    }
}
