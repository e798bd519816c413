package dev.kombo.topology.report;

import dev.kombo.attribution.account.WindowKind;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.serde.ComparisonMapper;
import dev.kombo.topology.common.AccountKeys;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps how the arms of an experiment compared at the end of each day, as a report of the day that contains only
 * comparisons. It is separate from the day's account, which is decoded and encoded for each outcome. Not thread-safe;
 * used by the stream thread that owns the partition.
 */
final class ComparisonHistory {
    private final KeyValueStore<String, ConversionReport> looks;

    ComparisonHistory(KeyValueStore<String, ConversionReport> looks) {
        this.looks = looks;
    }

    /** Returns the key of the day of a total's comparisons: the day of the latest event. */
    static String dayOf(ConversionReport total) {
        return AccountKeys.window(
                total.getExperiment(), WindowKind.DAY, WindowKind.DAY.startOf(total.getLastEventTime()));
    }

    /**
     * Stores the comparisons as the latest of their day.
     *
     * @param total with comparisons
     * @return whether they differ from the comparisons before
     */
    boolean keep(ConversionReport total) {
        String key = dayOf(total);
        ConversionReport before = looks.get(key);
        if (before == null
                ? total.getComparisons().isEmpty()
                : before.getComparisons().equals(total.getComparisons())) {
            return false;
        }
        looks.put(
                key,
                ConversionReport.newBuilder()
                        .setExperiment(total.getExperiment())
                        .setWindow(ReportWindow.DAY)
                        .setWindowStart(WindowKind.DAY.startOf(total.getLastEventTime()))
                        .setLastEventTime(total.getLastEventTime())
                        .setArms(List.of())
                        .setComparisons(total.getComparisons())
                        .build());
        return true;
    }

    /** Returns the report of a day with its latest comparisons; the report of an hour is returned unchanged. */
    ConversionReport complete(String key, ConversionReport report) {
        return report.getWindow() == ReportWindow.DAY ? ComparisonMapper.withLook(report, looks.get(key)) : report;
    }

    void forget(String key) {
        looks.delete(key);
    }
}
