package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.TopicAdmin;
import dev.kombo.instance.EmbeddedCluster;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.ops.Causes;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.process.Patience;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.utils.Utils;

/** A broker with Kombo's topics and a schema registry in this process, on one data folder. */
final class EmbeddedStack implements EmbeddedCluster {
    /** Folder of the broker's data in the data folder. */
    static final String BROKER = "broker";

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
     * @param notices gets sentences for people while the broker is slow
     * @throws dev.kombo.console.CommandException if the broker does not start
     */
    static EmbeddedStack start(DataFolder folder, Map<String, String> given, Consumer<String> notices) {
        EmbeddedStack stack = new EmbeddedStack(folder);
        try {
            stack.startOn(given, notices);
            return stack;
        } catch (Throwable e) {
            stack.close();
            throw e;
        }
    }

    private void startOn(Map<String, String> given, Consumer<String> notices) {
        registry = EmbeddedSchemaRegistry.start(folder.path().resolve("registry"), 0);
        kafka = EmbeddedKafka.start(folder.path().resolve(BROKER));
        Map<String, String> merged = new HashMap<>(given);
        merged.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers());
        merged.put(ServiceSettings.REGISTRY_URL.name(), registry.url().toString());
        merged.put(
                ServiceSettings.STATE_DIR.name(), folder.path().resolve("state").toString());
        merged.putIfAbsent(MiningSettings.AUTO_APPROVE.name(), "true");
        settings = Map.copyOf(merged);
        createTopics(SettingsOptions.checked(settings), notices);
    }

    /** Tries until the broker answers: it runs, and on a busy machine it may need more than the time of a call. */
    private static void createTopics(KomboConfig config, Consumer<String> notices) {
        Patience.Watch watch = Patience.whileAlive(() -> {}, notices).watch("the broker has created the topics");
        while (true) {
            try (TopicAdmin admin = new TopicAdmin(config)) {
                admin.createMissing(Topics.of(config).all());
                return;
            } catch (CommandException e) {
                if (!isUnanswered(e)) {
                    throw e;
                }
                watch.observe(e.getMessage(), e::getMessage);
            }
        }
    }

    /** Whether a call took too long; one that did not even connect has no cause. */
    static boolean isUnanswered(CommandException failure) {
        return failure.getCause() == null || Causes.of(failure).anyMatch(RetriableException.class::isInstance);
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
