package dev.kombo.engine.report;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.task.Table;
import dev.kombo.experiment.uplift.ExperimentUplift;

/**
 * The tables of the report task. Those of accounts and observations return copies: the task changes what it has read,
 * and puts it later or not at all.
 */
public interface ReportTables {
    /** Accounts of experiments, by experiment and window: {@link ReportKeys#window}. */
    Table<String, ExperimentAccount> windows();

    /** Accounts of bundles, by experiment, arm and bundle: {@link ReportKeys#bundle}. */
    Table<String, BundleAccount> bundles();

    /** Observations of an experiment's shoppers, by experiment. */
    Table<String, ExperimentUplift> uplifts();

    /** How the arms compared at the end of each day, by experiment and day: {@link ReportKeys#day}. */
    Table<String, DayComparisons> comparisons();

    /** What the discount budgets of an experiment have spent, by experiment. */
    Table<String, byte[]> budgets();

    /** Outcomes that are not yet in the accounts, in blocks that are numbered from 0. */
    Table<String, byte[]> pending();
}
