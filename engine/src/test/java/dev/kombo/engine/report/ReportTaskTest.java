package dev.kombo.engine.report;

import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.engine.task.MapTable;
import dev.kombo.experiment.uplift.ExperimentUplift;

class ReportTaskTest extends ReportContract {
    @Override
    protected ReportTables tables() {
        return new ReportTables(
                new MapTable<>(ExperimentAccount::copy),
                new MapTable<>(),
                new MapTable<>(ExperimentUplift::copy),
                new MapTable<>(),
                new MapTable<>(),
                new MapTable<>());
    }
}
