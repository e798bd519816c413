package dev.kombo.service;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Asks the brokers for the offsets and members of the service's group, with clients of its own. It joins no group. */
final class BrokerOffsets implements GroupLag.Offsets {
    private static final int LONGEST_CALL_MILLIS = 10_000;
    private static final int LONGEST_REQUEST_MILLIS = 5_000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_POLLS = 4;

    private final String group;
    private final Predicate<String> isOwn;
    private final Admin admin;
    private final Consumer<byte[], byte[]> consumer;

    /**
     * @param isOwn whether a member of the group belongs to this instance, by its client id
     */
    BrokerOffsets(KomboConfig config, Predicate<String> isOwn) {
        this.isOwn = isOwn;
        group = config.get(ServiceSettings.APPLICATION_ID);
        Map<String, Object> ofAdmin = ClientSettings.admin(config, LONGEST_CALL_MILLIS);
        ofAdmin.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_REQUEST_MILLIS);
        admin = Admin.create(ofAdmin);
        consumer = new KafkaConsumer<>(consuming(config), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> consuming(KomboConfig config) {
        Map<String, Object> settings = ClientSettings.consumer(config);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // One record is enough to know.
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        return settings;
    }

    @Override
    public Set<TopicPartition> ofOtherInstances() throws ExecutionException, InterruptedException, TimeoutException {
        return get(admin.describeConsumerGroups(List.of(group)).all()).get(group).members().stream()
                .filter(member -> !isOwn.test(member.clientId()))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(
                                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                        .partitionsToOffsetAndMetadata(group))
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        List<TopicPartition> without = partitions.stream()
                .filter(partition -> !committed.containsKey(partition))
                .toList();
        committed.putAll(offsets(without, OffsetSpec.earliest()));
        return committed;
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        return offsets(partitions, OffsetSpec.latest());
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(asked).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LONGEST_CALL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Set<TopicPartition> withoutRecords(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> without = new HashSet<>();
        Set<TopicPartition> unknown = new HashSet<>(ends.keySet());
        try {
            consumer.assign(ends.keySet());
            from.forEach(consumer::seek);
            // Where an open transaction or a slow broker leaves it unknown, the next look asks again.
            for (int poll = 0; poll < MOST_POLLS && !unknown.isEmpty(); poll++) {
                unknown.removeAll(consumer.poll(POLL).partitions());
                for (TopicPartition partition : Set.copyOf(unknown)) {
                    if (consumer.position(partition, POLL) >= ends.get(partition)) {
                        without.add(partition);
                        unknown.remove(partition);
                    }
                }
            }
            return without;
        } finally {
            consumer.unsubscribe();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
