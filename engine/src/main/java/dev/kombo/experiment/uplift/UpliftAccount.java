package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.uplift.StratumAccount.StratumArm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All observations of an experiment in one measure and currency, by stratum. Its size is strata times arms. Not
 * thread-safe; used only by the thread that owns the experiment.
 */
public final class UpliftAccount {
    /** Stands for an account that is to be read. */
    static final UpliftAccount BLANK = new UpliftAccount();

    private static final double[] NO_WEIGHTS = {};

    /** How late a shopper may be reported and still be predicted like all others of the day. */
    private static final int KEPT_DAYS = 32;

    private final Map<Long, StratumAccount> strata = new TreeMap<>();
    private final NavigableMap<Long, double[]> weights = new TreeMap<>();
    private RidgeRegression predictor = new RidgeRegression(Covariates.FEATURES);
    private @Nullable List<ArmPair> pairs;

    /** The fields; those that are read make an account of their own. */
    UpliftAccount fields(Fields f) {
        UpliftAccount account = f.reading() ? new UpliftAccount() : this;
        f.each(account.strata, StratumAccount.BLANK, StratumAccount::fields, StratumAccount::strategyVersion);
        account.predictor.fields(f);
        f.each(account.weights, 0L, (day, keys) -> keys.number(day), NO_WEIGHTS, (day, all) -> all.reals(day));
        account.weights.values().removeIf(stored -> stored.length != Covariates.FEATURES);
        return account;
    }

    /** Restores a stored stratum. */
    public void restore(StratumAccount stratum) {
        pairs = null;
        strata.put(stratum.strategyVersion(), stratum);
    }

    /** The strata, oldest version first. */
    public Collection<StratumAccount> strata() {
        return Collections.unmodifiableCollection(strata.values());
    }

    /** Restores the stored sums; those of another number of features are ignored. */
    public void predictor(double[] sums) {
        if (sums.length == predictor.sums().length) {
            System.arraycopy(sums, 0, predictor.sums(), 0, sums.length);
        }
    }

    /** The weights by which the shoppers of each of the latest days are predicted, by UTC day. */
    Map<Long, double[]> weights() {
        return Collections.unmodifiableMap(weights);
    }

    /** Restores the stored weights of a day; those of another number of features are ignored. */
    public void weights(long day, double[] stored) {
        if (stored.length == Covariates.FEATURES) {
            weights.put(day, stored);
        }
    }

    /** Returns an account with the same observations. */
    UpliftAccount copy() {
        UpliftAccount copy = new UpliftAccount();
        for (StratumAccount stratum : strata.values()) {
            StratumAccount same = new StratumAccount(stratum.strategyVersion());
            stratum.arms().forEach(same::restore);
            copy.restore(same);
        }
        copy.predictor = predictor.copy();
        copy.weights.putAll(weights);
        return copy;
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

    /**
     * Adds a shopper whose window has ended, with the response that was to be expected as the covariate. All shoppers
     * whose windows end on the same day are predicted by the same weights, however early or late each is reported: who
     * buys is reported at another time than who does not. So the covariate is a function of other shoppers and of what
     * was known at assignment, not of the shopper's arm or response: its expectation is the same in all arms.
     *
     * @param cap most that a shopper counts for, in units of the response, positive
     * @param day UTC day on which the window ends
     * @return the observation that was added
     */
    public UserObservation predicted(UserObservation observation, Covariates known, double cap, long day) {
        double[] features = known.features(observation.covariate(), cap);
        double expected = cap * Math.max(0, Math.min(1, RidgeRegression.predict(weightsOf(day), features)));
        UserObservation added =
                new UserObservation(observation.arm(), observation.strategyVersion(), observation.response(), expected);
        add(added);
        predictor.add(features, observation.response() / cap);
        return added;
    }

    /**
     * A later day than any before is predicted from what was reported so far; a day that was skipped, as the one
     * before.
     */
    private double[] weightsOf(long day) {
        if (weights.isEmpty() || day > weights.lastKey()) {
            weights.put(day, predictor.weights());
            if (weights.size() > KEPT_DAYS) {
                weights.pollFirstEntry();
            }
        }
        Map.Entry<Long, double[]> kept = weights.floorEntry(day);
        return (kept == null ? weights.firstEntry() : kept).getValue();
    }

    /** Moments of all shoppers observed so far, over all arms and strata. */
    ArmMoments moments() {
        ArmMoments all = ArmMoments.NONE;
        for (StratumAccount stratum : strata.values()) {
            for (StratumArm arm : stratum.arms()) {
                all = all.merge(arm.moments());
            }
        }
        return all;
    }

    /** Shoppers observed so far. */
    public long observed() {
        long users = 0;
        for (StratumAccount stratum : strata.values()) {
            for (StratumArm arm : stratum.arms()) {
                users += arm.moments().count();
            }
        }
        return users;
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

    /**
     * Two arms that are compared.
     *
     * @param arm the arm
     * @param reference what it is compared with
     * @param decides whether it decides in the primary measure: a treatment against a holdout, or against a baseline
     *     where there is no holdout
     */
    record ArmPair(String arm, String reference, boolean decides) {

        /**
         * All pairs that are compared: each arm except the holdouts against each holdout, and each treatment against
         * each baseline. Includes every arm with a share in any stratum, observed or not, so that the number of pairs
         * does not grow with the data.
         */
        static List<ArmPair> of(Collection<StratumAccount> strata) {
            Map<String, Arm.Kind> kinds = new TreeMap<>();
            for (StratumAccount stratum : strata) {
                for (StratumArm arm : stratum.arms()) {
                    if (arm.kind() != null && arm.share() > 0) {
                        kinds.put(arm.name(), arm.kind());
                    }
                }
            }
            Arm.Kind control = kinds.containsValue(Arm.Kind.HOLDOUT) ? Arm.Kind.HOLDOUT : Arm.Kind.BASELINE;
            List<ArmPair> pairs = new ArrayList<>();
            kinds.forEach((arm, kind) -> kinds.forEach((reference, referenceKind) -> {
                if (referenceKind.compareTo(kind) < 0) {
                    pairs.add(new ArmPair(arm, reference, kind == Arm.Kind.TREATMENT && referenceKind == control));
                }
            }));
            return pairs;
        }
    }

    /**
     * A shopper's one observation in the comparison of arms. Shoppers are the unit of randomisation and therefore the
     * unit of analysis: sums run over independent values, one per shopper, however many purchases each of them makes.
     *
     * @param arm the assigned arm
     * @param strategyVersion version of the strategy at assignment: the stratum
     * @param response what is compared: capped revenue of the window in minor units, or 0 and 1
     * @param covariate a predictor of the response from before assignment: capped revenue before assignment in minor
     *     units; 0 where there was none
     */
    public record UserObservation(String arm, long strategyVersion, double response, double covariate) {

        /**
         * Validates the numbers.
         *
         * @throws IllegalArgumentException if one is not finite
         */
        public UserObservation {
            if (!Double.isFinite(response) || !Double.isFinite(covariate)) {
                throw new IllegalArgumentException("not finite: response " + response + ", covariate " + covariate);
            }
        }
    }
}
