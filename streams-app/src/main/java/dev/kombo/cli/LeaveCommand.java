package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a named instance from its consumer group, which it would otherwise leave only when its session times out. */
@Command(
        name = "leave",
        description = "Makes the other instances take over the tasks of a named instance at once, after it was"
                + " stopped for good or lost. An instance that still runs joins again.")
final class LeaveCommand extends AdminCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the instance: its kombo.instance.name.")
    private String name;

    @Override
    void run(KomboConfig config, Admin admin, PrintWriter out) throws ExecutionException, InterruptedException {
        String group = config.get(ServiceSettings.APPLICATION_ID);
        // Kafka Streams has one member per thread, named after the instance and the thread's number.
        Pattern threads = Pattern.compile(Pattern.quote(name) + "-\\d+");
        List<MemberToRemove> members = members(admin, group).stream()
                .flatMap(member -> member.groupInstanceId().stream())
                .filter(threads.asMatchPredicate())
                .map(MemberToRemove::new)
                .toList();
        if (members.isEmpty()) {
            throw CommandException.mistake(group + " has no member named " + name);
        }
        admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(members))
                .all()
                .get();
        out.printf("%s left %s, with %d threads.%n", name, group, members.size());
    }
}
