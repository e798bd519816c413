package dev.kombo.lab.command;

import dev.kombo.cli.TopicReader;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Waits until nothing is written to some topics any more: what punctuators publish comes after the last input. */
final class Quiet {
    private static final long LOOK_MILLIS = 200;

    private Quiet() {}

    /**
     * Waits.
     *
     * @param quiet how long nothing may be written
     * @param atMost when to give up; not an error, as a service may have reasons to go on
     * @return whether it became quiet
     */
    static boolean await(Consumer<?, ?> consumer, Collection<String> topics, Duration quiet, Duration atMost)
            throws InterruptedException {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> TopicReader.partitions(consumer, topic).stream())
                .toList();
        long startedAt = System.nanoTime();
        long changedAt = startedAt;
        Map<TopicPartition, Long> before = consumer.endOffsets(partitions);
        while (System.nanoTime() - startedAt < atMost.toNanos()) {
            Thread.sleep(LOOK_MILLIS);
            Map<TopicPartition, Long> now = consumer.endOffsets(partitions);
            if (!now.equals(before)) {
                before = now;
                changedAt = System.nanoTime();
            } else if (System.nanoTime() - changedAt >= quiet.toNanos()) {
                return true;
            }
        }
        return false;
    }
}
