package dev.kombo.engine.report;

class ReportTaskTest extends ReportContract {
    @Override
    protected ReportTables tables() {
        return new MemoryTables();
    }
}
