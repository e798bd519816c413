package dev.kombo.cli;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Deletes what the service wrote, so that it starts from scratch. All topics are found by name, so those of an earlier
 * version are deleted too; Kafka's own reset tool knows only changelogs.
 */
@Command(
        name = "reset",
        description = "Deletes everything that was learned and reported: the service then learns again from"
                + " the retained events, catalogue and strategies. Stop all instances first.")
final class ResetCommand implements Callable<Integer> {
    private static final Duration LONGEST_DELETION = Duration.ofSeconds(60);
    private static final int LOOK_MILLIS = 100;

    @Option(names = "--dry-run", description = "Print what would be deleted, and change nothing.")
    private boolean dryRun;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        KomboConfig config = settings.config();
        Brokers.requireReachable(config);
        String application = config.get(ServiceSettings.APPLICATION_ID);
        Path state = stateFolder(config);
        PrintWriter out = spec.commandLine().getOut();
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            SkipCommand.requireStopped(admin, application);
            Set<String> topics = toDelete(admin, config);
            topics.forEach(topic -> out.println("topic " + topic));
            out.println("offsets of " + application);
            out.println("folder " + state.toAbsolutePath());
            if (!dryRun) {
                // First: with offsets but without topics, nothing would be read again.
                deleteOffsets(admin, application);
                delete(admin, topics);
                deleteFolder(state);
                try (TopicAdmin created = new TopicAdmin(config)) {
                    created.createMissing(Topics.of(config).all());
                }
            }
            out.println(
                    dryRun
                            ? "Nothing was deleted."
                            : "Deleted. Delete the state folders of other instances before they start.");
            out.flush();
        } catch (ExecutionException e) {
            throw Brokers.refusal(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return ExitCode.OK;
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

    /** Deletes topics, and waits until they are gone. */
    static void delete(Admin admin, Set<String> topics) throws ExecutionException, InterruptedException {
        admin.deleteTopics(topics).all().get();
        long giveUpAt = System.nanoTime() + LONGEST_DELETION.toNanos();
        while (admin.listTopics().names().get().stream().anyMatch(topics::contains)) {
            if (System.nanoTime() > giveUpAt) {
                throw CommandException.failure(
                        "topics are still being deleted; once they are gone: kombo topics create");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** The folder in which this machine keeps the service's stores. */
    static Path stateFolder(KomboConfig config) {
        return Path.of(config.get(ServiceSettings.STATE_DIR), config.get(ServiceSettings.APPLICATION_ID));
    }

    /** Deletes it; does nothing if there is none. */
    static void deleteFolder(Path state) {
        try {
            Utils.delete(state.toFile());
        } catch (IOException e) {
            throw CommandException.failure("cannot delete " + state + ": " + e.getMessage(), e);
        }
    }
}
