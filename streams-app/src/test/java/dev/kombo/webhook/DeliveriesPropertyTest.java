package dev.kombo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Any order of reading, failing, delivering and losing partitions, on a clock that wraps around. */
class DeliveriesPropertyTest {
    private static final int STEPS = 400;

    private final Map<TopicPartition, Long> read = new HashMap<>();
    private final Map<TopicPartition, Set<Long>> done = new HashMap<>();
    private final List<Delivery> taken = new ArrayList<>();

    @Property(tries = 60, seed = "1")
    void shouldKeepOrderByShopperAndCommitOnlyWhatIsDone(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int shoppers) {
        Random random = new Random(seed);
        long now = Long.MAX_VALUE - STEPS / 2;
        Deliveries deliveries = new Deliveries(now);
        read.clear();
        done.clear();
        taken.clear();
        for (int step = 0; step < STEPS; step++, now++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> read(deliveries, random.nextInt(2), "shopper-" + random.nextInt(shoppers), now);
                case 3, 4 -> take(deliveries, now);
                case 5, 6 -> end(deliveries, random, now);
                default -> lose(deliveries, random);
            }
            check(deliveries, random);
        }
        drain(deliveries, random, now);
        assertThat(deliveries.pending()).isZero();
        assertThat(deliveries.oldest()).isEqualTo(Long.MAX_VALUE);
    }

    private void read(Deliveries deliveries, int partition, String shopper, long now) {
        TopicPartition place = new TopicPartition("bundle-offer", partition);
        long offset = read.merge(place, 1L, Long::sum) - 1;
        deliveries.add(
                new Delivery(new ConsumerRecord<>(
                        place.topic(), partition, offset, shopper.getBytes(StandardCharsets.UTF_8), new byte[0])),
                now);
    }

    private void take(Deliveries deliveries, long now) {
        if (deliveries.untilNext(now) <= 0) {
            Delivery delivery = deliveries.take();
            assertThat(taken).noneMatch(other -> other.lane().equals(delivery.lane()));
            assertThat(done.getOrDefault(delivery.partition(), Set.of())).doesNotContain(delivery.offset());
            taken.add(delivery);
        }
    }

    private void end(Deliveries deliveries, Random random, long now) {
        if (taken.isEmpty()) {
            return;
        }
        Delivery delivery = taken.remove(random.nextInt(taken.size()));
        if (random.nextBoolean()) {
            deliveries.retry(delivery, now + random.nextInt(20));
        } else {
            done.computeIfAbsent(delivery.partition(), unused -> new HashSet<>())
                    .add(delivery.offset());
            deliveries.done(delivery, now);
        }
    }

    /** A partition goes to another; what is under way ends later and must change nothing. */
    private void lose(Deliveries deliveries, Random random) {
        if (random.nextInt(10) == 0) {
            TopicPartition lost = new TopicPartition("bundle-offer", random.nextInt(2));
            deliveries.drop(Set.of(lost));
            List<Delivery> late =
                    taken.stream().filter(one -> one.partition().equals(lost)).toList();
            taken.removeAll(late);
            late.forEach(one -> deliveries.done(one, 0));
            late.forEach(one -> deliveries.retry(one, 0));
            // Whoever has it now delivers the rest.
            Set<Long> all = done.computeIfAbsent(lost, unused -> new HashSet<>());
            for (long offset = 0; offset < read.getOrDefault(lost, 0L); offset++) {
                all.add(offset);
            }
        }
    }

    private void check(Deliveries deliveries, Random random) {
        Map<TopicPartition, OffsetAndMetadata> offsets = deliveries.committable();
        offsets.forEach((place, offset) -> {
            assertThat(offset.offset()).isLessThanOrEqualTo(read.get(place));
            for (long before = 0; before < offset.offset(); before++) {
                assertThat(done.get(place)).contains(before);
            }
        });
        if (random.nextBoolean()) {
            deliveries.committed(offsets);
            assertThat(deliveries.committable()).isEmpty();
        } else {
            assertThat(deliveries.committable()).as("after a failed commit").isEqualTo(offsets);
        }
        long open = read.entrySet().stream()
                .mapToLong(entry -> entry.getValue()
                        - done.getOrDefault(entry.getKey(), Set.of()).size())
                .sum();
        assertThat(deliveries.pending()).isEqualTo((int) open);
    }

    private void drain(Deliveries deliveries, Random random, long from) {
        long now = from;
        while (deliveries.pending() > 0) {
            now += 20;
            take(deliveries, now);
            end(deliveries, random, now);
            check(deliveries, random);
        }
    }
}
