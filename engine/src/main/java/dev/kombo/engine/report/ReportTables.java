package dev.kombo.engine.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.uplift.ExperimentUplift;

/**
 * The tables of the report task. Those of accounts and observations return copies: the task changes what it has read,
 * and puts it later or not at all.
 *
 * @param windows accounts of experiments, by experiment and window: {@link ReportKeys#window}
 * @param bundles accounts of bundles, by experiment, arm and bundle: {@link ReportKeys#bundle}
 * @param uplifts observations of an experiment's shoppers, by experiment
 * @param comparisons how the arms compared at the end of each day, by experiment and day: {@link ReportKeys#day}
 * @param budgets what the discount budgets of an experiment have spent, by experiment
 * @param pending outcomes that are not yet in the accounts, in blocks that are numbered from 0
 */
public record ReportTables(
        Table<String, ExperimentAccount> windows,
        Table<String, BundleAccount> bundles,
        Table<String, ExperimentUplift> uplifts,
        Table<String, DayComparisons> comparisons,
        Table<String, byte[]> budgets,
        Table<String, byte[]> pending) {}
