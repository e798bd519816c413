package dev.kombo.cli;

import dev.kombo.config.Topics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The topics that Kombo needs of the broker. */
@Command(name = "topics", description = "Creates, checks or describes the topics.", synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "which command? There are "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    /** Prints a table of all topics and then the differences; 0 where there are none, else 1. */
    static int print(
            PrintWriter out,
            List<Topics.Spec> specs,
            Map<String, TopicState> present,
            Set<String> created,
            int replication) {
        TextTable table = new TextTable("topic", "partitions", "replicas", "settings", "state");
        TextTable problems = new TextTable("topic", "difference");
        for (Topics.Spec spec : specs) {
            TopicState state = present.get(spec.name());
            List<String> differences = state == null ? List.of("is missing") : state.differences(spec, replication);
            differences.forEach(difference -> problems.row(spec.name(), difference));
            String verdict = state == null ? "missing" : differences.isEmpty() ? "ok" : "differs";
            table.row(
                    spec.name(),
                    spec.partitions(),
                    replication > 0 ? replication : state == null ? "default" : state.replication(),
                    settings(spec),
                    created.contains(spec.name()) && differences.isEmpty() ? "created" : verdict);
        }
        out.print(table);
        if (problems.size() > 0) {
            out.println();
            out.print(problems);
        }
        out.flush();
        return problems.size() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String settings(Topics.Spec spec) {
        String retention = spec.settings().get("retention.ms");
        String policy = spec.settings().get("cleanup.policy");
        return retention == null ? policy : policy + ", " + Retention.text(retention);
    }
}
