package dev.kombo.serde;

import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.uplift.Crossing;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.experiment.uplift.StratumAccount;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.schema.MeasureAccount;
import dev.kombo.schema.UpliftArm;
import dev.kombo.schema.UpliftCrossing;
import dev.kombo.schema.UpliftMove;
import dev.kombo.schema.UpliftRule;
import dev.kombo.schema.UpliftState;
import dev.kombo.schema.UpliftStratum;
import java.util.List;

/**
 * Reads the Avro records in which an earlier release stored the observations by which arms are compared, and maps the
 * moves of shares that are requested on a topic.
 */
public final class UpliftMapper {
    /** Moves of shares as they are requested, and as an earlier release stored them. */
    public static final RecordCodec<ShareMove, UpliftMove> MOVES = RecordCodec.of(ShareMove.class, UpliftMove.class);

    private static final RecordCodec<StratumArm, UpliftArm> ARMS = RecordCodec.of(
            StratumArm.class, UpliftArm.class, new RecordCodec.Exceptions().named("moments.count", "observed"));

    private static final RecordCodec<Crossing, UpliftCrossing> CROSSINGS =
            RecordCodec.of(Crossing.class, UpliftCrossing.class);

    private static final RecordCodec<DecisionRule, UpliftRule> RULES =
            RecordCodec.of(DecisionRule.class, UpliftRule.class);

    private UpliftMapper() {}

    /** Returns the observations; measures that this version does not know are left out. */
    public static ExperimentUplift toDomain(UpliftState state) {
        ExperimentUplift uplift = new ExperimentUplift();
        for (MeasureAccount stored : state.getAccounts()) {
            Measure measure = Measure.of(stored.getMeasure());
            if (measure != null) {
                uplift.restore(new ExperimentUplift.Key(measure, stored.getCurrency()), account(stored));
            }
        }
        uplift.ruled(RULES.toDomain(state.getRule()));
        uplift.days(state.getLatestDay(), state.getEndDay());
        uplift.moved(MOVES.toDomain(state.getLastMove()));
        state.getCrossings().forEach(crossing -> uplift.crossed(CROSSINGS.toDomain(crossing)));
        return uplift;
    }

    private static UpliftAccount account(MeasureAccount stored) {
        UpliftAccount account = new UpliftAccount();
        restore(stored.getStrata(), account);
        account.predictor(unboxed(stored.getPredictor()));
        stored.getWeights().forEach(day -> account.weights(day.getDay(), unboxed(day.getWeights())));
        return account;
    }

    private static double[] unboxed(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void restore(List<UpliftStratum> strata, UpliftAccount account) {
        for (UpliftStratum stratum : strata) {
            StratumAccount restored = new StratumAccount(stratum.getStrategyVersion());
            stratum.getArms().forEach(arm -> restored.restore(ARMS.toDomain(arm)));
            account.restore(restored);
        }
    }
}
