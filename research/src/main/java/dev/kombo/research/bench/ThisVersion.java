package dev.kombo.research.bench;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.ChildJvm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription;

/** The version that the benchmark itself belongs to. */
final class ThisVersion implements KomboVersion {
    @Override
    public String name() {
        return "this version";
    }

    @Override
    public String classPath() {
        return ChildJvm.ownClassPath();
    }

    @Override
    public Map<String, String> known(Map<String, String> settings) {
        return settings;
    }

    @Override
    public void createTopics(Map<String, String> settings, Path folder) {
        KomboConfig config = KomboConfig.of(settings);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(Topics.of(config).all());
        }
    }

    @Override
    public Set<String> read(KafkaClients clients) {
        return KomboService.describe(clients.config()).describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(source -> ((TopologyDescription.Source) source).topicSet().stream())
                .collect(Collectors.toSet());
    }
}
