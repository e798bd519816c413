package dev.kombo.engine.report;

import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.task.Table;

/**
 * Keeps how the arms of an experiment compared at the end of each day. Not thread-safe; used by the thread that owns
 * the task.
 */
final class ComparisonHistory {
    private final Table<String, DayComparisons> table;

    ComparisonHistory(Table<String, DayComparisons> table) {
        this.table = table;
    }

    /** Returns the key of the day of a total's comparisons: the day of the latest event. */
    static String dayOf(ExperimentAccount total) {
        return ReportKeys.day(total.experiment(), total.lastEventTime());
    }

    /**
     * Stores the comparisons of a total as the latest of their day.
     *
     * @return whether they differ from the comparisons before
     */
    boolean keep(Report total) {
        ExperimentAccount account = total.account();
        String key = dayOf(account);
        DayComparisons before = table.get(key);
        if (before == null
                ? total.comparisons().isEmpty()
                : before.comparisons().equals(total.comparisons())) {
            return false;
        }
        table.put(
                key,
                new DayComparisons(
                        account.experiment(),
                        WindowKind.DAY.startOf(account.lastEventTime()),
                        account.lastEventTime(),
                        total.comparisons()));
        return true;
    }

    /** Returns the report of a day with its latest comparisons, or that of an hour. */
    Report report(String key, ExperimentAccount account) {
        return account.window() == WindowKind.DAY ? Report.ofDay(account, table.get(key)) : Report.of(account);
    }

    void forget(String key) {
        table.delete(key);
    }
}
