package dev.kombo.config;

import dev.kombo.settings.Millis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The topics of one installation: their full names, and how they should exist on the broker.
 *
 * @param prefix put before each name, may be empty
 * @param partitions number of partitions of topics keyed by shopper or item
 * @param leastReplicas replicas that must have a record; empty: the broker's default
 */
public record Topics(String prefix, int partitions, Optional<String> leastReplicas) {
    /** Retention of events. */
    public static final long EVENTS_KEPT_MILLIS = 30 * Millis.DAY;

    /** Largest record batch that inputs accept: the broker's default. */
    static final String LARGEST_INPUT = "1048588";

    /**
     * Largest record of all other topics, changelogs included. It leaves room for what an input becomes: the JSON of a
     * rejected event may take six bytes for one, and a dead letter adds the stack trace.
     */
    public static final int LARGEST_OUTPUT = 8 << 20;

    /**
     * Names of the settings that bound how much of a compacted topic is read at a start; an operator may lower them.
     */
    static final Set<String> COMPACTION_BOUNDS = Set.of(
            TopicConfig.SEGMENT_BYTES_CONFIG,
            TopicConfig.SEGMENT_MS_CONFIG,
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.DELETE_RETENTION_MS_CONFIG);

    /**
     * A topic as it should exist on the broker.
     *
     * @param name full name, prefix included
     * @param keys meaning of its record keys
     * @param record name of its Avro record
     * @param partitions number of partitions
     * @param settings topic settings
     * @param doc its purpose
     */
    public record Spec(
            String name, String keys, String record, int partitions, Map<String, String> settings, String doc) {}

    /** Topics whose replicas are those of the broker's default. */
    public Topics(String prefix, int partitions) {
        this(prefix, partitions, Optional.empty());
    }

    public static Topics of(KomboConfig config) {
        return new Topics(
                config.get(ServiceSettings.TOPIC_PREFIX),
                config.get(ServiceSettings.TOPIC_PARTITIONS),
                leastReplicas(config));
    }

    /** Name of the changelog of a store. */
    public static String changelog(KomboConfig config, String store) {
        return config.get(ServiceSettings.APPLICATION_ID) + "-" + store + "-changelog";
    }

    /**
     * Replicas that must have a record before it counts as written, as for changelogs; empty: the broker's default.
     * With three replicas two, so that what is written survives the loss of a broker, and the service the absence of
     * one.
     */
    public static Optional<String> leastReplicas(KomboConfig config) {
        Object given = config.streamsSettings().get(StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG));
        return given != null
                ? Optional.of(given.toString().trim())
                : config.get(ServiceSettings.TOPIC_REPLICATION) > 2 ? Optional.of("2") : Optional.empty();
    }

    /** Whether topics will have as many replicas as a record needs. */
    static boolean writable(KomboConfig config) {
        int replicas = config.get(ServiceSettings.TOPIC_REPLICATION);
        return replicas < 1 || leastReplicas(config).map(Integer::parseInt).orElse(1) <= replicas;
    }

    /** Full name of a topic. */
    public String name(Topic topic) {
        return prefix + topic.label();
    }

    /** Names of the topics that other systems write. */
    public Set<String> inputs() {
        return Topic.INPUTS.stream().map(this::name).collect(Collectors.toSet());
    }

    /** All topics. */
    public List<Spec> all() {
        return Stream.of(Topic.values()).map(topic -> topic.in(this)).toList();
    }
}
