package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.math.StableHash;
import java.util.List;

/** Uplift accounts for tests. */
final class Accounts {
    static final String HOLDOUT = "holdout";
    static final String BASELINE = "popularity";
    static final String TREATMENT = "treatment";

    private Accounts() {}

    static Arm arm(String name, Arm.Kind kind, double share) {
        return new Arm(name, kind, share);
    }

    /** Half in the holdout, half in the treatment. */
    static List<Arm> halves() {
        return List.of(arm(HOLDOUT, Arm.Kind.HOLDOUT, 0.5), arm(TREATMENT, Arm.Kind.TREATMENT, 0.5));
    }

    static List<Arm> thirds() {
        return List.of(
                arm(BASELINE, Arm.Kind.BASELINE, 0.25),
                arm(HOLDOUT, Arm.Kind.HOLDOUT, 0.25),
                arm(TREATMENT, Arm.Kind.TREATMENT, 0.5));
    }

    /** Rows of response and covariate. */
    static void add(UpliftAccount account, long version, String arm, double[]... rows) {
        for (double[] row : rows) {
            account.enter(version, arm);
            account.add(new UserObservation(arm, version, row[0], row[1]));
        }
    }

    /** A number of shoppers with normal responses, drawn by hash of the stream. */
    static void addNormal(UpliftAccount account, long version, String arm, int users, double mean, long stream) {
        for (int i = 0; i < users; i++) {
            account.enter(version, arm);
            account.add(new UserObservation(arm, version, mean + gaussian(stream, i), 0));
        }
    }

    /** Standard normal, by Box and Muller's transform. */
    static double gaussian(long stream, long number) {
        long key = StableHash.combine(stream, number);
        double radius = Math.sqrt(-2 * Math.log(1 - StableHash.unit(key)));
        return radius * Math.cos(2 * Math.PI * StableHash.unit(StableHash.mix(key)));
    }
}
