package dev.kombo.lab.simulation;

import dev.kombo.console.CommandException;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Reads the service's reports and keeps the latest total of each experiment. Not thread-safe. */
public final class ReportReader implements AutoCloseable {
    private final TopicTail<ConversionReport> reports;
    private final Map<String, ConversionReport> totals = new TreeMap<>();

    /**
     * @throws CommandException if the topic does not exist
     */
    public ReportReader(LabClients clients) {
        this.reports = TopicTail.fromTheBeginning(
                clients, ConversionReport.class, clients.topics().conversionReport());
    }

    /** Returns the latest total of each experiment; empty before the first report. */
    public Collection<ConversionReport> totals() {
        for (ConversionReport report : reports.readToEnd()) {
            // Expired windows are deleted; totals stay.
            if (report != null && report.getWindow() == ReportWindow.TOTAL) {
                totals.put(report.getExperiment(), report);
            }
        }
        return Collections.unmodifiableCollection(totals.values());
    }

    @Override
    public void close() {
        reports.close();
    }
}
