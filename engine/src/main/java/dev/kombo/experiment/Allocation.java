package dev.kombo.experiment;

import java.util.List;

/**
 * The bounds within which the shares of newly assigned shoppers may move between treatments. Holdout and baseline keep
 * theirs.
 *
 * @param minimumShare least share of a treatment, above 0
 * @param maximumShare largest share of a treatment, up to 1
 * @param usersAtLeast observed users that each treatment needs between two moves
 */
public record Allocation(double minimumShare, double maximumShare, int usersAtLeast) {
    void addProblems(List<Arm> arms, Problems problems) {
        // Negated, so that NaN is a problem too.
        problems.addIf(
                !(minimumShare > 0 && minimumShare <= maximumShare && maximumShare <= 1),
                "allocation asks for shares from " + minimumShare + " to " + maximumShare
                        + "; expected: above 0, ascending, at most 1");
        problems.addIf(usersAtLeast < 1, "allocation asks for " + usersAtLeast + " users; expected: at least 1");
        int treatments = 0;
        for (Arm arm : arms) {
            if (arm.treats()) {
                treatments++;
                problems.addIf(
                        !(arm.share() >= minimumShare && arm.share() <= maximumShare),
                        "share " + arm.share() + " of arm " + arm.name() + " is outside of what allocation allows, "
                                + minimumShare + " to " + maximumShare);
            }
        }
        problems.addIf(treatments < 2, "allocation needs two treatments or more");
    }
}
