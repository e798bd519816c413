package dev.kombo.engine.report;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.account.ExperimentBudgets;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the accounts of the discount budgets that the active strategy names. Those that changed since the last
 * publication are on the heap, and rebuilt with the other accounts at the start and after a failure. Does nothing where
 * the strategy has no budgets. Not thread-safe; used by the thread that owns the task.
 */
final class BudgetAccounts {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetAccounts.class);

    private final Table<String, byte[]> table;
    private final LiveModels models;
    private final long validityMillis;
    private final Counters counters;
    private final Map<String, ExperimentBudgets> changed = new LinkedHashMap<>();
    private final Map<String, List<BudgetSpending>> unpublished = new LinkedHashMap<>();

    /**
     * @param validityMillis how long offered prices hold
     */
    BudgetAccounts(Table<String, byte[]> table, LiveModels models, long validityMillis, Counters counters) {
        this.table = table;
        this.models = models;
        this.validityMillis = validityMillis;
        this.counters = counters;
    }

    /**
     * Adds an outcome to the budgets of its experiment. A budget that it spends is reported, and to be published at
     * once.
     *
     * @param again whether it was added before a failure or restart
     */
    void add(Outcome outcome, boolean again) {
        StrategyPlan plan = models.strategy().plan();
        String experiment = outcome.experiment();
        if (!limits(plan, experiment)) {
            return;
        }
        ExperimentBudgets budgets = changed.computeIfAbsent(experiment, key -> read(key, plan));
        List<BudgetSpending> spent = budgets.add(outcome, models.budgets());
        if (!spent.isEmpty() && !again) {
            unpublished.put(experiment, budgets.spending());
            for (BudgetSpending one : spent) {
                counters.count(KomboMetric.BUDGETS_SPENT, one.budget().name());
                LOG.warn(
                        "The discount budget of {} in {} is spent: {} of {} {} minor units, {} reserved for open"
                                + " offers",
                        one.budget().name(),
                        plan.salt(),
                        one.spentMinor(),
                        Math.round(one.budget().limitMinor(one.carriedMinor())),
                        one.budget().currency(),
                        one.reservedMinor());
            }
        }
    }

    /** Reads the accounts that an outcome is added to, which may fail; nothing is changed. */
    void check(Outcome outcome) {
        StrategyPlan plan = models.strategy().plan();
        String experiment = outcome.experiment();
        if (limits(plan, experiment) && !changed.containsKey(experiment)) {
            read(experiment, plan);
        }
    }

    private static boolean limits(StrategyPlan plan, String experiment) {
        return !plan.options().budgets().isEmpty()
                && StrategyPlan.named(experiment).equals(plan.salt());
    }

    private ExperimentBudgets read(String experiment, StrategyPlan plan) {
        ExperimentBudgets budgets =
                new ExperimentBudgets(experiment, plan.options().budgets(), validityMillis);
        byte[] stored = table.get(experiment);
        if (stored != null) {
            budgets.fields(new FlatReader(stored));
        }
        return budgets;
    }

    /** Writes the accounts that changed, which are to be published. */
    void write() {
        changed.forEach((experiment, budgets) -> {
            budgets.step();
            FlatWriter out = new FlatWriter();
            budgets.fields(out);
            table.put(experiment, out.toBytes());
            unpublished.put(experiment, budgets.spending());
        });
    }

    /** Forgets what is not written. */
    void forgetChanged() {
        changed.clear();
    }

    /** What is to be published, by experiment; it remains so until {@link #published}. */
    Map<String, List<BudgetSpending>> unpublished() {
        return unpublished;
    }

    /** Publishes nothing more of what was to be published: it is, or what it follows from was not counted. */
    void published() {
        unpublished.clear();
    }

    /** Deletes the accounts of an experiment that has ended; false if there are none. */
    boolean forget(String experiment) {
        boolean known = table.get(experiment) != null;
        table.delete(experiment);
        return known;
    }
}
