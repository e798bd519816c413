package dev.kombo.topology;

import dev.kombo.schema.ArmKind;
import dev.kombo.schema.ArmRanker;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.StrategyArm;
import java.util.List;

/** Arms of strategies, for tests. */
final class StrategyArms {
    private StrategyArms() {}

    /** An arm that ranks plainly, by relevance. */
    static StrategyArm of(String name, ArmKind kind, double share) {
        return new StrategyArm(
                name, kind, share, OfferObjective.RELEVANCE, 0.0, List.of(), true, null, ArmRanker.LEARNED, false);
    }
}
