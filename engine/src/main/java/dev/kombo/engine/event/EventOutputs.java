package dev.kombo.engine.event;

import dev.kombo.attribution.LedgerResult;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Shopper;
import dev.kombo.attribution.UnmatchedFeedback;
import dev.kombo.engine.entity.EntityUpdates;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel.ModelStage;
import dev.kombo.ranking.Slate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives what the processing of an event yields: offers, outcomes, updates of items and bundles, and training
 * examples. Each kind of output has a method of its own, without a default, so that a new kind does not compile until
 * every receiver says what it does with it.
 */
public interface EventOutputs extends EntityUpdates {
    /** Takes an outcome of an offer or of an arm. */
    void outcome(Outcome outcome);

    /**
     * Takes an offer.
     *
     * @param shopperId plain id of the user or session
     */
    void emit(@Nullable String shopperId, NewOffer offered);

    /** Takes a training example of the ranker. */
    void emit(RankedExample ranked);

    /** Takes a training example of the conversion model. */
    void emit(ConversionExample example);

    /**
     * Takes feedback that no offer could be found for.
     *
     * @param shopperId plain id of the user or session
     */
    void emit(@Nullable String shopperId, UnmatchedFeedback unmatched);

    /**
     * Takes a swap that the bundle does not allow.
     *
     * @param shopperId plain id of the user or session
     */
    void emit(@Nullable String shopperId, UnmatchedSwap swap);

    /** Takes a login, to be sent to the task that owns the session. */
    void emit(Login login);

    /** Forwards the outcomes and the unmatched feedback of a ledger. */
    default void ledger(@Nullable String shopperId, LedgerResult result) {
        for (int i = 0; i < result.outcomes().size(); i++) {
            outcome(result.outcomes().get(i));
        }
        for (int i = 0; i < result.unmatched().size(); i++) {
            emit(shopperId, result.unmatched().get(i));
        }
    }

    /** Forwards a shopper's measures that have matured. */
    default void matured(Shopper shopper, List<MaturedWindow> matured) {
        for (int i = 0; i < matured.size(); i++) {
            MaturedWindow maturity = matured.get(i);
            outcome(Outcome.matured(shopper, maturity.enrollment(), maturity.matured(), maturity.time()));
        }
    }

    /**
     * An offer that was made.
     *
     * @param trigger the event that it answers
     * @param open the offer in the shopper's ledger
     * @param slate what was chosen, in the order of the offer's bundles
     * @param policy name and version of the policy that chose it
     * @param modelVersion version of the ranker; 0: Kombo's starting weights
     * @param stage how far the conversion model has learned
     */
    record NewOffer(
            ShopperEvent trigger, OpenOffer open, Slate slate, String policy, long modelVersion, ModelStage stage) {}

    /**
     * A training example of the ranker.
     *
     * @param modelVersion version of the ranker that scored its bundles
     */
    record RankedExample(RankerExample example, long modelVersion) {}

    /**
     * A user was seen with a session. If the session has state, it is to be removed and merged into the user: {@link
     * Logins#absorb}.
     *
     * @param userId the user
     * @param sessionId the session
     * @param eventId the event that named both
     * @param time of that event, epoch milliseconds
     */
    record Login(String userId, String sessionId, String eventId, long time) {}

    /**
     * A swap stated with the purchase of a bundle that does not allow it.
     *
     * @param member whose place was taken
     * @param item what took it
     */
    record UnmatchedSwap(ShopperEvent purchase, String member, String item, SwapCause cause) {
        /** Why the bundle does not allow it. */
        public enum SwapCause {
            /** The bundle has no such member: the swap is ignored. */
            NO_MEMBER("not-a-member"),
            /** The item is not of the member's slot: it counts as bought all the same. */
            NO_ALTERNATIVE("not-an-alternative");

            private final String text;

            SwapCause(String text) {
                this.text = text;
            }

            /** The reason as published and counted. */
            public String text() {
                return text;
            }
        }
    }

    /**
     * A training example of the conversion model: bundles that were seen in an offer, or one of them that was then
     * clicked or bought. It was also reported as shown before, see {@link BayesianLogistic}.
     *
     * @param time epoch milliseconds
     * @param features of each bundle, in the order of {@link ConversionFeature}, as it was offered, with {@link
     *     ConversionFeature#CLICK} where it was clicked; not copied
     * @param accepted whether they were clicked or bought, not only shown
     * @param weight how many such examples each stands for, above 0
     */
    record ConversionExample(long time, List<float[]> features, boolean accepted, float weight) {
        /** Weight of each of two examples, of a click and of a conversion, that share all weights but one, at first. */
        private static final double SHARED = 0.4;

        /** Conversions after which clicks count half: they stand in for conversions while these are few. */
        private static final double FEW = 200;

        /** Whether it was clicked, not bought. */
        public boolean clicked() {
            return clicked(features.get(0));
        }

        private static boolean clicked(float[] bundle) {
            return bundle[ConversionFeature.CLICK.ordinal()] > 0;
        }

        /** Trains a model, and returns how many of the bundles it could learn from. */
        public int train(BayesianLogistic model) {
            int learned = 0;
            double clicks = FEW / (FEW + model.accepted());
            double ofClick = weight * SHARED * clicks;
            double ofConversion = weight * (1 - (1 - SHARED) * clicks);
            for (float[] bundle : features) {
                boolean click = clicked(bundle);
                boolean usable = accepted
                        ? model.accept(bundle, click ? ofClick : ofConversion, click ? 0 : weight)
                        : model.show(bundle, ofConversion, weight, 0)
                                && model.show(ConversionFeature.clicked(bundle), ofClick, 0, 0);
                learned += usable ? 1 : 0;
            }
            return learned;
        }
    }
}
