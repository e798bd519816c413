package dev.kombo.experiment.uplift;

import dev.kombo.experiment.ArmKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two arms that are compared.
 *
 * @param arm the arm
 * @param reference what it is compared with
 */
record ArmPair(String arm, String reference) {

    /**
     * All pairs that are compared: each arm except the holdouts against each holdout, and each treatment against each
     * baseline. Includes every arm with a share in any stratum, observed or not, so that the number of pairs does not
     * grow with the data.
     */
    static List<ArmPair> of(Collection<StratumAccount> strata) {
        Map<String, ArmKind> kinds = new TreeMap<>();
        for (StratumAccount stratum : strata) {
            for (StratumArm arm : stratum.arms()) {
                if (arm.kind() != null && arm.share() > 0) {
                    kinds.put(arm.name(), arm.kind());
                }
            }
        }
        List<ArmPair> pairs = new ArrayList<>();
        kinds.forEach((arm, kind) -> kinds.forEach((reference, referenceKind) -> {
            if (referenceKind.compareTo(kind) < 0) {
                pairs.add(new ArmPair(arm, reference));
            }
        }));
        return pairs;
    }
}
