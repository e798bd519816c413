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
 * Tracks offers between reading and delivery: which one is next, and what may be committed. Per shopper only the oldest
 * offer is tried, and the next one when it is done. A partition is committed up to the first offer that is not done, so
 * that offers delivered behind it are delivered again after a crash. Not thread-safe; used by the sender's thread.
 */
final class Deliveries {
    private final Map<Delivery.Lane, Deque<Delivery>> lanes = new HashMap<>();

    /** Offers read per partition that cannot be committed yet, in order. */
    private final Map<TopicPartition, Deque<Delivery>> open = new HashMap<>();

    private final Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();

    /** The first offer of each lane, unless its request is in flight. */
    private final Queue<Delivery> waiting;

    private int pending;

    /**
     * @param origin nanoseconds of a monotonic clock; its values wrap around, so only differences are compared
     */
    Deliveries(long origin) {
        waiting = new PriorityQueue<>(Comparator.comparingLong((Delivery delivery) -> delivery.dueAt() - origin)
                .thenComparingLong(Delivery::offset));
    }

    /** Adds an offer that was read, behind the earlier ones. */
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

    /** Nanoseconds until the next attempt, 0 or less: now; {@link Long#MAX_VALUE} if none waits. */
    long untilNext(long now) {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().dueAt() - now;
    }

    /** Takes the offer to be tried now; there must be one. */
    Delivery take() {
        return waiting.remove();
    }

    /** Schedules another attempt for an offer that was taken and failed. */
    void retry(Delivery delivery, long at) {
        if (known(delivery)) {
            delivery.postpone(at);
            waiting.add(delivery);
        }
    }

    /** Marks an offer that was taken as delivered or dead. */
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

    /** Whether its partition is still assigned to this process. */
    private boolean known(Delivery delivery) {
        Deque<Delivery> lane = lanes.get(delivery.lane());
        return lane != null && lane.peek() == delivery;
    }

    /** Forgets partitions that were assigned to another process. */
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

    /** Returns offsets that can be committed and are not known to be. */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        return Map.copyOf(committable);
    }

    /** Marks offsets as committed; a later one of the same partition remains to be committed. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(committable::remove);
    }

    /** Offers of a partition from the first that is not done. */
    int span(TopicPartition partition) {
        Deque<Delivery> offers = open.get(partition);
        return offers == null ? 0 : offers.size();
    }

    /** Offers read and not done. */
    int pending() {
        return pending;
    }

    /** When the broker received the oldest of them, epoch milliseconds; {@link Long#MAX_VALUE} if there is none. */
    long oldest() {
        return open.values().stream()
                .filter(deliveries -> !deliveries.isEmpty())
                .mapToLong(offers -> offers.peek().readableSince())
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
