package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReportReaderTest {
    private static final String TOPIC = "conversion-report";

    private final MockConsumer<String, ConversionReport> consumer = new MockConsumer<>("earliest");
    private long offset;

    private ReportReader reader() {
        consumer.updatePartitions(TOPIC, List.of(new PartitionInfo(TOPIC, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));
        return new ReportReader(consumer, TOPIC);
    }

    private void arrive(String key, ConversionReport report) {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, key, report));
    }

    @Test
    void shouldKeepTheLatestTotalOfEachExperimentWhenReportsArrive() {
        try (ReportReader reader = reader()) {
            assertThat(reader.totals()).isEmpty();
            arrive("a/TOTAL/0", Reports.report("a", ReportWindow.TOTAL, 10, Reports.arm("x", 1, 100, 5)));
            arrive("a/HOUR/0", Reports.report("a", ReportWindow.HOUR, 99, Reports.arm("x", 9, 900, 5)));
            arrive("b/TOTAL/0", Reports.report("b", ReportWindow.TOTAL, 15, Reports.arm("x", 2, 200, 5)));
            arrive("a/TOTAL/0", Reports.report("a", ReportWindow.TOTAL, 20, Reports.arm("x", 3, 300, 5)));
            reader.poll(Duration.ZERO);

            assertThat(reader.totals())
                    .extracting(
                            ConversionReport::getExperiment,
                            report -> report.getArms().get(0).getUsers())
                    .containsExactlyInAnyOrder(tuple("a", 3L), tuple("b", 2L));
        }
    }

    @Test
    void shouldForgetAReportWhenItIsRemoved() {
        try (ReportReader reader = reader()) {
            arrive("a/TOTAL/0", Reports.report("a", ReportWindow.TOTAL, 10));
            arrive("a/TOTAL/0", null);
            reader.poll(Duration.ZERO);

            assertThat(reader.totals()).isEmpty();
        }
    }

    @Test
    void shouldSayWhichTopicIsMissingWhenThereIsNone() {
        assertThatThrownBy(() -> new ReportReader(consumer, TOPIC))
                .isInstanceOf(ShopException.class)
                .hasMessageContaining(TOPIC);
    }
}
