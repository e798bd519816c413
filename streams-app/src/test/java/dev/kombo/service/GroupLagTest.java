package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupLagTest {
    private static final TopicPartition EVENTS = new TopicPartition("behavior-event", 0);
    private static final TopicPartition UPDATES = new TopicPartition("item-update", 0);

    private final AtomicLong nanoTime = new AtomicLong();
    private final AtomicReference<Set<TopicPartition>> assigned = new AtomicReference<>(Set.of(EVENTS, UPDATES));
    private final GroupLag lag = new GroupLag(assigned::get, Scripted::new, nanoTime::get);
    private final Scripted brokers = new Scripted();

    /** Offsets as a test writes them. */
    private static final class Scripted implements GroupLag.Offsets {
        private final Map<TopicPartition, Long> committed = new HashMap<>();
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private final Set<TopicPartition> markersOnly = new HashSet<>();
        private final Set<TopicPartition> ofOthers = new HashSet<>();
        private int looks;

        @Override
        public Set<TopicPartition> ofOtherInstances() {
            return ofOthers;
        }

        @Override
        public Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
            return committed;
        }

        @Override
        public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> asked = new HashMap<>(ends);
            asked.keySet().retainAll(partitions);
            return asked;
        }

        @Override
        public Set<TopicPartition> withoutRecords(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
            looks++;
            Set<TopicPartition> without = new HashSet<>(markersOnly);
            without.retainAll(from.keySet());
            return without;
        }

        @Override
        public void close() {}
    }

    private long measured() throws Exception {
        lag.measure(brokers);
        return lag.records().orElseThrow();
    }

    @Test
    void shouldCountWhatIsNotCommittedOverAllPartitions() throws Exception {
        brokers.ends.putAll(Map.of(EVENTS, 120L, UPDATES, 40L));
        brokers.committed.put(EVENTS, 100L);
        assertThat(measured()).isEqualTo(60);
        brokers.committed.putAll(Map.of(EVENTS, 120L, UPDATES, 40L));
        assertThat(measured()).isZero();
    }

    /** Whatever stands still for long is not taken for markers by that alone. */
    @Test
    void shouldLeaveOutMarkersOnceTheyAreSeenToBeAllThatIsLeft() throws Exception {
        brokers.ends.putAll(Map.of(EVENTS, 120L, UPDATES, 40L));
        brokers.committed.putAll(Map.of(EVENTS, 118L, UPDATES, 39L));
        brokers.markersOnly.add(UPDATES);
        assertThat(measured()).isEqualTo(3);
        assertThat(brokers.looks).isZero();
        assertThat(measured()).isEqualTo(2);
        assertThat(measured()).isEqualTo(2);
        assertThat(brokers.looks).as("of events again, of updates once").isEqualTo(2);
        brokers.ends.put(UPDATES, 41L);
        assertThat(measured()).as("something new").isEqualTo(4);
    }

    /** A member that the instance was before may still have a part of its partitions. */
    @Test
    void shouldCountWhatItLostUntilAnotherInstanceHasIt() throws Exception {
        brokers.ends.putAll(Map.of(EVENTS, 120L, UPDATES, 40L));
        brokers.committed.put(UPDATES, 40L);
        assertThat(measured()).isEqualTo(120);
        assigned.set(Set.of(UPDATES));
        assertThat(measured()).isEqualTo(120);
        brokers.ofOthers.add(EVENTS);
        assertThat(measured()).isZero();
        brokers.ofOthers.clear();
        assertThat(measured()).as("between two assignments of the group").isZero();
        assigned.set(Set.of(EVENTS, UPDATES));
        assertThat(measured()).isEqualTo(120);
    }

    @Test
    void shouldKnowNothingBeforeTheFirstAssignmentAndOfTimesWithoutAnAnswer() throws Exception {
        assigned.set(null);
        lag.measure(brokers);
        assertThat(lag.records()).isEmpty();
        assigned.set(Set.of());
        lag.measure(brokers);
        assertThat(lag.records()).hasValue(0);
        nanoTime.addAndGet(15_000_000_000L);
        assertThat(lag.records()).hasValue(0);
        nanoTime.addAndGet(1);
        assertThat(lag.records()).isEmpty();
    }
}
