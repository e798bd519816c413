package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.cli.WhatifCommand.WhatifText;
import dev.kombo.engine.replay.OfferRewards;
import dev.kombo.engine.replay.Reward;
import dev.kombo.engine.replay.StrategyReplay;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WhatifTextTest {
    private static final Arm CANDIDATE = new Arm("offers", Arm.Kind.TREATMENT, 1, 0);

    private final StrategyReplay replay = new StrategyReplay(CANDIDATE, null, new OfferRewards(Reward.CLICKS, null), 0);

    @Test
    void shouldSayWhatIsMissingWhereNothingCanBeJudged() {
        assertThat(print(replay, Map.of()))
                .contains("no decision of arm offers can be evaluated; set decisionSamplingRate in the strategy");
        assertThat(print(replay, Map.of("other", 3L)))
                .contains("can be evaluated; decisions were logged for other (--from)");
    }

    @Test
    void shouldSayThatItIsTooEarlyWhereAttributionGoesOn() {
        replay.add(new LoggedDecision(
                "offer", new Assignment("salt", "offers", 1), "home", ArmRanker.LEARNED, true, 1, 0, 10, null));

        assertThat(print(replay, Map.of("other", 3L)))
                .contains("left out, attribution still open  1")
                .contains("can be evaluated yet; one can once the attribution of its offer has ended")
                .doesNotContain("--from");
    }

    @Test
    void shouldSayThatOtherWeightsMadeAllDecisions() {
        OfferRewards rewards = new OfferRewards(Reward.CLICKS, null);
        StrategyReplay late = new StrategyReplay(CANDIDATE, null, rewards, 0);
        late.add(new LoggedDecision(
                "offer",
                new Assignment("salt", "offers", 1),
                "home",
                ArmRanker.PRIOR,
                true,
                1,
                0,
                rewards.latest(),
                null));

        assertThat(print(late, Map.of()))
                .contains("can be evaluated; their weights were not those of the arms compared");
    }

    private static String print(StrategyReplay replay, Map<String, Long> otherArms) {
        StringWriter out = new StringWriter();
        boolean answer = new WhatifText(new PrintWriter(out), Reward.CLICKS, "", "what was shown")
                .print(replay, "salt", CANDIDATE, "offers", new WhatifCommand.LeftOut(otherArms, 0));
        assertThat(answer).isFalse();
        return out.toString();
    }
}
