package dev.kombo.engine.replay;

import dev.kombo.catalog.StableHash;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.engine.shopper.SlateGoals;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.offpolicy.EstimateOrRefusal;
import dev.kombo.experiment.offpolicy.LoggedSlate;
import dev.kombo.experiment.offpolicy.OffPolicyAccumulator;
import dev.kombo.experiment.offpolicy.Overlap;
import dev.kombo.experiment.offpolicy.PolicyDifference;
import dev.kombo.experiment.offpolicy.Refusal;
import dev.kombo.ranking.slate.Decision;
import dev.kombo.ranking.slate.DecisionReplay;
import dev.kombo.ranking.slate.RankingSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Estimates what an arm would have earned from logged decisions of other arms. The doubly robust estimates predict a
 * rank's reward by the conversion model that was active at the decision, which has learned from earlier offers only:
 * the probability that the bundle is bought, times its price where the reward is revenue. Not thread-safe.
 */
public final class StrategyReplay {
    /**
     * Slates drawn for the mean prediction of one: the mean is unbiased with any number, its noise small against that
     * of the rewards.
     */
    private static final int DRAWS = 8;

    private final Arm arm;
    private final OfferRewards rewards;
    private final double oddsMin;
    private final @Nullable Arm reference;
    private final OffPolicyAccumulator slates = new OffPolicyAccumulator();
    private final OffPolicyAccumulator referenceSlates = new OffPolicyAccumulator();
    private final PolicyDifference difference = new PolicyDifference();
    private final Set<String> offers = new HashSet<>();
    private long open;
    private long otherRanker;

    /**
     * Creates a replay without decisions.
     *
     * @param arm the candidate; makes offers
     * @param reference another candidate that this one is compared with; null: what was shown
     * @param rewards of all offers, complete up to {@link OfferRewards#latest}
     * @param oddsMin {@link RankingSettings#ODDS_MIN} of the candidates
     */
    public StrategyReplay(Arm arm, @Nullable Arm reference, OfferRewards rewards, double oddsMin) {
        this.arm = arm;
        this.reference = reference;
        this.rewards = rewards;
        this.oddsMin = oddsMin;
    }

    /**
     * Adds a decision, once per offer. Left out are decisions whose offers may still earn a reward, and those made with
     * other weights than the arm's, since the log does not hold the scores of these.
     */
    public void add(LoggedDecision logged) {
        if (!offers.add(logged.offerId())) {
            return;
        }
        if (logged.closesAt() > rewards.latest()) {
            open++;
        } else if (otherRanker(arm, logged) || (reference != null && otherRanker(reference, logged))) {
            otherRanker++;
        } else {
            LoggedSlate slate = slate(arm, logged);
            slates.add(slate);
            if (reference != null) {
                LoggedSlate other = slate(reference, logged);
                referenceSlates.add(other);
                difference.add(slate, other);
            }
        }
    }

    private static boolean otherRanker(Arm arm, LoggedDecision logged) {
        if (logged.ranker() != arm.policy().ranker()) {
            return true;
        }
        Decision decision = logged.decision();
        return logged.ranker() == ArmRanker.LEARNED
                && !logged.sameForAllGoals()
                && decision.goal().kind().byRelevance()
                        != SlateGoals.of(arm, decision.conversionModel()).kind().byRelevance();
    }

    /**
     * The arm's choice from a logged decision.
     *
     * @param oddsMin {@link RankingSettings#ODDS_MIN} of the arm
     */
    public static DecisionReplay of(Arm arm, Decision decision, double oddsMin) {
        return new DecisionReplay(decision, SlateGoals.of(arm, decision.conversionModel()), oddsMin);
    }

    private LoggedSlate slate(Arm arm, LoggedDecision logged) {
        Decision decision = logged.decision();
        DecisionReplay replay = of(arm, decision, oddsMin);
        DecisionReplay.Worth worth = (number, rank, price) ->
                rewards.counts(decision.considered().get(number).terms().currency())
                        ? rewards.reward().expected(replay.taken(number, rank, price), price)
                        : 0;
        List<DecisionReplay.Rank> ranks = replay.ranks(worth);
        List<LoggedSlate.LoggedChoice> choices = new ArrayList<>(ranks.size());
        double shown = 0;
        for (int r = 0; r < ranks.size(); r++) {
            DecisionReplay.Rank rank = ranks.get(r);
            Decision.Choice choice = decision.choices().get(r);
            String bundle = decision.considered().get(choice.considered()).bundleId();
            shown += rank.shown();
            choices.add(new LoggedSlate.LoggedChoice(
                    choice.propensity(),
                    rank.probability(),
                    rank.unsupported(),
                    rewards.of(logged.offerId(), bundle),
                    new LoggedSlate.Prediction(rank.shown(), rank.expected())));
        }
        double expected = replay.expected(DRAWS, StableHash.of(logged.offerId()), worth);
        return new LoggedSlate(choices, new LoggedSlate.Prediction(shown, expected));
    }

    /** The slates evaluated. */
    public OffPolicyAccumulator slates() {
        return slates;
    }

    /** How much more the arm would have earned per slate than the reference, or than was earned. */
    public EstimateOrRefusal difference(Overlap.Limits limits) {
        if (reference == null) {
            return slates.difference(limits);
        }
        Optional<Refusal> refusal = slates.overlap()
                .refusal(limits)
                .or(() -> referenceSlates.overlap().refusal(limits));
        return refusal.isPresent() ? refusal.get() : difference.value(slates.overlap());
    }

    /** Decisions left out because their offers may still earn a reward. */
    public long open() {
        return open;
    }

    /** Decisions left out because other weights than the arm's ranked them. */
    public long otherRanker() {
        return otherRanker;
    }
}
