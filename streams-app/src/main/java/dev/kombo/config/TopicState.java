package dev.kombo.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic as it exists on the broker.
 *
 * @param partitions number of partitions
 * @param replication replicas of its first partition
 * @param settings topic settings by name
 */
public record TopicState(int partitions, int replication, Map<String, String> settings) {

    /**
     * Returns those of some topics that exist, by name.
     *
     * @throws ExecutionException if the brokers refuse a request
     */
    public static Map<String, TopicState> of(Admin admin, Collection<Topics.Spec> specs)
            throws ExecutionException, InterruptedException {
        Set<String> all = admin.listTopics().names().get();
        List<String> names =
                specs.stream().map(Topics.Spec::name).filter(all::contains).toList();
        Map<String, TopicDescription> topics =
                admin.describeTopics(names).allTopicNames().get();
        Map<ConfigResource, Config> configs = admin.describeConfigs(
                        names.stream().map(TopicState::resource).toList())
                .all()
                .get();
        Map<String, TopicState> states = new HashMap<>();
        topics.forEach((name, topic) -> {
            Map<String, String> values = new HashMap<>();
            configs.get(resource(name)).entries().forEach(entry -> values.put(entry.name(), entry.value()));
            int replication = topic.partitions().get(0).replicas().size();
            states.put(name, new TopicState(topic.partitions().size(), replication, values));
        });
        return states;
    }

    /** Returns the resource by which requests name a topic's settings. */
    public static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
    /**
     * Returns the differences from the specification, one line each; empty if there are none.
     *
     * @param spec the topic as it should be
     * @param wantedReplication replicas wanted, or -1: any number
     */
    public List<String> differences(Topics.Spec spec, int wantedReplication) {
        List<String> differences = new ArrayList<>();
        if (partitions != spec.partitions()) {
            differences.add(difference("partitions", partitions, spec.partitions()));
        }
        if (wantedReplication > 0 && replication != wantedReplication) {
            differences.add(difference("replication", replication, wantedReplication));
        }
        new TreeMap<>(spec.settings()).forEach((name, wanted) -> {
            String found = settings.get(name);
            if (!same(name, found, wanted)) {
                differences.add(difference(name, found == null ? "nothing" : found, wanted));
            }
        });
        return differences;
    }

    /** Returns the settings that let Kafka compact the topic later than specified, with their specified values. */
    public Map<String, String> lateCompaction(Topics.Spec spec) {
        Map<String, String> late = new TreeMap<>(spec.settings());
        late.keySet().retainAll(Topics.COMPACTION_BOUNDS);
        late.entrySet().removeIf(wanted -> same(wanted.getKey(), settings.get(wanted.getKey()), wanted.getValue()));
        return late;
    }

    private static String difference(String name, Object found, Object wanted) {
        return name + " is " + found + ", should be " + wanted;
    }

    private static boolean same(String name, String found, String wanted) {
        if (found == null) {
            return false;
        }
        return switch (name) {
            // A list whose order has no meaning.
            case TopicConfig.CLEANUP_POLICY_CONFIG -> words(found).equals(words(wanted));
            // A least number, which an operator may raise.
            case TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG -> Integer.parseInt(found) >= Integer.parseInt(wanted);
            // What Kombo writes has to fit; what others write must not be more than it makes room for.
            case TopicConfig.MAX_MESSAGE_BYTES_CONFIG ->
                Integer.parseInt(wanted) == Topics.LARGEST_OUTPUT
                        ? Integer.parseInt(found) >= Topics.LARGEST_OUTPUT
                        : Integer.parseInt(found) <= Integer.parseInt(wanted);
            default ->
                found.equals(wanted)
                        || (Topics.COMPACTION_BOUNDS.contains(name) && Long.parseLong(found) < Long.parseLong(wanted));
        };
    }

    private static Set<String> words(String list) {
        return new HashSet<>(Arrays.asList(list.trim().split("\\s*,\\s*", -1)));
    }
}
