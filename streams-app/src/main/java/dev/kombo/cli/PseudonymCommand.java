package dev.kombo.cli;

import dev.kombo.config.PrivacySettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.ops.Pseudonyms;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes the pseudonym of a shopper, to find the shopper's records where pseudonyms replace ids. */
@Command(
        name = "pseudonym",
        description = "Prints the pseudonym that replaces the id of a user or session in offer-outcome,"
                + " rejected-event and the keys of dead-letter if kombo.privacy.key is set.")
final class PseudonymCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of users or sessions.")
    private List<String> ids;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Pseudonyms pseudonyms = Pseudonyms.of(settings.config());
        if (!pseudonyms.on()) {
            throw CommandException.mistake(
                    PrivacySettings.KEY.name() + " is not set: the ids themselves are published");
        }
        PrintWriter out = spec.commandLine().getOut();
        ids.forEach(id -> out.println(pseudonyms.of(id)));
        out.flush();
        return ExitCode.OK;
    }
}
