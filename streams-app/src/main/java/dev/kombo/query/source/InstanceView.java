package dev.kombo.query.source;

import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Histogram;
import dev.kombo.ops.Measurements;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.QuerySources.Health;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsException;

/** What an instance does and holds, as JSON. */
public record InstanceView(
        @Described("CREATED, REBALANCING (also while restoring), RUNNING, or a state of shutting down")
        String state,

        @Described("whether it is ready for requests") boolean ready,

        @Described(value = "why it is not ready, and what it waits for; null if it is ready", nullable = true)
        String obstacle,

        @Described(value = "records not yet processed; null while the brokers do not tell", nullable = true)
        Long lag,

        List<Worker> threads,

        @Described("progress of its copies of the stores; empty while the brokers do not report their ends")
        List<Store> stores,

        @Described(value = "its activity since it started; null if the instance does not report it", nullable = true)
        Activity activity) {
    /** A stream thread with its tasks. */
    public record Worker(String name, String state, List<Task> active, List<Task> standby) {}

    /** A task. */
    public record Task(
            @Described("sub-topology and partition") String id, List<String> partitions) {}

    /** Progress of one copy of a store. */
    public record Store(
            String store,
            int partition,
            @Described("changelog offset reached") long position,

            @Described("changelog offset at which the copy is complete")
            long end) {}

    /** What the instance did since it started: sums, so that two readings give rates. */
    public record Activity(
            @Described("clock time of this snapshot, epoch milliseconds")
            long asOf,

            Events events,
            @Described("slates offered") long offers,

            @Described("triggers without an offer, including those of the holdout")
            long emptySlates,

            @Described("time from an event to its offer; buckets in seconds")
            Histogram offerLatency,

            @Described("time to rank a slate, one in 16 is timed; buckets in seconds")
            Histogram ranking) {
        public static Activity of(long asOf, Counters counters, Measurements measured) {
            return new Activity(
                    asOf,
                    new Events(
                            counters.get(KomboMetric.EVENTS, "accepted"),
                            counters.get(KomboMetric.EVENTS, "duplicate"),
                            counters.get(KomboMetric.EVENTS_REJECTED)),
                    counters.get(KomboMetric.OFFERS),
                    counters.get(KomboMetric.OFFERS_EMPTY),
                    measured.offerLatency(),
                    measured.ranking());
        }
    }

    /** Events by result. */
    public record Events(long accepted, long duplicate, long rejected) {}

    public static InstanceView of(KafkaStreams streams, Health health, List<Store> stores, Activity activity) {
        String obstacle = health.obstacle();
        OptionalLong lag = health.lag();
        return new InstanceView(
                health.state(),
                obstacle == null,
                obstacle,
                lag.isPresent() ? Long.valueOf(lag.getAsLong()) : null,
                streams.metadataForLocalThreads().stream()
                        .sorted(Comparator.comparing(ThreadMetadata::threadName))
                        .map(InstanceView::thread)
                        .toList(),
                stores,
                activity);
    }

    private static Worker thread(ThreadMetadata thread) {
        return new Worker(
                thread.threadName(), thread.threadState(), tasks(thread.activeTasks()), tasks(thread.standbyTasks()));
    }

    private static List<Task> tasks(Iterable<TaskMetadata> tasks) {
        List<Task> views = new ArrayList<>();
        for (TaskMetadata task : tasks) {
            List<String> partitions = task.topicPartitions().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            views.add(new Task(task.taskId().toString(), partitions));
        }
        views.sort(Comparator.comparing(Task::id));
        return views;
    }

    /** Asks the brokers for the ends of the changelogs, and waits for the answer. */
    static List<Store> stores(KafkaStreams streams) {
        List<Store> stores = new ArrayList<>();
        Map<String, Map<Integer, LagInfo>> lags;
        try {
            lags = new TreeMap<>(streams.allLocalStorePartitionLags());
        } catch (StreamsException | IllegalStateException e) {
            // Not running, or the broker does not answer: nothing is known.
            return List.of();
        }
        lags.forEach((store, partitions) -> new TreeMap<>(partitions)
                .forEach((partition, lag) ->
                        stores.add(new Store(store, partition, lag.currentOffsetPosition(), lag.endOffsetPosition()))));
        return stores;
    }
}
