package dev.kombo.webhook;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Offers between reading and delivery: which is next, and what may be committed. Of each shopper the oldest is tried alone,
 * and the next only when that one is done; a partition is committed up to the first offer that is not done, so that what was
 * delivered behind it is delivered again after a crash. Touched by the sender's thread only.
 */
final class Deliveries {
    private final Map<Delivery.Lane, Deque<Delivery>> lanes = new HashMap<>();

    /** Of each partition what was read and cannot be committed so far, in its order. */
    private final Map<TopicPartition, Deque<Delivery>> open = new HashMap<>();

    private final Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();

    /** The first of each lane, unless it is under way. */
    private final Queue<Delivery> waiting;

    private int pending;

    /**
     * @param origin nanoseconds of a clock that never goes back; its times wrap around, so that only differences tell
     */
    Deliveries(long origin) {
        waiting = new PriorityQueue<>(Comparator.comparingLong((Delivery delivery) -> delivery.dueAt() - origin)
                .thenComparingLong(Delivery::offset));
    }

    /** An offer was read, behind those that were read before it. */
    void add(Delivery delivery, long now) {
        pending++;
        delivery.postpone(now);
        open.computeIfAbsent(delivery.partition(), unused -> new ArrayDeque<>()).add(delivery);
        Deque<Delivery> lane = lanes.computeIfAbsent(delivery.lane(), unused -> new ArrayDeque<>());
        lane.add(delivery);
        if (lane.size() == 1) {
            waiting.add(delivery);
        }
    }

    /** Nanoseconds until one can be tried, 0 or less: now; the longest there is where none waits. */
    long untilNext(long now) {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().dueAt() - now;
    }

    /** Takes the one that is to be tried now; there must be one. */
    Delivery take() {
        return waiting.remove();
    }

    /** One that was taken has failed and is to be tried again. */
    void retry(Delivery delivery, long at) {
        if (known(delivery)) {
            delivery.postpone(at);
            waiting.add(delivery);
        }
    }

    /** One that was taken is delivered or dead. */
    void done(Delivery delivery, long now) {
        if (!known(delivery)) {
            return;
        }
        pending--;
        delivery.finish();
        Deque<Delivery> lane = lanes.get(delivery.lane());
        lane.remove();
        if (lane.isEmpty()) {
            lanes.remove(delivery.lane());
        } else {
            lane.peek().postpone(now);
            waiting.add(lane.peek());
        }
        Deque<Delivery> partition = open.get(delivery.partition());
        while (!partition.isEmpty() && partition.peek().done()) {
            committable.put(
                    delivery.partition(),
                    new OffsetAndMetadata(partition.remove().offset() + 1));
        }
    }

    /** A partition may have been taken away meanwhile. */
    private boolean known(Delivery delivery) {
        Deque<Delivery> lane = lanes.get(delivery.lane());
        return lane != null && lane.peek() == delivery;
    }

    /** Forgets partitions that are another's now. */
    void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Deque<Delivery> dropped = open.remove(partition);
            if (dropped != null) {
                pending -= (int)
                        dropped.stream().filter(delivery -> !delivery.done()).count();
            }
        }
        committable.keySet().removeAll(partitions);
        lanes.keySet().removeIf(lane -> partitions.contains(lane.partition()));
        waiting.removeIf(delivery -> partitions.contains(delivery.partition()));
    }

    /** What can be committed and was not asked for before. */
    Map<TopicPartition, OffsetAndMetadata> takeCommittable() {
        Map<TopicPartition, OffsetAndMetadata> taken = Map.copyOf(committable);
        committable.clear();
        return taken;
    }

    /** Offers of a partition from the first that is not done on. */
    int span(TopicPartition partition) {
        Deque<Delivery> offers = open.get(partition);
        return offers == null ? 0 : offers.size();
    }

    /** Offers read and not done. */
    int pending() {
        return pending;
    }

    /** When the broker got the oldest of them, epoch milliseconds; the longest time there is where there is none. */
    long oldest() {
        return open.values().stream()
                .filter(offers -> !offers.isEmpty())
                .mapToLong(offers -> offers.peek().readableSince())
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
