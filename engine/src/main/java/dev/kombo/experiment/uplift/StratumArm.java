package dev.kombo.experiment.uplift;

import dev.kombo.experiment.ArmKind;

/**
 * An arm in one stratum.
 *
 * @param name the arm
 * @param kind what its shoppers get; null where not known
 * @param share part of the stratum's shoppers planned for it, 0 to 1; NaN where not known
 * @param entered shoppers assigned
 * @param moments of the assigned shoppers whose window was observed
 */
public record StratumArm(String name, ArmKind kind, double share, long entered, ArmMoments moments) {

    StratumArm enter() {
        return new StratumArm(name, kind, share, entered + 1, moments);
    }

    StratumArm plus(UserObservation observation) {
        return new StratumArm(
                name, kind, share, entered, moments.plus(observation.response(), observation.covariate()));
    }

    StratumArm known(ArmKind knownKind, double knownShare) {
        return new StratumArm(name, knownKind, knownShare, entered, moments);
    }
}
