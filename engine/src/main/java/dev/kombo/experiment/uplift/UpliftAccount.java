package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All observations of an experiment in one window and one currency, or of one event of satisfaction, by stratum. Its
 * size is that of strata times arms. Touched only by the thread that owns the experiment.
 */
public final class UpliftAccount {
    private final Map<Long, StratumAccount> strata = new TreeMap<>();
    private List<ArmPair> pairs;

    /** Puts a stored stratum back. */
    public void restore(StratumAccount stratum) {
        pairs = null;
        strata.put(stratum.strategyVersion(), stratum);
    }

    /** The strata, oldest version first. */
    public Collection<StratumAccount> strata() {
        return Collections.unmodifiableCollection(strata.values());
    }

    /**
     * Tells which arms a version of the strategy has. Without it shoppers are counted and compared all the same, but
     * nothing can be said of the ratio of the sample, and arms of unknown kind are compared with none.
     */
    public void open(long strategyVersion, List<Arm> arms) {
        pairs = null;
        at(strategyVersion).open(arms);
    }

    /** Counts a shopper that entered an arm. */
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
