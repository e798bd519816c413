package dev.kombo.service;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.TopicState;
import dev.kombo.config.Topics;
import dev.kombo.ops.StoppableWait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses to start if a topic is missing, has a number of partitions that would send a shopper's events to two tasks,
 * or a clean-up policy by which Kafka would delete what must be kept. Warns of topics that a start reads in full and
 * that Kafka compacts late. Waits for brokers that do not answer.
 */
final class TopicGuard {
    private static final Logger LOG = LoggerFactory.getLogger(TopicGuard.class);
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Topics topics;
    private final String servers;

    private TopicGuard(KomboConfig config, Topics topics) {
        this.topics = topics;
        this.servers = config.get(ServiceSettings.BOOTSTRAP_SERVERS);
    }

    /**
     * @throws IllegalStateException if topics do not fit, the brokers refuse, or the instance stops meanwhile
     */
    static void check(KomboConfig config, Topics topics, StoppableWait wait) {
        TopicGuard guard = new TopicGuard(config, topics);
        Admin admin = Admin.create(ClientSettings.admin(config, TIMEOUT_MILLIS));
        try {
            List<String> problems = guard.problems(admin, wait);
            if (!problems.isEmpty()) {
                throw new IllegalStateException(
                        String.join("; ", problems) + ". 'kombo topics create' creates what is missing.");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the brokers at " + guard.servers + " refuse: "
                            + e.getCause().getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at the topics", e);
        } finally {
            // At once: a stop does not wait for answers that are outstanding.
            admin.close(Duration.ZERO);
        }
    }

    private List<String> problems(Admin admin, StoppableWait wait) throws ExecutionException, InterruptedException {
        for (; ; ) {
            try {
                List<String> problems = problems(admin);
                wait.over();
                return problems;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                String away = "an answer of " + servers + ": " + e.getCause().getMessage();
                if (!wait.pause(away, PAUSE_MILLIS)) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("interrupted while waiting for " + away);
                    }
                    throw new IllegalStateException("stopped while waiting for " + away, e);
                }
            }
        }
    }

    private List<String> problems(Admin admin) throws ExecutionException, InterruptedException {
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
