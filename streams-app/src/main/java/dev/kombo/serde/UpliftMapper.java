package dev.kombo.serde;

import dev.kombo.schema.MeasureAccount;
import dev.kombo.schema.UpliftArm;
import dev.kombo.schema.UpliftMove;
import dev.kombo.schema.UpliftMovedArm;
import dev.kombo.schema.UpliftState;
import dev.kombo.schema.UpliftStratum;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.uplift.ArmMoments;
import dev.kombo.tracking.uplift.ExperimentUplift;
import dev.kombo.tracking.uplift.Measure;
import dev.kombo.tracking.uplift.ShareMove;
import dev.kombo.tracking.uplift.StratumAccount;
import dev.kombo.tracking.uplift.StratumArm;
import dev.kombo.tracking.uplift.UpliftAccount;
import java.util.ArrayList;
import java.util.List;

/** Observations of an experiment: store to domain and back. */
public final class UpliftMapper {
    private UpliftMapper() {}

    /** The observations in domain terms; measures that this version does not know are left out. */
    public static ExperimentUplift toDomain(UpliftState state) {
        ExperimentUplift uplift = new ExperimentUplift();
        for (MeasureAccount stored : state.getAccounts()) {
            Measure measure = Measure.of(stored.getMeasure());
            if (measure != null) {
                uplift.restore(new ExperimentUplift.Key(measure, stored.getCurrency()), account(stored));
            }
        }
        uplift.moved(state.getLastMove() == null ? null : toDomain(state.getLastMove()));
        return uplift;
    }

    /** A move of shares in domain terms. */
    public static ShareMove toDomain(UpliftMove stored) {
        List<ShareMove.MovedArm> arms = new ArrayList<>();
        stored.getArms()
                .forEach(arm ->
                        arms.add(new ShareMove.MovedArm(arm.getName(), arm.getShare(), arm.getProbabilityBest())));
        return new ShareMove(stored.getVersion(), stored.getTime(), arms);
    }

    /** A move of shares, as it is stored and asked for. */
    public static UpliftMove toAvro(ShareMove move) {
        List<UpliftMovedArm> arms = new ArrayList<>();
        move.arms().forEach(arm -> arms.add(new UpliftMovedArm(arm.name(), arm.share(), arm.probabilityBest())));
        return new UpliftMove(move.version(), move.time(), arms);
    }

    private static UpliftAccount account(MeasureAccount stored) {
        UpliftAccount account = new UpliftAccount();
        for (UpliftStratum stratum : stored.getStrata()) {
            StratumAccount restored = new StratumAccount(stratum.getStrategyVersion());
            stratum.getArms().forEach(arm -> restored.restore(arm(arm)));
            account.restore(restored);
        }
        return account;
    }

    private static StratumArm arm(UpliftArm stored) {
        return new StratumArm(
                stored.getName(),
                stored.getKind() == null ? null : ArmKind.valueOf(stored.getKind()),
                stored.getShare(),
                stored.getEntered(),
                new ArmMoments(
                        stored.getObserved(),
                        stored.getResponseMean(),
                        stored.getCovariateMean(),
                        stored.getResponseSquares(),
                        stored.getCovariateSquares(),
                        stored.getProducts()));
    }

    /** The observations as stored. */
    public static UpliftState toAvro(ExperimentUplift uplift) {
        List<MeasureAccount> accounts = new ArrayList<>();
        uplift.accounts()
                .forEach((key, account) ->
                        accounts.add(new MeasureAccount(key.measure().label(), key.currency(), strata(account))));
        return new UpliftState(accounts, uplift.lastMove() == null ? null : toAvro(uplift.lastMove()));
    }

    private static List<UpliftStratum> strata(UpliftAccount account) {
        List<UpliftStratum> strata = new ArrayList<>();
        for (StratumAccount stratum : account.strata()) {
            List<UpliftArm> arms = new ArrayList<>();
            stratum.arms().forEach(arm -> arms.add(arm(arm)));
            strata.add(new UpliftStratum(stratum.strategyVersion(), arms));
        }
        return strata;
    }

    private static UpliftArm arm(StratumArm arm) {
        ArmMoments moments = arm.moments();
        return new UpliftArm(
                arm.name(),
                arm.kind() == null ? null : arm.kind().name(),
                arm.share(),
                arm.entered(),
                moments.count(),
                moments.responseMean(),
                moments.covariateMean(),
                moments.responseSquares(),
                moments.covariateSquares(),
                moments.products());
    }
}
