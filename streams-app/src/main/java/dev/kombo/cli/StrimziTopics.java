package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** Writes the topics as resources of Strimzi, the operator that runs Kafka clusters in Kubernetes. */
final class StrimziTopics {
    /** Label of topics whose partitions follow kombo.topic.partitions, for overlays that change it. */
    static final String SPREAD = "kombo.dev/spread";

    private StrimziTopics() {}

    /**
     * Returns one YAML document per topic.
     *
     * @param cluster name of the Kafka resource
     */
    static String of(KomboConfig config, String cluster) {
        Topics topics = Topics.of(config);
        Set<String> spread = spread(config);
        int replicas = config.get(ServiceSettings.TOPIC_REPLICATION);
        StringBuilder yaml = new StringBuilder();
        for (Topics.Spec topic : topics.all()) {
            // Topic names may have underscores and capitals; resource names may not.
            String resource = topic.name().toLowerCase(Locale.ROOT).replace('_', '-');
            yaml.append("---\napiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata:\n  name: "
                    + resource + "\n  labels:\n    strimzi.io/cluster: " + cluster
                    + (spread.contains(topic.name()) ? "\n    " + SPREAD + ": \"true\"" : "")
                    + "\nspec:\n  topicName: " + topic.name() + "\n  partitions: " + topic.partitions()
                    + (replicas > 0 ? "\n  replicas: " + replicas : "") + "\n  config:\n");
            new TreeMap<>(topic.settings()).forEach((name, value) -> yaml.append("    " + name + ": " + value + "\n"));
        }
        return yaml.toString();
    }

    /** Returns how long a topic keeps its records, for people; empty if not specified. */
    static String retention(Topics.Spec topic) {
        String millis = topic.settings().get("retention.ms");
        if (millis == null) {
            return "";
        }
        Duration time = Duration.ofMillis(Long.parseLong(millis));
        if (time.isNegative()) {
            return "unlimited";
        }
        long days = time.toDays();
        return days == 0 || !Duration.ofDays(days).equals(time) ? millis + " ms" : days == 1 ? "1 day" : days + " days";
    }

    /** Returns the names of topics whose number of partitions follows the setting. */
    private static Set<String> spread(KomboConfig config) {
        String prefix = config.get(ServiceSettings.TOPIC_PREFIX);
        int partitions = config.get(ServiceSettings.TOPIC_PARTITIONS);
        List<Topics.Spec> now = new Topics(prefix, partitions).all();
        List<Topics.Spec> other = new Topics(prefix, partitions + 1).all();
        Set<String> spread = new HashSet<>();
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).partitions() != other.get(i).partitions()) {
                spread.add(now.get(i).name());
            }
        }
        return spread;
    }
}
