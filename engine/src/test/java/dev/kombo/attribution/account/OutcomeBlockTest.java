package dev.kombo.attribution.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeBlockTest {
    private static final Shopper USER = new Shopper("user", null);
    private static final Enrollment TREATED = new Enrollment("salt", "b", 3, 1_000);
    private static final List<Arm> ARMS =
            List.of(new Arm("a", Arm.Kind.HOLDOUT, 0.25), new Arm("b", Arm.Kind.TREATMENT, 0.75));

    @Test
    void shouldHoldWhatArmsAreComparedBy() {
        MaturedMeasure day =
                new MaturedMeasure("revenue1d", List.of(new MaturedMeasure.Value("GBP", 950.5, -20)), null, List.of());
        byte[] block = OutcomeBlock.of(List.of(
                Outcome.entered(USER, TREATED, ARMS, DecisionRule.STANDARD, "e1"),
                Outcome.entered(USER, TREATED, List.of(), DecisionRule.STANDARD, "e2"),
                Outcome.matured(USER, TREATED, day, 2_000),
                Outcome.entered(USER, TREATED, ARMS, DecisionRule.STANDARD, "e3")));

        List<Outcome> read = OutcomeBlock.outcomes(block);

        assertThat(read).extracting(Outcome::plannedArms).containsExactly(ARMS, List.of(), List.of(), ARMS);
        assertThat(read).extracting(Outcome::matured).containsExactly(null, null, day, null);
        assertThat(read)
                .extracting(outcome -> outcome.scope().assignment())
                .containsOnly(new Assignment("salt", "b", 3));
        byte[] next = OutcomeBlock.of(List.of(Outcome.entered(USER, TREATED, ARMS, DecisionRule.STANDARD, "e4")));
        assertThat(OutcomeBlock.outcomes(next).get(0).plannedArms())
                .as("a block needs no other")
                .isEqualTo(ARMS);
    }

    @Test
    void shouldKeepWhatTheBundlesOfAnOfferAreExpectedToCost() {
        Outcome.Scope scope = new Outcome.Scope(TREATED.assignment(), "offer", null, null, 0);
        Outcome.Bought expected = Outcome.Bought.expected(new Amount(0, 600, "GBP"), List.of(450.0, 149.6));
        Outcome offered = new Outcome(
                "", OutcomeKind.OFFERED, USER, scope, "e", 5, List.of("a", "b"), expected, List.of(), null, null);
        byte[] block = OutcomeBlock.of(List.of(offered));
        assertThat(OutcomeBlock.outcomes(block)).extracting(Outcome::bought).containsExactly(expected);
    }

    @Test
    void shouldHoldTheRuleThatComparesAndWhatWasKnownOfShoppers() {
        Covariates known = new Covariates(9_000, 2, 30, 4, 60, 1, 5);
        MaturedMeasure.Value paid = new MaturedMeasure.Value("GBP", 950.5, -20);
        MaturedMeasure.Value ordered = new MaturedMeasure.Value(null, 1, 0);
        MaturedMeasure month = new MaturedMeasure(
                "revenue28d",
                List.of(paid),
                known,
                List.of(new MaturedMeasure.Other("conversion28d", List.of(ordered))));
        DecisionRule rule = new DecisionRule("revenue28d", 20_000);
        DecisionRule otherRule = new DecisionRule("revenue7d", 0);
        List<Outcome> outcomes = List.of(
                Outcome.entered(USER, TREATED, ARMS, rule, "e1"),
                Outcome.matured(USER, TREATED, month, 2_000),
                Outcome.entered(USER, TREATED, ARMS, rule, "e2"),
                Outcome.entered(USER, TREATED, ARMS, otherRule, "e3"),
                Outcome.entered(USER, TREATED, ARMS, null, "e4"));
        byte[] block = OutcomeBlock.of(outcomes);
        int repeated = OutcomeBlock.of(outcomes.subList(0, 3)).length - OutcomeBlock.of(outcomes.subList(0, 2)).length;

        List<Outcome> read = OutcomeBlock.outcomes(block);

        assertThat(read).extracting(Outcome::rule).containsExactly(rule, null, rule, otherRule, null);
        assertThat(read).extracting(Outcome::plannedArms).containsExactly(ARMS, List.of(), ARMS, ARMS, ARMS);
        assertThat(read.get(1).matured()).isEqualTo(month);
        assertThat(repeated)
                .as("bytes of one with the same arms and rule")
                .isLessThan(OutcomeBlock.of(outcomes.subList(0, 4)).length
                        - OutcomeBlock.of(outcomes.subList(0, 3)).length);
    }
}
