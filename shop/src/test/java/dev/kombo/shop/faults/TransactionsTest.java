package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
    private static final long THEN = 1_000_000;
    private static final long NOW = 2_000_000;

    @TempDir
    Path log;

    private void end(String partition, long time, long producer, int epoch, ControlRecordType how) throws IOException {
        Path folder = Files.createDirectories(log.resolve(partition));
        try (FileRecords segment =
                FileRecords.open(folder.resolve("00000000000000000000.log").toFile())) {
            segment.append(MemoryRecords.withEndTransactionMarker(
                    segment.sizeInBytes(), time, 0, producer, (short) epoch, new EndTransactionMarker(how, 0)));
        }
    }

    @Test
    void shouldNameATransactionThatEndedInBothWays() throws IOException {
        end("offsets-0", NOW, 7, 3, ControlRecordType.ABORT);
        end("outcomes-1", NOW, 7, 3, ControlRecordType.COMMIT);
        // The coordinator tells it again, and the next transaction ends otherwise: nothing is wrong with these.
        end("outcomes-1", NOW, 7, 3, ControlRecordType.COMMIT);
        end("outcomes-1", NOW, 7, 4, ControlRecordType.ABORT);
        end("outcomes-1", NOW, 8, 4, ControlRecordType.COMMIT);

        assertThat(Transactions.endedBothWays(List.of(log), NOW))
                .containsExactly("a transaction (producer 7, epoch 3) ended in both ways");
    }

    @Test
    void shouldNotNameWhatWasSoBefore() throws IOException {
        end("offsets-0", THEN, 7, 3, ControlRecordType.ABORT);
        end("outcomes-1", THEN, 7, 3, ControlRecordType.COMMIT);

        assertThat(Transactions.endedBothWays(List.of(log), NOW)).isEmpty();
        assertThat(Transactions.endedBothWays(List.of(log), THEN)).hasSize(1);
    }
}
