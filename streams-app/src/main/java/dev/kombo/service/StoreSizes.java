package dev.kombo.service;

import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Metrics.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much disk each store of an instance takes, by its files: {@link SafeMetricsStreams} says why not by RocksDB. */
final class StoreSizes {
    private static final String STORES = "rocksdb";

    /** Parts of {@code TASK/rocksdb/STORE}. */
    private static final int PARTS_TO_STORE = 3;

    private StoreSizes() {}

    /**
     * The bytes of each store, over all tasks.
     *
     * @param folder in which Kafka Streams keeps {@code TASK/rocksdb/STORE/…} of one application
     */
    static List<Figure> of(Path folder) {
        Map<String, Long> bytes = new TreeMap<>();
        walk(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path path = folder.relativize(file);
                if (path.getNameCount() > PARTS_TO_STORE
                        && path.getName(1).toString().equals(STORES)) {
                    bytes.merge(path.getName(2).toString(), attributes.size(), Long::sum);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Stores come and go, and so do their files. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException exception) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException exception) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.entrySet().stream()
                .map(store -> new Figure(KomboMetric.STORE_SIZE, List.of(store.getKey()), store.getValue()))
                .toList();
    }

    private static void walk(Path folder, FileVisitor<Path> visitor) {
        try {
            Files.walkFileTree(folder, visitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
