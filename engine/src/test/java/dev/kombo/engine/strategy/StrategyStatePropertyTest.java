package dev.kombo.engine.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.RandomValues;
import dev.kombo.codec.Stored;
import dev.kombo.experiment.StrategyPlan;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StrategyStatePropertyTest {
    /** Strategies of which only version and experiment matter. */
    private static final Fields.Shape<StrategyPlan> PLANS = (plan, f) -> new StrategyPlan(
            f.number(plan.version()), f.text(plan.salt()), plan.arms(), plan.startsAt(), plan.endsAt());

    @Property(tries = 500, seed = "46")
    void shouldReadAStateAsItWasWritten(@ForAll long seed) {
        RandomValues values = new RandomValues(seed);
        StrategyState state = new StrategyState(
                values.flag() ? null : values.text(),
                plan(values),
                values.list(values::text),
                values.flag() ? null : plan(values));
        byte[] stored = Stored.bytes(f -> state.fields(f, PLANS));
        StrategyState read = StrategyState.BLANK.fields(new FlatReader(stored), PLANS);
        assertThat(read).isEqualTo(state);
        assertThat(Stored.bytes(f -> read.fields(f, PLANS))).isEqualTo(stored);
    }

    private static StrategyPlan plan(RandomValues values) {
        StrategyPlan standard = StrategyPlan.standard();
        return new StrategyPlan(
                values.number(), values.text(), standard.arms(), standard.startsAt(), standard.endsAt());
    }
}
