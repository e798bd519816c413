package dev.kombo.service;

import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Says why an instance does not do its work although Kafka Streams says that it is RUNNING. Kafka Streams keeps saying
 * so in three cases: a thread was taken for failed, so that its stores are closed until the group assigns partitions
 * again; a task lost its stores and restores them from the start; a thread hangs. Thread-safe.
 *
 * <p>Whether stores are open shows only when they are read, so the instance reads them, once per partition and store,
 * for a key that nobody has. Callers share the answer for a while.
 */
final class Readiness {
    /** The stores that the API reads. All have keys of text. */
    private static final Set<String> READ = Set.of(
            StoreNames.USER_PROFILE,
            StoreNames.USER_HISTORY,
            StoreNames.USER_OFFER,
            StoreNames.EXPERIMENT_ACCOUNT,
            StoreNames.BUNDLE_ACCOUNT,
            StoreNames.UPLIFT_ACCOUNT,
            StoreNames.COMPARISON_HISTORY);

    private static final String NOBODY = "";
    /** Ends the client id of a consumer that restores changelogs; it may have nothing to do for long. */
    private static final String RESTORING = "-restore-consumer";

    private static final String RESTORING_TASKS = "active-restoring-tasks";
    private static final String SINCE_POLL = "last-poll-seconds-ago";

    /**
     * Longest time between two polls of a thread that works. A thread polls several times a second, but a commit holds
     * it while no broker answers, by default for a minute ({@code max.block.ms}).
     */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(75);

    private static final long ANSWER_NANOS = 500_000_000L;

    private final KafkaStreams streams;
    private final String group;
    private final Map<String, Set<String>> stores;
    private final LongSupplier nanoTime;
    private String hindrance = "";
    private long answeredAt;
    private boolean answered;

    /**
     * @param topology as it runs
     * @param group the application id
     * @param nanoTime a monotonic clock
     */
    Readiness(KafkaStreams streams, TopologyDescription topology, String group, LongSupplier nanoTime) {
        this.streams = streams;
        this.group = group;
        this.stores = storesOfTasks(topology);
        this.nanoTime = nanoTime;
    }

    /** Returns the stores that the API reads, by the number of the sub-topology that owns them. */
    private static Map<String, Set<String>> storesOfTasks(TopologyDescription topology) {
        Map<String, Set<String>> stores = new HashMap<>();
        for (TopologyDescription.Subtopology part : topology.subtopologies()) {
            Set<String> read = part.nodes().stream()
                    .filter(TopologyDescription.Processor.class::isInstance)
                    .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
                    .filter(READ::contains)
                    .collect(Collectors.toCollection(TreeSet::new));
            stores.put(Integer.toString(part.id()), read);
        }
        return stores;
    }

    /** Returns what a running instance waits for, in words for an operator; empty: nothing. */
    synchronized String hindrance() {
        long now = nanoTime.getAsLong();
        if (!answered || now - answeredAt >= ANSWER_NANOS) {
            hindrance = find();
            answeredAt = now;
            answered = true;
        }
        return hindrance;
    }

    private String find() {
        Map<String, Set<Integer>> unreadable = unreadable();
        if (!unreadable.isEmpty()) {
            return "the group " + group + " to assign partitions again, which it took from this instance; until then"
                    + " these stores cannot be read here: "
                    + unreadable.entrySet().stream()
                            .map(store -> store.getKey() + " of partition "
                                    + store.getValue().stream()
                                            .map(Object::toString)
                                            .collect(Collectors.joining(", ")))
                            .collect(Collectors.joining("; "));
        }
        Map<MetricName, ? extends Metric> metrics = streams.metrics();
        long restoring = restoring(metrics);
        return restoring > 0 ? restoring + " tasks to restore their stores" : String.join("; ", silent(metrics));
    }

    /** Returns the partitions of stores that this instance was assigned and that cannot be read, by store. */
    private Map<String, Set<Integer>> unreadable() {
        Map<String, Set<Integer>> unreadable = new TreeMap<>();
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                TaskId id = task.taskId();
                for (String store : stores.getOrDefault(Integer.toString(id.subtopology()), Set.of())) {
                    if (!readable(store, id.partition())) {
                        unreadable
                                .computeIfAbsent(store, none -> new TreeSet<>())
                                .add(id.partition());
                    }
                }
            }
        }
        return unreadable;
    }

    private boolean readable(String store, int partition) {
        StoreQueryParameters<ReadOnlyKeyValueStore<String, Object>> active = StoreQueryParameters.fromNameAndType(
                        store, QueryableStoreTypes.<String, Object>keyValueStore())
                .withPartition(partition);
        try {
            streams.store(active).get(NOBODY);
            return true;
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return false;
        }
    }

    /** Tasks that restore although their thread runs: they lost their stores, which are open all the same. */
    static long restoring(Map<MetricName, ? extends Metric> metrics) {
        double restoring = 0;
        for (Map.Entry<MetricName, ? extends Metric> metric : metrics.entrySet()) {
            if (metric.getKey().name().equals(RESTORING_TASKS)
                    && metric.getValue().metricValue() instanceof Double tasks) {
                restoring += tasks;
            }
        }
        return Math.round(restoring);
    }

    /** Names the threads that have not polled for too long, with the time. */
    static List<String> silent(Map<MetricName, ? extends Metric> metrics) {
        List<String> silent = new ArrayList<>();
        metrics.forEach((name, metric) -> {
            String client = name.tags().getOrDefault("client-id", "");
            if (name.name().equals(SINCE_POLL)
                    && !client.endsWith(RESTORING)
                    && metric.metricValue() instanceof Double seconds
                    && seconds > LONGEST_SILENCE.toSeconds()) {
                silent.add("%s, which has not asked for records for %.0f s".formatted(client, seconds));
            }
        });
        silent.sort(null);
        return silent;
    }
}
