package dev.kombo.service;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Refuses to start if a topic is missing, or has a number of partitions that would send a shopper's events to two
 * tasks.
 */
final class TopicGuard {
    private static final int TIMEOUT_SECONDS = 30;

    private TopicGuard() {}

    static void check(KomboConfig config, Topics topics) {
        Map<String, Object> settings = new java.util.HashMap<>(config.streamsSettings());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.get(ServiceSettings.BOOTSTRAP_SERVERS));
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_SECONDS * 1000);
        try (Admin admin = Admin.create(settings)) {
            Set<String> existing = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            List<Topics.Spec> present = topics.all().stream()
                    .filter(spec -> existing.contains(spec.name()))
                    .toList();
            Map<String, TopicDescription> described = admin.describeTopics(
                            present.stream().map(Topics.Spec::name).toList())
                    .allTopicNames()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            report(problems(topics, described));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(
                    "no answer from " + config.get(ServiceSettings.BOOTSTRAP_SERVERS) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking at the topics", e);
        }
    }

    private static List<String> problems(Topics topics, Map<String, TopicDescription> described) {
        List<String> problems = new ArrayList<>();
        for (Topics.Spec spec : topics.all()) {
            TopicDescription topic = described.get(spec.name());
            if (topic == null) {
                problems.add("topic " + spec.name() + " is missing");
            } else if (topic.partitions().size() != spec.partitions()) {
                problems.add("topic " + spec.name() + " has "
                        + topic.partitions().size() + " partitions instead of " + spec.partitions());
            }
        }
        return problems;
    }

    private static void report(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    String.join("; ", problems) + ". 'kombo topics create' creates what is missing.");
        }
    }
}
