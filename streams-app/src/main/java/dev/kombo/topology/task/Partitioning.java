package dev.kombo.topology.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/** Computes which partition, and so which task, owns a key. */
public final class Partitioning {
    private Partitioning() {}

    /**
     * Returns the partition that the Java client assigns to a key.
     *
     * @param key as in records: the plain id of a shopper or an experiment
     */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** Returns a key of each partition. */
    public static List<String> keyOfEach(int partitions) {
        List<String> keys = new ArrayList<>(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            int key = 0;
            while (partitionOf(Integer.toString(key), partitions) != partition) {
                key++;
            }
            keys.add(Integer.toString(key));
        }
        return keys;
    }
}
