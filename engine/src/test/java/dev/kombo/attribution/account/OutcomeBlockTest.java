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
    private static final Enrollment LATER = new Enrollment("salt", "b", 3, 1_500);
    private static final List<Arm> ARMS =
            List.of(new Arm("a", Arm.Kind.HOLDOUT, 0.25), new Arm("b", Arm.Kind.TREATMENT, 0.75));

    @Test
    void shouldHoldWhatArmsAreComparedBy() {
        OutcomeBlock blocks = new OutcomeBlock();
        MaturedMeasure day =
                new MaturedMeasure("revenue1d", List.of(new MaturedMeasure.Value("GBP", 950.5, -20)), null, List.of());
        byte[] block = {};
        block = blocks.added(block, Outcome.entered(USER, TREATED, ARMS, DecisionRule.STANDARD, "e1"));
        block = blocks.added(block, Outcome.entered(USER, TREATED, List.of(), DecisionRule.STANDARD, "e2"));
        block = blocks.added(block, Outcome.matured(USER, TREATED, day, 2_000));
        block = blocks.added(block, Outcome.entered(USER, TREATED, ARMS, DecisionRule.STANDARD, "e3"));

        List<Outcome> read = OutcomeBlock.outcomes(block);

        assertThat(read).extracting(Outcome::plannedArms).containsExactly(ARMS, List.of(), List.of(), ARMS);
        assertThat(read).extracting(Outcome::matured).containsExactly(null, null, day, null);
        assertThat(read)
                .extracting(outcome -> outcome.scope().assignment())
                .containsOnly(new Assignment("salt", "b", 3));
        byte[] next = blocks.added(new byte[0], Outcome.entered(USER, TREATED, ARMS, DecisionRule.STANDARD, "e4"));
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
        byte[] block = new OutcomeBlock().added(new byte[0], offered);
        byte[] details = new OutcomeDetails().added(new byte[0], 0, offered);
        assertThat(OutcomeDetails.has(offered)).isTrue();
        assertThat(OutcomeDetails.joined(OutcomeBlock.outcomes(block), details))
                .extracting(Outcome::bought)
                .containsExactly(expected);
        assertThat(OutcomeBlock.outcomes(block).get(0).bought().amount()).isEqualTo(expected.amount());
    }

    @Test
    void shouldKeepApartWhatAnEarlierVersionDoesNotRead() {
        Covariates known = new Covariates(9_000, 2, 30, 4, 60, 1, 5);
        MaturedMeasure.Value paid = new MaturedMeasure.Value("GBP", 950.5, -20);
        DecisionRule rule = new DecisionRule("revenue28d", 20_000);
        Outcome entered = Outcome.entered(USER, TREATED, ARMS, rule, "e1");
        Outcome matured =
                Outcome.matured(USER, TREATED, new MaturedMeasure("revenue1d", List.of(paid), known, List.of()), 2_000);
        OutcomeBlock blocks = new OutcomeBlock();
        OutcomeDetails details = new OutcomeDetails();

        byte[] block = blocks.added(blocks.added(new byte[0], entered), matured);
        byte[] more = details.added(details.added(new byte[0], 0, entered), 1, matured);

        assertThat(block)
                .as("bytes as without details")
                .isEqualTo(blocks.added(
                        blocks.added(new byte[0], entered.with(null, null, List.of())),
                        matured.with(null, new MaturedMeasure("revenue1d", List.of(paid)), List.of())));
        List<Outcome> read = OutcomeDetails.joined(OutcomeBlock.outcomes(block), more);
        assertThat(read.get(0).rule()).isEqualTo(rule);
        assertThat(read.get(1).matured()).isEqualTo(matured.matured());

        byte[] another = blocks.added(new byte[0], Outcome.entered(USER, LATER, ARMS, null, "e1"));
        assertThat(OutcomeDetails.joined(OutcomeBlock.outcomes(another), more))
                .as("details of another block say nothing")
                .isEqualTo(OutcomeBlock.outcomes(another));
    }
}
