package dev.kombo.service;

import dev.kombo.config.TopicState;
import dev.kombo.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start if a topic is missing, has a number of partitions that would send a shopper's events to two tasks,
 * or a clean-up policy by which Kafka would delete what must be kept. Warns of topics that a start reads in full and
 * that Kafka compacts late.
 */
final class TopicGuard {
    private static final Logger LOG = LoggerFactory.getLogger(TopicGuard.class);

    private TopicGuard() {}

    /**
     * @param servers of the brokers, for messages
     * @throws IllegalStateException if topics do not fit, the brokers refuse, or the instance stops meanwhile
     */
    static void check(StartQuestions brokers, Topics topics, String servers) {
        List<String> problems = brokers.ask(admin -> problems(admin, topics, servers));
        brokers.over();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    String.join("; ", problems) + ". 'kombo topics create' creates what is missing.");
        }
    }

    private static List<String> problems(Admin admin, Topics topics, String servers)
            throws ExecutionException, InterruptedException {
        Map<String, TopicState> present = TopicState.of(admin, topics.all());
        List<String> problems = new ArrayList<>();
        List<String> late = new ArrayList<>();
        for (Topics.Spec spec : topics.all()) {
            TopicState topic = present.get(spec.name());
            if (topic == null) {
                problems.add("topic " + spec.name() + " is missing");
                continue;
            }
            if (topic.partitions() != spec.partitions()) {
                problems.add("topic " + spec.name() + " has " + topic.partitions() + " partitions instead of "
                        + spec.partitions());
            }
            String expected = spec.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG);
            String found = topic.settings().get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (!found.equals(expected)) {
                problems.add("topic " + spec.name() + " has cleanup.policy " + found + " instead of " + expected
                        + "; correct it with kafka-configs.sh --bootstrap-server " + servers
                        + " --alter --entity-type topics --entity-name " + spec.name()
                        + " --add-config cleanup.policy=" + expected);
            }
            if (!topic.lateCompaction(spec).isEmpty()) {
                late.add(spec.name());
            }
        }
        if (!late.isEmpty()) {
            LOG.warn(
                    "Kafka compacts {} later than Kombo needs, so each start reads more; 'kombo topics update' changes that",
                    String.join(", ", late));
        }
        return problems;
    }
}
