package dev.kombo.engine.report;

import dev.kombo.attribution.account.AccountRetention;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes the accounts of reporting windows that are past their retention; with the total account of an experiment,
 * everything that is kept of the experiment is deleted. Not thread-safe; used by the thread that owns the task.
 */
final class ReportPurge {
    /** What is needed of an account to decide whether it is kept. */
    private record Window(String experiment, WindowKind kind, long start, long lastEventTime) {
        static Window of(ExperimentAccount account) {
            return new Window(account.experiment(), account.window(), account.windowStart(), account.lastEventTime());
        }

        String key() {
            return ReportKeys.window(experiment, kind, start);
        }

        boolean expired(AccountRetention retention, long now) {
            return retention.purges(kind, kind == WindowKind.TOTAL ? lastEventTime : start, now);
        }
    }

    private final ReportTables tables;
    private final ReportAccounts accounts;
    private final BudgetAccounts budgets;
    private final ComparisonHistory history;
    private final AccountRetention retention;
    private final Outputs<ReportOutput> outputs;
    private final Isolation isolation;

    /**
     * @param isolation keeps a row that cannot be read from holding up the others
     */
    ReportPurge(
            ReportTables tables,
            ReportAccounts accounts,
            BudgetAccounts budgets,
            ComparisonHistory history,
            AccountRetention retention,
            Outputs<ReportOutput> outputs,
            Isolation isolation) {
        this.tables = tables;
        this.accounts = accounts;
        this.budgets = budgets;
        this.history = history;
        this.retention = retention;
        this.outputs = outputs;
        this.isolation = isolation;
    }

    /**
     * Deletes what is past its retention at the time of the latest event. What cannot be read stays.
     *
     * @param time of what was received last, epoch milliseconds
     */
    void run(long time, long systemTime) {
        List<Window> windows = new ArrayList<>();
        tables.windows()
                .range(
                        null,
                        null,
                        Integer.MAX_VALUE,
                        (key, account) -> isolation.attempt(
                                ReportKeys.experiment(key), systemTime, () -> windows.add(Window.of(account.get()))));
        long latest = 0;
        for (Window window : windows) {
            latest = Math.max(latest, window.lastEventTime());
        }
        for (Window window : windows) {
            if (window.expired(retention, latest)) {
                delete(window, latest, time);
            }
        }
        forgetUnreported(systemTime);
    }

    private void delete(Window window, long latest, long time) {
        String key = window.key();
        outputs.emit(new ReportOutput.Expired(key, latest));
        tables.windows().delete(key);
        if (window.kind() == WindowKind.DAY) {
            history.forget(key);
        } else if (window.kind() == WindowKind.TOTAL) {
            accounts.forget(window.experiment());
            if (budgets.forget(window.experiment())) {
                outputs.emit(new ReportOutput.BudgetsEnded(window.experiment(), time));
            }
        }
    }

    /**
     * Deletes observations of experiments whose total is gone, such as those of shoppers visited late: they are never
     * published.
     */
    private void forgetUnreported(long systemTime) {
        List<String> observed = new ArrayList<>();
        tables.uplifts().range(null, null, Integer.MAX_VALUE, (experiment, uplift) -> observed.add(experiment));
        for (String experiment : observed) {
            isolation.attempt(experiment, systemTime, () -> {
                if (tables.windows().get(ReportKeys.total(experiment)) == null) {
                    tables.uplifts().delete(experiment);
                }
            });
        }
    }
}
