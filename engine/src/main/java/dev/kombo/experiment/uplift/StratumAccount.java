package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts and moments, by arm, of the shoppers assigned under one version of the strategy (a stratum). Within it the
 * shares did not change, so that arms are comparable; across versions they are not, because later shoppers differ. Not
 * thread-safe.
 */
public final class StratumAccount {
    /** Stands for a stratum that is to be read. */
    static final StratumAccount BLANK = new StratumAccount(0);

    private final long strategyVersion;
    private final Map<String, StratumArm> arms = new TreeMap<>();

    /** Creates a stratum without arms. */
    public StratumAccount(long strategyVersion) {
        this.strategyVersion = strategyVersion;
    }

    /** The fields; those that are read make a stratum of their own. */
    StratumAccount fields(Fields f) {
        long version = f.number(strategyVersion);
        StratumAccount stratum = f.reading() ? new StratumAccount(version) : this;
        f.each(stratum.arms, StratumArm.BLANK, StratumArm::fields, StratumArm::name);
        return stratum;
    }

    /** Restores a stored arm. */
    public void restore(StratumArm arm) {
        arms.put(arm.name(), arm);
    }

    /** Version of the strategy. */
    public long strategyVersion() {
        return strategyVersion;
    }

    /** The arms by name. */
    public Collection<StratumArm> arms() {
        return Collections.unmodifiableCollection(arms.values());
    }

    /** An arm; null: not known. */
    public @Nullable StratumArm arm(String name) {
        return arms.get(name);
    }

    void open(List<Arm> planned) {
        for (Arm arm : planned) {
            arms.put(arm.name(), at(arm.name()).known(arm.kind(), arm.share()));
        }
    }

    void enter(String arm) {
        arms.put(arm, at(arm).enter());
    }

    void add(UserObservation observation) {
        arms.put(observation.arm(), at(observation.arm()).plus(observation));
    }

    private StratumArm at(String name) {
        StratumArm arm = arms.get(name);
        return arm == null ? new StratumArm(name) : arm;
    }

    /**
     * An arm in one stratum.
     *
     * @param name the arm
     * @param kind what its shoppers get; null where not known
     * @param share part of the stratum's shoppers planned for it, 0 to 1; NaN where not known
     * @param entered shoppers assigned
     * @param moments of the assigned shoppers whose window was observed
     */
    public record StratumArm(String name, Arm.@Nullable Kind kind, double share, long entered, ArmMoments moments) {
        /** Stands for an arm that is to be read. */
        private static final StratumArm BLANK = new StratumArm("");

        /** Creates an arm of which nothing is known. */
        StratumArm(String name) {
            this(name, null, Double.NaN, 0, ArmMoments.NONE);
        }

        private StratumArm fields(Fields f) {
            return new StratumArm(
                    f.text(name),
                    f.optional(kind, Arm.Kind.HOLDOUT, Arm.Kind::fields),
                    f.real(share),
                    f.number(entered),
                    moments.fields(f));
        }

        StratumArm enter() {
            return new StratumArm(name, kind, share, entered + 1, moments);
        }

        StratumArm plus(UserObservation observation) {
            return new StratumArm(
                    name, kind, share, entered, moments.plus(observation.response(), observation.covariate()));
        }

        StratumArm known(Arm.Kind knownKind, double knownShare) {
            return new StratumArm(name, knownKind, knownShare, entered, moments);
        }
    }
}
