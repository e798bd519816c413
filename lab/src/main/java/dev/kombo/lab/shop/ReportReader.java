package dev.kombo.lab.shop;

import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the service's reports from the start of their compacted topic and keeps the latest total of each experiment.
 * Used by one thread at a time; it reads when it is polled.
 */
public final class ReportReader implements AutoCloseable {
    private final Consumer<String, ConversionReport> consumer;
    private final Map<String, ConversionReport> totalsByKey = new HashMap<>();

    /**
     * @param consumer set to read committed records, without a group; closed with the reader
     * @param topic the topic of conversion reports
     * @throws ShopException where the topic does not exist
     */
    public ReportReader(Consumer<String, ConversionReport> consumer, String topic) {
        this.consumer = consumer;
        List<TopicPartition> partitions = Partitions.existing(consumer, topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has arrived; waits for the first record at most as long as it is told. */
    public void poll(Duration atMost) {
        for (ConsumerRecord<String, ConversionReport> record : consumer.poll(atMost)) {
            ConversionReport report = record.value();
            if (report == null) {
                totalsByKey.remove(record.key());
            } else if (report.getWindow() == ReportWindow.TOTAL) {
                totalsByKey.put(record.key(), report);
            }
        }
    }

    /** The latest total of each experiment; empty before the first report. */
    public Collection<ConversionReport> totals() {
        return List.copyOf(totalsByKey.values());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
