package dev.kombo.topology.common;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which task owns a key. */
public final class Partitioning {
    private Partitioning() {}

    /**
     * The partition that the Java client gives a key.
     *
     * @param key as records travel: the plain id of a shopper, an experiment
     */
    public static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
