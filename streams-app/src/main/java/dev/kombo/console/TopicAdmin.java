package dev.kombo.console;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.TopicState;
import dev.kombo.config.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Utils;

/** Creates, describes and updates the topics of an installation. */
public final class TopicAdmin implements AutoCloseable {
    private static final int LONGEST_CALL_MILLIS = 20_000;
    private static final int LONGEST_REQUEST_MILLIS = 10_000;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
    private static final int POLL_MILLIS = 50;

    private final Admin admin;
    private final String servers;
    private final int replication;

    /**
     * Connects to the brokers of the configuration.
     *
     * @throws CommandException if none is reachable
     */
    public TopicAdmin(KomboConfig config) {
        Brokers.requireReachable(config);
        this.servers = config.get(ServiceSettings.BOOTSTRAP_SERVERS);
        this.replication = config.get(ServiceSettings.TOPIC_REPLICATION);
        Map<String, Object> settings = ClientSettings.admin(config, LONGEST_CALL_MILLIS);
        settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, LONGEST_REQUEST_MILLIS);
        this.admin = Admin.create(settings);
    }

    /**
     * Creates missing topics; leaves the others unchanged.
     *
     * @return names of those created
     * @throws CommandException if the brokers do not answer or refuse
     */
    public Set<String> createMissing(Collection<Topics.Spec> specs) {
        Map<String, TopicState> present = describe(specs);
        List<NewTopic> missing = new ArrayList<>();
        for (Topics.Spec spec : specs) {
            if (!present.containsKey(spec.name())) {
                Optional<Short> replicas = replication > 0 ? Optional.of((short) replication) : Optional.empty();
                missing.add(
                        new NewTopic(spec.name(), Optional.of(spec.partitions()), replicas).configs(spec.settings()));
            }
        }
        Map<String, KafkaFuture<Void>> created = admin.createTopics(missing).values();
        created.values().forEach(this::awaitCreated);
        awaitLeaders(missing);
        return created.keySet();
    }

    /**
     * Lets Kafka compact existing topics as soon as specified; leaves all other settings unchanged.
     *
     * @return names of the changed topics
     * @throws CommandException if the brokers do not answer or refuse
     */
    public Set<String> compactSoon(Collection<Topics.Spec> specs) {
        Map<String, TopicState> present = describe(specs);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        Set<String> changed = new TreeSet<>();
        for (Topics.Spec spec : specs) {
            TopicState state = present.get(spec.name());
            if (state != null && !state.lateCompaction(spec).isEmpty()) {
                List<AlterConfigOp> settings = new ArrayList<>();
                state.lateCompaction(spec)
                        .forEach((name, value) -> settings.add(
                                new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
                changes.put(TopicState.resource(spec.name()), settings);
                changed.add(spec.name());
            }
        }
        try {
            get(admin.incrementalAlterConfigs(changes).all());
        } catch (ExecutionException e) {
            throw failure(e);
        }
        return changed;
    }

    /**
     * Waits until the leader of each new partition answers. A producer that writes earlier may see its first batch
     * rejected and its second accepted; the broker then rejects the first for good as out of sequence.
     */
    private void awaitLeaders(List<NewTopic> topics) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                partitions.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        long giveUpAt =
                System.nanoTime() + Duration.ofMillis(LONGEST_CALL_MILLIS).toNanos();
        while (!answer(partitions, giveUpAt)) {
            Utils.sleep(POLL_MILLIS);
        }
    }

    /** Whether all leaders answer; a broker may not yet know a topic that the controller has created. */
    private boolean answer(Map<TopicPartition, OffsetSpec> partitions, long giveUpAt) {
        try {
            get(admin.listOffsets(partitions).all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException && System.nanoTime() < giveUpAt) {
                return false;
            }
            throw failure(e);
        }
    }

    private void awaitCreated(KafkaFuture<Void> creation) {
        try {
            get(creation);
        } catch (ExecutionException e) {
            // Another instance created it first.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failure(e);
            }
        }
    }

    /**
     * Returns the existing topics by name.
     *
     * @throws CommandException if the brokers do not answer or refuse
     */
    public Map<String, TopicState> describe(Collection<Topics.Spec> specs) {
        try {
            return TopicState.of(admin, specs);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Returns what the brokers say about how safely they keep the topics of an installation.
     *
     * @param applicationId of the installation, with which the names of its changelogs begin
     * @throws CommandException if no broker answers
     */
    public BrokerFacts facts(Collection<Topics.Spec> specs, String applicationId) {
        try {
            return BrokerFacts.of(admin, specs.stream().map(Topics.Spec::name).toList(), applicationId + "-");
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Addresses of the brokers. */
    public String servers() {
        return servers;
    }

    /** Replicas wanted per topic; -1: the broker's default. */
    public int replication() {
        return replication;
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private CommandException failure(ExecutionException e) {
        return CommandException.failure(
                e.getCause() instanceof TimeoutException
                        ? "no broker answers at " + servers
                        : "the brokers at " + servers + " refuse: "
                                + e.getCause().getMessage(),
                e);
    }

    @Override
    public void close() {
        admin.close(LONGEST_CLOSE);
    }
}
