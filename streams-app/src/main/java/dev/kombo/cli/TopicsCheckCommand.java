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

/** Compares the topics with what Kombo needs. */
@Command(name = "check", description = "Compares the broker's topics with what Kombo needs; 1 where they differ.")
final class TopicsCheckCommand implements Callable<Integer> {
    @Mixin
    private final SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    TopicsCheckCommand(Wiring wiring) {
        this.settings = new SettingsOptions(wiring.environment());
    }

    @Override
    public Integer call() {
        KomboConfig config = settings.config();
        List<Topics.Spec> specs = Topics.of(config).all();
        try (TopicAdmin admin = new TopicAdmin(config)) {
            return TopicsCommand.print(
                    spec.commandLine().getOut(), specs, admin.describe(specs), Set.of(), admin.replication());
        }
    }
}
