package dev.kombo.console;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * What brokers say about how safely they keep records and transactions. A broker that is too old to say something, or
 * does not let this principal ask, leaves it open.
 *
 * @param brokers number of brokers
 * @param transactionVersion level of the feature transaction.version that all brokers use; empty: not known
 * @param settings values of broker settings, by name: more than one where brokers differ, none where not known
 * @param topics topics of the installation and those in which brokers keep offsets and transactions, by name
 * @param open what could not be asked, with the reason
 */
public record BrokerFacts(
        int brokers,
        OptionalInt transactionVersion,
        Map<String, Set<String>> settings,
        Map<String, TopicSafety> topics,
        List<String> open) {
    /** The feature by whose level brokers keep transactions apart. */
    public static final String TRANSACTION_VERSION = "transaction.version";

    public static final String UNCLEAN_ELECTION = "unclean.leader.election.enable";
    public static final String LEAST_REPLICAS = "min.insync.replicas";
    public static final String OFFSETS_REPLICAS = "offsets.topic.replication.factor";
    public static final String TRANSACTIONS_REPLICAS = "transaction.state.log.replication.factor";
    public static final String TRANSACTIONS_LEAST_REPLICAS = "transaction.state.log.min.isr";
    /** Topic in which brokers keep the offsets of groups. */
    public static final String OFFSETS = "__consumer_offsets";

    /** Topic in which brokers keep the state of transactions. */
    public static final String TRANSACTIONS = "__transaction_state";

    private static final Set<String> ASKED = Set.of(
            UNCLEAN_ELECTION, LEAST_REPLICAS, OFFSETS_REPLICAS, TRANSACTIONS_REPLICAS, TRANSACTIONS_LEAST_REPLICAS);

    /**
     * How safely a topic is kept.
     *
     * @param replicas replicas of the partition that has the fewest
     * @param leastReplicas replicas that must have a record before it counts as written; 0: not known
     * @param uncleanElection whether a replica that lacks records may become the leader
     */
    public record TopicSafety(int replicas, int leastReplicas, boolean uncleanElection) {}

    /**
     * Asks the brokers.
     *
     * @param names of the installation's topics; those that are missing are left out
     * @param changelogs prefix of the names of its changelogs
     * @throws ExecutionException if no broker answers
     */
    static BrokerFacts of(Admin admin, Collection<String> names, String changelogs)
            throws ExecutionException, InterruptedException {
        return new Asking(admin).facts(names, changelogs);
    }

    /** Asks one after the other, and notes what remains open. */
    private static final class Asking {
        private final Admin admin;
        private final Set<String> open = new TreeSet<>();

        Asking(Admin admin) {
            this.admin = admin;
        }

        private BrokerFacts facts(Collection<String> names, String changelogs)
                throws ExecutionException, InterruptedException {
            Collection<Node> nodes = admin.describeCluster().nodes().get();
            Map<String, FinalizedVersionRange> features = answer(
                    TRANSACTION_VERSION,
                    admin.describeFeatures().featureMetadata().thenApply(all -> all.finalizedFeatures()),
                    null);
            OptionalInt version = features == null
                    ? OptionalInt.empty()
                    // Brokers that know features but not this one keep transactions apart as level 0 does.
                    : OptionalInt.of(
                            features.containsKey(TRANSACTION_VERSION)
                                    ? features.get(TRANSACTION_VERSION).maxVersionLevel()
                                    : 0);
            Set<String> present = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get().stream()
                    .filter(name -> names.contains(name)
                            || name.startsWith(changelogs)
                            || name.equals(OFFSETS)
                            || name.equals(TRANSACTIONS))
                    .collect(Collectors.toCollection(TreeSet::new));
            return new BrokerFacts(nodes.size(), version, settings(nodes), topics(present), List.copyOf(open));
        }

        private Map<String, Set<String>> settings(Collection<Node> nodes)
                throws ExecutionException, InterruptedException {
            Map<String, Set<String>> settings = new TreeMap<>();
            List<ConfigResource> brokers = nodes.stream()
                    .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                    .toList();
            for (KafkaFuture<Config> config :
                    admin.describeConfigs(brokers).values().values()) {
                for (ConfigEntry entry : answer("the settings of the brokers", config, new Config(List.of()))
                        .entries()) {
                    if (ASKED.contains(entry.name()) && entry.value() != null) {
                        settings.computeIfAbsent(entry.name(), none -> new TreeSet<>())
                                .add(entry.value());
                    }
                }
            }
            return settings;
        }

        private Map<String, TopicSafety> topics(Set<String> names) throws ExecutionException, InterruptedException {
            Map<String, KafkaFuture<TopicDescription>> descriptions =
                    admin.describeTopics(names).topicNameValues();
            Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(names.stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .values();
            Map<String, TopicSafety> topics = new TreeMap<>();
            for (String name : names) {
                TopicDescription description = answer("the replicas of " + name, descriptions.get(name), null);
                if (description == null) {
                    continue;
                }
                Config config = answer(
                        "the settings of " + name,
                        configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name)),
                        new Config(List.of()));
                Map<String, String> values = new HashMap<>();
                config.entries().forEach(entry -> values.put(entry.name(), entry.value()));
                topics.put(
                        name,
                        new TopicSafety(
                                description.partitions().stream()
                                        .map(TopicPartitionInfo::replicas)
                                        .mapToInt(List::size)
                                        .min()
                                        .orElse(0),
                                Integer.parseInt(values.getOrDefault(LEAST_REPLICAS, "0")),
                                Boolean.parseBoolean(values.get(UNCLEAN_ELECTION))));
            }
            return topics;
        }

        /** Returns an answer, or another value where brokers refuse it or do not know the question. */
        private <T> T answer(String what, KafkaFuture<T> question, T otherwise)
                throws ExecutionException, InterruptedException {
            try {
                return question.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    open.add(what + ": the brokers do not allow it ("
                            + e.getCause().getMessage() + ")");
                } else if (e.getCause() instanceof UnsupportedVersionException) {
                    open.add(what + ": the brokers are too old to say");
                } else if (e.getCause() instanceof RetriableException) {
                    throw e;
                } else {
                    open.add(what + ": " + e.getCause().getMessage());
                }
                return otherwise;
            }
        }
    }
}
