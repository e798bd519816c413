package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreSizesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldAddUpTheFilesOfAStoreOverAllTasks() throws IOException {
        write("0_0/rocksdb/user-profile/000012.sst", 100);
        write("0_1/rocksdb/user-profile/000007.sst", 20);
        write("0_1/rocksdb/user-profile/old/LOG", 3);
        write("0_1/rocksdb/user-history/000009.log", 5);
        write("global/rocksdb/item-model/000001.sst", 7);
        write("0_0/.checkpoint", 11);
        write("kafka-streams-process-metadata", 13);
        assertThat(StoreSizes.of(folder))
                .containsExactly(size("item-model", 7), size("user-history", 5), size("user-profile", 123));
    }

    @Test
    void shouldHaveNoneBeforeTheFirstStart() {
        assertThat(StoreSizes.of(folder.resolve("absent"))).isEmpty();
    }

    private static Figure size(String store, double bytes) {
        return new Figure(KomboMetric.STORE_SIZE, List.of(store), bytes);
    }

    private void write(String file, int bytes) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[bytes]);
    }
}
