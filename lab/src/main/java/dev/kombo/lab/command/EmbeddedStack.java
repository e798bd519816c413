package dev.kombo.lab.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.TopicAdmin;
import dev.kombo.instance.EmbeddedCluster;
import dev.kombo.lab.kafka.EmbeddedKafka;
import dev.kombo.lab.kafka.EmbeddedSchemaRegistry;
import dev.kombo.learning.mining.MiningSettings;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** A broker with Kombo's topics and a schema registry in this process, on one data folder. */
final class EmbeddedStack implements EmbeddedCluster {
    private final DataFolder folder;
    private EmbeddedSchemaRegistry registry;
    private EmbeddedKafka kafka;
    private Map<String, String> settings;

    private EmbeddedStack(DataFolder folder) {
        this.folder = folder;
    }

    /**
     * Starts both and creates missing topics.
     *
     * @param folder owned by the stack from now on, and closed with it
     * @param given the user's settings; the stack's own cluster and state folder take precedence
     * @throws dev.kombo.console.CommandException if the broker does not start
     */
    static EmbeddedStack start(DataFolder folder, Map<String, String> given) {
        EmbeddedStack stack = new EmbeddedStack(folder);
        try {
            stack.startOn(given);
            return stack;
        } catch (Throwable e) {
            stack.close();
            throw e;
        }
    }

    private void startOn(Map<String, String> given) {
        registry = EmbeddedSchemaRegistry.start(folder.path().resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.path().resolve("broker"));
        Map<String, String> merged = new HashMap<>(given);
        merged.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        merged.put(ServiceSettings.REGISTRY_URL.name(), registry.url().toString());
        merged.put(
                ServiceSettings.STATE_DIR.name(), folder.path().resolve("state").toString());
        merged.putIfAbsent(MiningSettings.AUTO_APPROVE.name(), "true");
        settings = Map.copyOf(merged);
        KomboConfig config = SettingsOptions.checked(settings);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(Topics.of(config).all());
        }
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public void close() {
        Utils.closeQuietly(kafka, "broker");
        Utils.closeQuietly(registry, "registry");
        folder.close();
    }
}
