package dev.kombo.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsedSaltsTest {
    private static final String STANDARD = StrategyPlan.standard().salt();

    @Test
    void shouldUseUpASaltWhenAnotherComesIntoForce() {
        UsedSalts first = UsedSalts.none().inForce("a");
        assertThat(first.usedUp("a")).isFalse();
        assertThat(first.usedUp(STANDARD)).isTrue();
        assertThat(first.inForce("a")).as("a new version of it").isSameAs(first);

        UsedSalts second = first.inForce("b");
        assertThat(second.usedUp("a")).isTrue();
        assertThat(second.usedUp("b")).isFalse();
        assertThat(second.usedUp("never seen")).isFalse();
        assertThat(second.number("b")).isEqualTo(2);
    }

    @Test
    void shouldUseUpASaltWhenTheStrategyIsRemoved() {
        UsedSalts removed = UsedSalts.none().inForce("a").inForce(STANDARD);
        assertThat(removed.usedUp("a")).isTrue();
        assertThat(removed.usedUp(STANDARD)).isFalse();
        assertThat(removed.number(STANDARD)).isEqualTo(2);
    }

    @Test
    void shouldBeTheSameInWhateverOrderItIsLearned() {
        UsedSalts forth = UsedSalts.none().with("a", 1).with("b", 2).with(STANDARD, 3);
        UsedSalts back = UsedSalts.none()
                .with(STANDARD, 3)
                .with("b", 2)
                .with("a", 1)
                .with("b", 2)
                .with(STANDARD, 0);
        assertThat(back).isEqualTo(forth);
        assertThat(back.numbers()).isEqualTo(Map.of("a", 1L, "b", 2L, STANDARD, 3L));
    }

    @Test
    void shouldRefuseAPlanWhoseSaltIsUsedUp() {
        StrategyPlan running = plan(2, "b");
        UsedSalts used = UsedSalts.none().inForce("a").inForce("b");
        assertThat(plan(3, "a").problemsAfter(running, used))
                .containsExactly("salt a is used up: its experiment was followed by another");
        assertThat(plan(3, "b").problemsAfter(running, used)).isEmpty();
        assertThat(plan(3, "c").problemsAfter(running, used)).isEmpty();
        assertThat(plan(3, STANDARD).problemsAfter(running, used)).hasSize(1);
        assertThat(plan(3, null).problemsAfter(running, used)).containsExactly("salt is blank");
    }

    private static StrategyPlan plan(long version, String salt) {
        return new StrategyPlan(
                version, salt, List.of(new Arm("t", ArmKind.TREATMENT, 1, 0)), Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
