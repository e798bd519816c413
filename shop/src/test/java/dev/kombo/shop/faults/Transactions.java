package dev.kombo.shop.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What brokers did wrong with transactions: those that hang, and those that ended in both ways. Not thread-safe.
 */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final Set<TransactionState> ENDED =
            EnumSet.of(TransactionState.EMPTY, TransactionState.COMPLETE_ABORT, TransactionState.COMPLETE_COMMIT);

    private final Admin admin;
    /** When the harness ended one in a partition, epoch milliseconds. */
    private final List<Long> abortedAt = new ArrayList<>();

    /** Those that may hang, as they were open when the coordinator had ended them; or they had just begun. */
    private Set<Open> suspectsBefore = Set.of();

    /** A transaction that a partition holds open. */
    private record Open(TopicPartition partition, long producerId, long startOffset) {}

    /** A transaction, as the markers at its end name it: each has an epoch of its own. */
    private record Ended(long producerId, short epoch) {}

    Transactions(Admin admin) {
        this.admin = admin;
    }

    /**
     * What went wrong.
     *
     * @param logs folders of brokers' logs
     * @param since only what showed since then, epoch milliseconds
     */
    Set<String> broken(List<Path> logs, long since) {
        Set<String> broken = new TreeSet<>();
        try {
            broken.addAll(endedBothWays(logs, since));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long partitions = abortedAt.stream().filter(at -> at >= since).count();
        if (partitions > 0) {
            broken.add("forgotten transactions ended in " + partitions + " partitions");
        }
        return broken;
    }

    /**
     * What an operator does with kafka-transactions.sh. Kafka 4.4.0 forgets to end a transaction in partitions that
     * have no leader at that moment, as when the only broker comes back; whoever reads committed records there waits
     * for ever. One is ended where two looks find it: call it again after longer than a transaction may take.
     */
    void abortHanging() throws InterruptedException {
        try {
            List<String> ids = admin.listTransactions().all().get().stream()
                    .map(TransactionListing::transactionalId)
                    .toList();
            Map<Long, TransactionDescription> known = new HashMap<>();
            admin.describeTransactions(ids)
                    .all()
                    .get()
                    .values()
                    .forEach(description -> known.put(description.producerId(), description));
            // Offsets are part of a transaction, too.
            Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            List<TopicPartition> partitions = new ArrayList<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .forEach((topic, about) -> about.partitions()
                            .forEach(one -> partitions.add(new TopicPartition(topic, one.partition()))));
            Set<Open> suspects = new HashSet<>();
            for (Map.Entry<TopicPartition, DescribeProducersResult.PartitionProducerState> partition :
                    admin.describeProducers(partitions).all().get().entrySet()) {
                for (ProducerState state : partition.getValue().activeProducers()) {
                    if (state.currentTransactionStartOffset().isPresent()
                            && isOver(known.get(state.producerId()), state.producerEpoch())) {
                        Open one = new Open(
                                partition.getKey(),
                                state.producerId(),
                                state.currentTransactionStartOffset().getAsLong());
                        suspects.add(one);
                        if (suspectsBefore.contains(one)) {
                            abort(partition.getKey(), state);
                        }
                    }
                }
            }
            suspectsBefore = suspects;
        } catch (ExecutionException e) {
            LOG.info("the broker does not answer: {}", e.getMessage());
        }
    }

    /**
     * Whether the coordinator has ended a transaction, or the producer has begun another one since the coordinator was
     * asked. Each transaction has an epoch of its own. Where a thread was replaced, none follows its latest one.
     */
    private static boolean isOver(@Nullable TransactionDescription known, int epoch) {
        return known != null
                && (known.producerEpoch() > epoch + 1
                        || (known.producerEpoch() >= epoch && ENDED.contains(known.state())));
    }

    private void abort(TopicPartition partition, ProducerState state) throws ExecutionException, InterruptedException {
        admin.abortTransaction(new AbortTransactionSpec(
                        partition,
                        state.producerId(),
                        (short) state.producerEpoch(),
                        state.coordinatorEpoch().orElse(0)))
                .all()
                .get();
        abortedAt.add(System.currentTimeMillis());
    }

    /**
     * Transactions that were committed in some partitions and aborted in others, in which Kafka 4.4.0 ends them where
     * all brokers crash at the same time.
     *
     * @param logs folders of brokers' logs
     * @param since only those with an end since then, epoch milliseconds
     */
    static Set<String> endedBothWays(List<Path> logs, long since) throws IOException {
        Map<Ended, Set<ControlRecordType>> ends = new HashMap<>();
        Set<Ended> late = new HashSet<>();
        for (Path log : logs) {
            for (File segment : segments(log)) {
                try (FileRecords records = FileRecords.open(segment, false)) {
                    for (RecordBatch batch : records.batches()) {
                        if (batch.isControlBatch() && batch.hasProducerId()) {
                            Ended ended = new Ended(batch.producerId(), batch.producerEpoch());
                            ends.computeIfAbsent(ended, none -> EnumSet.noneOf(ControlRecordType.class))
                                    .add(ControlRecordType.parse(
                                            batch.iterator().next().key()));
                            if (batch.maxTimestamp() >= since) {
                                late.add(ended);
                            }
                        }
                    }
                } catch (NoSuchFileException e) {
                    // Compacted meanwhile.
                }
            }
        }
        Set<String> both = new TreeSet<>();
        ends.forEach((ended, how) -> {
            if (how.size() > 1 && late.contains(ended)) {
                both.add("a transaction (producer %d, epoch %d) ended in both ways"
                        .formatted(ended.producerId(), ended.epoch()));
            }
        });
        return both;
    }

    /** Of all partitions of clients; a broker that runs may take some away. */
    private static List<File> segments(Path log) {
        List<File> segments = new ArrayList<>();
        File[] partitions = log.toFile().listFiles(File::isDirectory);
        for (File partition : partitions == null ? new File[0] : partitions) {
            File[] files = partition.getName().startsWith("__cluster_metadata")
                    ? null
                    : partition.listFiles(file -> file.getName().endsWith(".log"));
            segments.addAll(files == null ? List.of() : List.of(files));
        }
        return segments;
    }
}
