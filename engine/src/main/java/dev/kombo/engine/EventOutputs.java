package dev.kombo.engine;

import dev.kombo.attribution.BundleResponse;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.attribution.LostOutcome;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.Shopper;
import dev.kombo.catalog.Target;
import dev.kombo.experiment.uplift.Maturity;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.Slate;
import java.util.List;

/** Takes what an event brings about. */
public interface EventOutputs extends TargetUpdates {
    /** What became of an offer, or a fact about an arm. */
    void outcome(Outcome outcome);

    /**
     * An answer to an offer that nobody knows.
     *
     * @param shopperId plain id of the shopper
     */
    void lost(String shopperId, LostOutcome lost);

    /**
     * A user was seen with a session. If anything is known of it, it is to be removed, and to be absorbed by the user:
     * {@link Logins#absorb}.
     */
    void login(Login login);

    /** An offer was made. */
    void offer(ShopperEvent trigger, OpenOffer open, Slate slate, OfferSource source);

    /**
     * What the slate of an offer was chosen from; of the share of offers that the strategy asks for.
     *
     * @param shopperId plain id of the shopper
     */
    void decision(String shopperId, LoggedDecision decision);

    /**
     * A choice that the ranker can learn from.
     *
     * @param modelVersion version of the ranker that was in force
     */
    void example(RankerExample example, long modelVersion);

    /** Something to learn about whether offers are taken. */
    void acceptance(AcceptanceExample example);

    /** Outcomes and lost touches of a ledger. */
    default void ledger(String shopperId, LedgerResult result) {
        for (int i = 0; i < result.outcomes().size(); i++) {
            outcome(result.outcomes().get(i));
        }
        for (int i = 0; i < result.lost().size(); i++) {
            lost(shopperId, result.lost().get(i));
        }
    }

    /** Windows of a shopper that have ended. */
    default void matured(Shopper shopper, List<Maturity> matured) {
        for (int i = 0; i < matured.size(); i++) {
            Maturity maturity = matured.get(i);
            outcome(Outcome.matured(shopper, maturity.enrollment(), maturity.matured(), maturity.time()));
        }
    }

    /** What a ledger teaches about the bundles offered. */
    default void responses(LedgerResult result) {
        for (int i = 0; i < result.responses().size(); i++) {
            BundleResponse response = result.responses().get(i);
            update(
                    Target.ofBundle(response.bundleId()),
                    TargetUpdate.answered(
                            response.time(),
                            new TargetUpdate.Response(
                                    response.impressions(), response.clicks(), response.conversions())));
        }
    }
}
