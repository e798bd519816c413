package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the topics for an operator that creates them. Needs no broker. */
@Command(name = "manifest", description = "Prints the topics as KafkaTopic resources of Strimzi, for Kubernetes.")
final class TopicsManifestCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions settings;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            defaultValue = "kafka",
            description = "Name of the Kafka resource; default ${DEFAULT-VALUE}.")
    private String cluster;

    @Spec
    private CommandSpec spec;

    TopicsManifestCommand(Wiring wiring) {
        this.settings = new SettingsOptions(wiring.environment());
    }

    @Override
    public Integer call() {
        KomboConfig config = settings.config();
        PrintWriter out = spec.commandLine().getOut();
        out.print("# Written by ./kombo topics manifest; changes made by hand are lost.\n");
        out.print(StrimziTopics.of(config, cluster));
        out.flush();
        return ExitCode.OK;
    }
}
