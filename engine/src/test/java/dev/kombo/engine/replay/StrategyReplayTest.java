package dev.kombo.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.engine.shopper.SlateGoals;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.OfferPolicy.Objective;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.slate.ConsideredCandidate;
import dev.kombo.ranking.slate.Decision;
import dev.kombo.ranking.slate.LoggedContent;
import dev.kombo.ranking.value.OfferValue.BundleMoney;
import dev.kombo.ranking.value.OfferValue.PriceLevels;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyReplayTest {
    @ParameterizedTest
    @CsvSource({
        "LEARNED RELEVANCE, true, LEARNED RELEVANCE, , true",
        "LEARNED RELEVANCE, true, LEARNED REVENUE, , true",
        "LEARNED REVENUE, true, LEARNED RELEVANCE, , true",
        "LEARNED REVENUE, true, PRIOR REVENUE, , false",
        "PRIOR REVENUE, true, LEARNED REVENUE, , false",
        "LEARNED RELEVANCE, false, LEARNED RELEVANCE, , true",
        "LEARNED RELEVANCE, false, LEARNED REVENUE, , false",
        "LEARNED RELEVANCE, false, LEARNED RELEVANCE, LEARNED REVENUE, false",
        "LEARNED REVENUE, false, LEARNED RELEVANCE, , false",
        "LEARNED REVENUE, false, LEARNED MARGIN, LEARNED CONVERSION, true",
        "POPULARITY, false, LEARNED MARGIN, , true",
        "POPULARITY, false, LEARNED RELEVANCE, , false",
        "PRIOR REVENUE, false, PRIOR RELEVANCE, , true"
    })
    void shouldLeaveOutDecisionsThatOtherWeightsMade(
            String logged, boolean sameForAllGoals, String arm, @Nullable String reference, boolean counted) {
        StrategyReplay replay = new StrategyReplay(arm(arm), reference == null ? null : arm(reference), rewards(), 0);

        replay.add(decision(arm(logged), sameForAllGoals));

        assertThat(replay.otherRanker()).isEqualTo(counted ? 0 : 1);
        assertThat(replay.slates().overlap().slates()).isEqualTo(counted ? 1 : 0);
    }

    private static Arm arm(String description) {
        if (description.equals("POPULARITY")) {
            return new Arm("arm", Arm.Kind.BASELINE, 1, 0);
        }
        String[] words = description.split(" ", -1);
        OfferPolicy policy = new OfferPolicy(
                Objective.valueOf(words[1]), ArmRanker.valueOf(words[0]), 0, List.of(), 0, Double.NaN, true);
        return new Arm("arm", Arm.Kind.TREATMENT, 1, 0, policy);
    }

    private static LoggedDecision decision(Arm arm, boolean sameForAllGoals) {
        ConversionModel model = ConversionModel.prior();
        ConsideredCandidate tea = new ConsideredCandidate(
                "tea",
                new LoggedContent(new long[] {1}, new float[] {1}),
                new float[Signal.count()],
                1,
                new float[ConversionFeature.count()],
                new BundleMoney(1000, 1000, Double.NaN, 0, 6, 6, 0, 0, 0, 0, 0, -1, false),
                new ConsideredCandidate.Terms(1000, "GBP", 1));
        Decision decision = new Decision(
                SlateGoals.of(arm, model),
                model,
                new Decision.Conditions(1, new PriceLevels(0, Double.NaN, 0), 0, 1, 1),
                List.of(tea),
                List.of(new Decision.Choice(0, 1)));
        return new LoggedDecision(
                "offer",
                new Assignment("salt", "arm", 1),
                "home",
                arm.policy().ranker(),
                sameForAllGoals,
                1,
                0,
                Long.MIN_VALUE,
                decision);
    }

    private static OfferRewards rewards() {
        return new OfferRewards(Reward.CLICKS, null);
    }
}
