package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All observations of an experiment in one measure and currency, by stratum. Its size is strata times arms. Not
 * thread-safe; used only by the thread that owns the experiment.
 */
public final class UpliftAccount {
    private final Map<Long, StratumAccount> strata = new TreeMap<>();
    private List<ArmPair> pairs;

    /** Restores a stored stratum. */
    public void restore(StratumAccount stratum) {
        pairs = null;
        strata.put(stratum.strategyVersion(), stratum);
    }

    /** The strata, oldest version first. */
    public Collection<StratumAccount> strata() {
        return Collections.unmodifiableCollection(strata.values());
    }

    /**
     * Sets the arms of a version of the strategy. Without it shoppers are still counted and compared, but the sample
     * ratio is not tested, and arms of unknown kind are compared with none.
     */
    public void open(long strategyVersion, List<Arm> arms) {
        pairs = null;
        at(strategyVersion).open(arms);
    }

    /** Counts a shopper assigned to an arm. */
    public void enter(long strategyVersion, String arm) {
        at(strategyVersion).enter(arm);
    }

    /** Adds a shopper whose window has ended. */
    public void add(UserObservation observation) {
        at(observation.strategyVersion()).add(observation);
    }

    /** The arms that are compared. */
    List<ArmPair> pairs() {
        if (pairs == null) {
            pairs = ArmPair.of(strata.values());
        }
        return pairs;
    }

    private StratumAccount at(long strategyVersion) {
        return strata.computeIfAbsent(strategyVersion, StratumAccount::new);
    }
}
