package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Deletes what the service wrote, so that it starts from scratch. All topics are found by name, so those of an earlier
 * version are deleted too; Kafka's own reset tool knows only changelogs.
 */
@Command(
        name = "reset",
        description = "Deletes everything that was learned and reported: the service then learns again from"
                + " the retained events, catalogue and strategies. Stop all instances first.")
final class ResetCommand extends AdminCommand {
    @Option(names = "--dry-run", description = "Print what would be deleted, and change nothing.")
    private boolean dryRun;

    @Override
    void run(KomboConfig config, Admin admin, PrintWriter out) throws ExecutionException, InterruptedException {
        String application = config.get(ServiceSettings.APPLICATION_ID);
        requireStopped(admin, application);
        Set<String> topics = toDelete(admin, config);
        topics.forEach(topic -> out.println("topic " + topic));
        out.println("offsets of " + application);
        out.println("folder " + stateFolder(config).toAbsolutePath());
        if (!dryRun) {
            // First: with offsets but without topics, nothing would be read again.
            deleteOffsets(admin, application);
            deleteTopics(admin, topics);
            deleteStateFolder(config);
            try (TopicAdmin created = new TopicAdmin(config)) {
                created.createMissing(Topics.of(config).all());
            }
        }
        out.println(
                dryRun
                        ? "Nothing was deleted."
                        : "Deleted. Delete the state folders of other instances before they start.");
    }

    /**
     * Returns the topics that the service wrote itself: catalogue and events belong to others, and so do people's
     * decisions.
     */
    private static Set<String> toDelete(Admin admin, KomboConfig config)
            throws ExecutionException, InterruptedException {
        Topics topics = Topics.of(config);
        String internal = config.get(ServiceSettings.APPLICATION_ID) + "-";
        Set<String> own = topics.all().stream().map(Topics.Spec::name).collect(Collectors.toSet());
        own.removeAll(topics.inputs());
        return admin.listTopics().names().get().stream()
                .filter(name -> own.contains(name) || (name.startsWith(internal) && name.endsWith("-changelog")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void deleteOffsets(Admin admin, String group) throws ExecutionException, InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }
}
