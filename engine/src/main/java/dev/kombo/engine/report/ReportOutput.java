package dev.kombo.engine.report;

import dev.kombo.engine.task.Output;
import dev.kombo.experiment.BudgetSpending;
import dev.kombo.experiment.ShareMove;
import java.util.List;

/** What the report task emits. */
public sealed interface ReportOutput extends Output {
    /** The window or experiment that it is about. */
    String key();

    /**
     * The report of a window as it is now.
     *
     * @param key of the window, see {@link ReportKeys}
     */
    record Published(String key, Report report) implements ReportOutput {
        @Override
        public long time() {
            return report.account().lastEventTime();
        }
    }

    /**
     * A window is past its retention.
     *
     * @param key of the window, see {@link ReportKeys}
     */
    record Expired(String key, long time) implements ReportOutput {}

    /** The observations call for a change of the active strategy. The key is the experiment. */
    record MoveRequested(String experiment, ShareMove move, long time) implements ReportOutput {
        @Override
        public String key() {
            return experiment;
        }
    }

    /** What the discount budgets of an experiment have spent. The key is the experiment. */
    record BudgetsSpent(String experiment, List<BudgetSpending> spending, long time) implements ReportOutput {
        @Override
        public String key() {
            return experiment;
        }
    }

    /** An experiment with discount budgets has ended. The key is the experiment. */
    record BudgetsEnded(String experiment, long time) implements ReportOutput {
        @Override
        public String key() {
            return experiment;
        }
    }
}
