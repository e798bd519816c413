package dev.kombo.topology.report;

import dev.kombo.attribution.account.WindowKind;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.serde.ComparisonMapper;
import dev.kombo.topology.common.AccountKeys;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How the arms of an experiment compared at the last look of each day: a report of the day that holds nothing but
 * comparisons. Kept apart from the day's account, which each outcome decodes and encodes. Touched only by the stream
 * thread that owns the partition.
 */
final class ComparisonHistory {
    private final KeyValueStore<String, ConversionReport> looks;

    ComparisonHistory(KeyValueStore<String, ConversionReport> looks) {
        this.looks = looks;
    }

    /** Key of the day that a look at a total belongs to: that of the latest event. */
    static String dayOf(ConversionReport total) {
        return AccountKeys.window(
                total.getExperiment(), WindowKind.DAY, WindowKind.DAY.startOf(total.getLastEventTime()));
    }

    /**
     * Keeps a look as the last of its day.
     *
     * @param total with comparisons
     * @return whether the arms compare in another way than at the look before
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

    /** The report of a day with its last look; that of an hour as it is. */
    ConversionReport complete(String key, ConversionReport report) {
        return report.getWindow() == ReportWindow.DAY ? ComparisonMapper.withLook(report, looks.get(key)) : report;
    }

    /** Deletes a day. */
    void forget(String key) {
        looks.delete(key);
    }
}
