package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.TopicState;
import dev.kombo.config.Topics;
import dev.kombo.console.BrokerFacts;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.TextTable;
import dev.kombo.console.TopicAdmin;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks, creates, updates and prints the topics of an installation. */
@Command(
        name = "topics",
        description = "Checks, creates, updates or prints the topics.",
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {
    @Spec
    private CommandSpec spec;

    @Command(
            description = "Compares the broker's topics with what Kombo needs, and says what the settings of topics and"
                    + " brokers mean for exactly once; exits with 1 if topics differ, or if records with several"
                    + " replicas can be lost or counted twice when one broker is lost.")
    int check(@Mixin SettingsOptions settings) {
        KomboConfig config = settings.config();
        List<Topics.Spec> specs = Topics.of(config).all();
        PrintWriter out = spec.commandLine().getOut();
        try (TopicAdmin admin = new TopicAdmin(config)) {
            int differ = print(out, specs, admin.describe(specs), Set.of(), admin.replication());
            BrokerFacts facts = admin.facts(specs, config.get(ServiceSettings.APPLICATION_ID));
            return Math.max(differ, print(out, ExactlyOnceText.of(facts, admin.servers())));
        }
    }

    /** Prints what settings mean for exactly once; returns 0 if nothing is at fault, else 1. */
    static int print(PrintWriter out, ExactlyOnceText.Findings findings) {
        out.println();
        if (findings.faults().isEmpty() && findings.remarks().isEmpty()) {
            out.println("Exactly once: no setting of topics or brokers is in its way.");
        } else {
            out.println("Exactly once, as the settings of topics and brokers are:");
            findings.faults().forEach(fault -> out.println("- " + fault));
            findings.remarks().forEach(remark -> out.println("- " + remark));
        }
        out.flush();
        return findings.faults().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    @Command(
            description = "Creates missing topics and changes no other; exits with 1 if an existing topic differs"
                    + " from what Kombo needs.")
    int create(@Mixin SettingsOptions settings) {
        return compare(settings.config(), TopicAdmin::createMissing);
    }

    @Command(
            description = "Lets Kafka compact existing topics as soon as Kombo needs it, so that a start reads little;"
                    + " changes nothing else.")
    int update(@Mixin SettingsOptions settings) {
        return compare(settings.config(), (admin, specs) -> {
            admin.compactSoon(specs).forEach(name -> spec.commandLine().getOut().println("Updated " + name + "."));
            return Set.of();
        });
    }

    /** Prints the topics as Kubernetes resources; needs no broker. */
    @Command(description = "Prints the topics as KafkaTopic resources of Strimzi, for Kubernetes.")
    int manifest(
            @Mixin SettingsOptions settings,
            @Option(
                            names = "--cluster",
                            paramLabel = "NAME",
                            defaultValue = "kafka",
                            description = "Name of the Kafka resource; default ${DEFAULT-VALUE}.")
                    String cluster) {
        String topics = StrimziTopics.of(settings.config(), cluster);
        PrintWriter out = spec.commandLine().getOut();
        out.print("# Written by ./kombo topics manifest; changes made by hand are lost.\n" + topics);
        out.flush();
        return ExitCode.OK;
    }

    /** @param change makes changes to the topics, and returns the names of those that it created */
    private int compare(KomboConfig config, BiFunction<TopicAdmin, List<Topics.Spec>, Set<String>> change) {
        List<Topics.Spec> specs = Topics.of(config).all();
        try (TopicAdmin admin = new TopicAdmin(config)) {
            Set<String> created = change.apply(admin, specs);
            return print(spec.commandLine().getOut(), specs, admin.describe(specs), created, admin.replication());
        }
    }

    /** Prints a table of all topics and then the differences; returns 0 if there are none, else 1. */
    static int print(
            PrintWriter out,
            List<Topics.Spec> specs,
            Map<String, TopicState> present,
            Set<String> created,
            int replication) {
        TextTable table = new TextTable("topic", "partitions", "replicas", "settings", "state");
        TextTable problems = new TextTable("topic", "difference");
        for (Topics.Spec topic : specs) {
            TopicState state = present.get(topic.name());
            List<String> differences = state == null ? List.of("is missing") : state.differences(topic, replication);
            differences.forEach(difference -> problems.row(topic.name(), difference));
            String verdict = state == null ? "missing" : differences.isEmpty() ? "ok" : "differs";
            String retention = StrimziTopics.retention(topic);
            String policy = topic.settings().get("cleanup.policy");
            table.row(
                    topic.name(),
                    topic.partitions(),
                    replication > 0 ? replication : state == null ? "default" : state.replication(),
                    retention.isEmpty() ? policy : policy + ", " + retention,
                    created.contains(topic.name()) && differences.isEmpty() ? "created" : verdict);
        }
        out.print(table);
        if (problems.size() > 0) {
            out.println();
            out.print(problems);
        }
        out.flush();
        return problems.size() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
