package dev.kombo.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {
    private static final Enrollment ENROLLMENT = new Enrollment("exp", "holdout", 4, 99);

    @Test
    void shouldMakeTheSameIdWhenRetriedAndAnotherForAnythingElse() {
        String id = id("u", "e1", "o1", "b1", OutcomeKind.CLICK);
        assertThat(id).matches("[0-9a-f]{16}").isEqualTo(id("u", "e1", "o1", "b1", OutcomeKind.CLICK));
        Set<String> ids = new HashSet<>();
        for (String event : new String[] {"e1", "e2", "o1"}) {
            for (String offer : new String[] {null, "", "o1", "b1"}) {
                for (String bundle : new String[] {null, "", "o1", "b1"}) {
                    for (OutcomeKind kind : OutcomeKind.values()) {
                        ids.add(id("u", event, offer, bundle, kind));
                        ids.add(id("v", event, offer, bundle, kind));
                    }
                }
            }
        }
        assertThat(ids).hasSize(2 * 3 * 4 * 4 * OutcomeKind.values().length).contains(id);
    }

    private static String id(String user, String event, String offer, String bundle, OutcomeKind kind) {
        Outcome.Scope scope = new Outcome.Scope(new Assignment("exp", "arm", 1), offer, null, bundle, 0);
        return Outcome.idOf(new Shopper(user, null), event, scope, kind);
    }

    @Test
    void shouldKeepItsIdsAcrossReleases() {
        assertThat(id("u", "e1", "o1", "b1", OutcomeKind.CLICK)).isEqualTo("7e6269a6ac19def3");
    }

    @Test
    void shouldCarryTheEnrolmentWhenNoOfferIsMeant() {
        Shopper visitor = new Shopper(null, "visit");
        Outcome entered = Outcome.entered(visitor, ENROLLMENT, List.of(), DecisionRule.STANDARD, "e1");
        assertThat(entered.kind()).isEqualTo(OutcomeKind.ENTERED);
        assertThat(entered.eventTime()).isEqualTo(99);
        assertThat(entered.scope())
                .isEqualTo(new Outcome.Scope(new Assignment("exp", "holdout", 4), null, null, null, 0));
        assertThat(entered.shopper()).isEqualTo(visitor);
        assertThat(entered.experiment()).isEqualTo("exp");
        assertThat(entered.arm()).isEqualTo("holdout");
        Outcome bought = Outcome.purchased(visitor, ENROLLMENT, LedgerFixture.item("a", 2, 300, 10));
        assertThat(bought.bought().amount()).isEqualTo(new Amount(600, 0, "GBP"));
        assertThat(bought.bought().quantity()).isEqualTo(2);
        assertThat(bought.bought().orderId()).isEqualTo("order10");
        Return back = new Return("y", "a", null, "order10", 1, 300, "GBP", 13);
        Outcome refunded = Outcome.refunded(visitor, ENROLLMENT, back);
        assertThat(refunded.kind()).isEqualTo(OutcomeKind.PURCHASED);
        assertThat(refunded.bought().amount()).isEqualTo(new Amount(-300, 0, "GBP"));
    }
}
