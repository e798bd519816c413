package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Entity;
import dev.kombo.topology.task.Partitioning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Simulates how unevenly partitions are loaded when keys are used by Zipf's law, each with two partitions per thread,
 * and holds the table of the page on sizing to it: how much more than the mean the hottest thread has to do.
 */
class PartitionSkewTest {
    private static final int[] THREADS = {2, 6, 24, 120, 480};
    private static final int PARTITIONS_A_THREAD = 2;
    private static final int SHOPPERS = 1_000_000;
    private static final int ITEMS = 100_000;

    @Test
    void shouldFindTheHottestThreadAsThePageOnSizingSays() throws IOException {
        StringBuilder table = new StringBuilder("""
                | Threads | Partitions | shoppers, s = 0.6 | shoppers, s = 1 | items, s = 0.8 | items, s = 1 | share of the hottest item thread, s = 1 |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (int threads : THREADS) {
            double items = hottest(threads, ITEMS, 1, PartitionSkewTest::item);
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %d | %.2f | %.2f | %.2f | %.2f | %.1f %% |%n",
                    threads,
                    threads * PARTITIONS_A_THREAD,
                    hottest(threads, SHOPPERS, 0.6, PartitionSkewTest::shopper),
                    hottest(threads, SHOPPERS, 1, PartitionSkewTest::shopper),
                    hottest(threads, ITEMS, 0.8, PartitionSkewTest::item),
                    items,
                    100 * items / threads));
        }
        System.out.print(table);
        assertThat(Files.readString(Path.of("../topology-docs/sizing.md"))).contains(table);
    }

    @Test
    void shouldLoadAllThreadsAlikeWhenNoKeyIsUsedMoreThanAnother() {
        assertThat(hottest(6, SHOPPERS, 0, PartitionSkewTest::shopper)).isBetween(1.0, 1.01);
    }

    private static String shopper(int rank) {
        return "user-" + rank;
    }

    private static String item(int rank) {
        return Entity.ofItem("item-" + rank);
    }

    /** Load of the hottest thread over the mean of all; partition p belongs to thread p modulo their number. */
    private static double hottest(int threads, int keys, double exponent, IntFunction<String> key) {
        double[] load = new double[threads];
        double sum = 0;
        for (int rank = 1; rank <= keys; rank++) {
            double weight = Math.pow(rank, -exponent);
            load[Partitioning.partitionOf(key.apply(rank), threads * PARTITIONS_A_THREAD) % threads] += weight;
            sum += weight;
        }
        return Arrays.stream(load).max().orElseThrow() * threads / sum;
    }
}
