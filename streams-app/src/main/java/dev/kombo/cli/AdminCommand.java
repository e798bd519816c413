package dev.kombo.cli;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.Brokers;
import dev.kombo.console.CommandException;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Mixin;

/** Base of the commands that change an installation while it is stopped: reset, import, skip, leave. */
abstract class AdminCommand extends PrintingCommand {
    private static final Duration LONGEST_DELETION = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 100;

    @Mixin
    private SettingsOptions settings;

    @Override
    protected final boolean run(PrintWriter out) {
        KomboConfig config = settings.config();
        prepare(config);
        Brokers.requireReachable(config);
        try (Admin admin = Admin.create(ClientSettings.admin(config))) {
            run(config, admin, out);
        } catch (ExecutionException e) {
            throw CommandException.failure("the brokers refuse: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        return true;
    }

    /** Checks what needs no broker. */
    void prepare(KomboConfig config) {}

    /**
     * Runs the command.
     *
     * @throws ExecutionException if the brokers refuse a request
     */
    abstract void run(KomboConfig config, Admin admin, PrintWriter out) throws ExecutionException, InterruptedException;

    /** Returns the members of a consumer group; none of one that committed nothing so far. */
    static Collection<MemberDescription> members(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    /**
     * @throws CommandException if the group has members
     */
    static void requireStopped(Admin admin, String group) throws ExecutionException, InterruptedException {
        int members = members(admin, group).size();
        if (members > 0) {
            throw CommandException.mistake(
                    group + " still has " + members + " members: stop all instances, and wait for"
                            + " the session time-out of those that were killed or have a name (kombo leave ends it)");
        }
    }

    /** Deletes topics, and waits until they are gone. */
    static void deleteTopics(Admin admin, Set<String> topics) throws ExecutionException, InterruptedException {
        admin.deleteTopics(topics).all().get();
        long giveUpAt = System.nanoTime() + LONGEST_DELETION.toNanos();
        while (admin.listTopics().names().get().stream().anyMatch(topics::contains)) {
            if (System.nanoTime() > giveUpAt) {
                throw CommandException.failure(
                        "topics are still being deleted; once they are gone: kombo topics create");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** The folder in which this machine keeps the service's stores. */
    static Path stateFolder(KomboConfig config) {
        return Path.of(config.get(ServiceSettings.STATE_DIR), config.get(ServiceSettings.APPLICATION_ID));
    }

    /** Deletes that folder; does nothing if there is none. */
    static void deleteStateFolder(KomboConfig config) {
        Path state = stateFolder(config);
        try {
            Utils.delete(state.toFile());
        } catch (IOException e) {
            throw CommandException.failure("cannot delete " + state + ": " + e.getMessage(), e);
        }
    }
}
