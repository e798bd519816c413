package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Creates the topics that are missing. */
@Command(
        name = "create",
        description = "Creates the topics that are missing and changes no other; 1 where those that were there differ.")
final class TopicsCreateCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    TopicsCreateCommand(Wiring wiring) {
        this.settings = new SettingsOptions(wiring.environment());
    }

    @Override
    public Integer call() {
        KomboConfig config = settings.config();
        List<Topics.Spec> specs = Topics.of(config).all();
        try (TopicAdmin admin = new TopicAdmin(config)) {
            Set<String> created = admin.createMissing(specs);
            return TopicsCommand.print(
                    spec.commandLine().getOut(), specs, admin.describe(specs), created, admin.replication());
        }
    }
}
