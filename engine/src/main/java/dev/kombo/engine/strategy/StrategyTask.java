package dev.kombo.engine.strategy;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Table;
import dev.kombo.engine.task.Task;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.ShareMove.MoveKind;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.metric.LogLimit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which of the strategies that an operator publishes is active: by which arms and rules offers are made. They
 * are validated in the order in which they are published: a valid successor of the active one becomes active, any other
 * is rejected with all reasons. Removing the active strategy makes the standard strategy active.
 *
 * <p>A move of shares, or what a guardrail asks for, becomes the next version of the active strategy, which is
 * validated like any other. A move has the version after the one that it is based on: a strategy published in between
 * has that version or a higher one, or another experiment, and the move is dropped. So a move never replaces what an
 * operator published.
 */
public final class StrategyTask implements Task<StrategyInput> {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyTask.class);

    /** The key of the only row. */
    public static final String ACTIVE = "active";

    private final Table<String, StrategyState> table;
    private final Outputs<StrategyOutput> outputs;
    private final Supplier<StrategyPlan> standard;
    private final CatalogIndex catalog;
    private final Counters counters;
    private final LogLimit limit = new LogLimit(LOG, "strategies");

    /**
     * @param table has one row
     * @param standard returns the strategy that is active until one is published
     * @param catalog says which measures the shop can take
     */
    public StrategyTask(
            Table<String, StrategyState> table,
            Outputs<StrategyOutput> outputs,
            Supplier<StrategyPlan> standard,
            CatalogIndex catalog,
            Counters counters) {
        this.table = table;
        this.outputs = outputs;
        this.standard = standard;
        this.catalog = catalog;
        this.counters = counters;
    }

    @Override
    public void accept(StrategyInput input, long systemTime) {
        StrategyState state = table.get(ACTIVE);
        if (input instanceof StrategyInput.Moved moved) {
            move(moved, state);
        } else if (input instanceof StrategyInput.Published published) {
            StrategyPlan plan = published.plan();
            if (plan == null) {
                remove(published, state, systemTime);
            } else {
                publish(published, plan, state, systemTime);
            }
        }
    }

    private StrategyPlan active(@Nullable StrategyState state) {
        return state == null ? standard.get() : state.active();
    }

    private void publish(
            StrategyInput.Published published, StrategyPlan plan, @Nullable StrategyState state, long systemTime) {
        StrategyPlan active = active(state);
        // The active strategy may be published again, and is announced again in case its topic lost it.
        List<String> problems = plan.equals(active) ? List.of() : problems(plan, state);
        if (problems.isEmpty()) {
            activate(plan, published.time(), next(published.key(), plan, state));
        } else {
            if (limit.mayLog(systemTime)) {
                LOG.error(
                        "Strategy {} is rejected, {} of {} stays active: {}",
                        plan.version(),
                        active.version(),
                        active.salt(),
                        problems);
            }
            reject(published.key(), published.text(), problems, published.time());
        }
    }

    /** Removing any key but the active strategy's is allowed: no information is lost by it. */
    private void remove(StrategyInput.Published removed, @Nullable StrategyState state, long systemTime) {
        if (state == null || removed.key() == null || !removed.key().equals(state.key())) {
            if (limit.mayLog(systemTime)) {
                LOG.warn("Strategy {} is removed; it was not active", removed.key());
            }
            return;
        }
        StrategyPlan plan = standard.get();
        activate(plan, removed.time(), next(null, plan, state));
    }

    private void move(StrategyInput.Moved moved, @Nullable StrategyState state) {
        ShareMove move = moved.move();
        StrategyPlan active = active(state);
        if (!active.salt().equals(moved.experiment())
                || (move.kind() == MoveKind.ALLOCATION && active.options().allocation() == null)
                || active.version() >= move.version()) {
            LOG.info(
                    "{} of {} is dropped: the strategy before version {} is not active",
                    move.kind(),
                    moved.experiment(),
                    move.version());
            return;
        }
        StrategyPlan previous = state == null ? null : state.previous();
        StrategyPlan back = move.kind() == MoveKind.ROLL_BACK ? previous : null;
        StrategyPlan plan = back == null ? move.applyTo(active) : move.backTo(back, active);
        String key = state == null ? null : state.key();
        LOG.info(
                "{} of {} with version {}: {} {}",
                move.kind(),
                moved.experiment(),
                move.version(),
                move.reason(),
                move.arms());
        List<String> problems = problems(plan, state);
        if (!problems.isEmpty()) {
            LOG.error("{} of {} is rejected: {}", move.kind(), moved.experiment(), problems);
            reject(key, plan.toString(), problems, moved.time());
            return;
        }
        if (move.kind() == MoveKind.ALLOCATION || move.kind() == MoveKind.RAMP) {
            counters.count(KomboMetric.SHARES_MOVED);
        }
        // A guardrail goes back to what an operator published, not to shares before a move.
        activate(plan, moved.time(), next(key, plan, state).goingBackTo(back == null ? previous : null));
    }

    private List<String> problems(StrategyPlan plan, @Nullable StrategyState state) {
        StrategyPlan active = active(state);
        List<String> problems =
                plan.problemsAfter(active, state == null ? Set.of() : Set.copyOf(state.usedExperiments()));
        problems.addAll(plan.unmeasurable(active, catalog.costsKnown(), catalog.returnsKnown()));
        return problems;
    }

    private StrategyState next(@Nullable String key, StrategyPlan plan, @Nullable StrategyState state) {
        StrategyPlan active = active(state);
        Set<String> used = new TreeSet<>(state == null ? List.of() : state.usedExperiments());
        used.add(active.salt());
        used.remove(plan.salt());
        StrategyPlan before = state != null && active.salt().equals(plan.salt()) ? active : null;
        return new StrategyState(key, plan, List.copyOf(used), before);
    }

    private void activate(StrategyPlan plan, long time, StrategyState next) {
        outputs.emit(new StrategyOutput.Activated(plan, time));
        table.put(ACTIVE, next);
        LOG.info("Strategy {} of {} is active: {}", plan.version(), plan.salt(), plan);
    }

    private void reject(@Nullable String key, String text, List<String> problems, long time) {
        outputs.emit(new StrategyOutput.Rejected(key, text, problems, time));
        counters.count(KomboMetric.STRATEGY_REFUSED);
    }
}
