package dev.kombo.cli;

import dev.kombo.config.PrivacySettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.ops.Pseudonyms;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Computes the pseudonym of a shopper, to find the shopper's records where pseudonyms replace ids. */
@Command(
        name = "pseudonym",
        description = "Prints the pseudonym that replaces the id of a user or session in offer-outcome,"
                + " rejected-event and the keys of dead-letter if kombo.privacy.key is set.")
final class PseudonymCommand extends PrintingCommand {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Ids of users or sessions.")
    private List<String> ids;

    @Mixin
    private SettingsOptions settings;

    @Override
    protected boolean run(PrintWriter out) {
        Pseudonyms pseudonyms = Pseudonyms.of(settings.config());
        if (!pseudonyms.on()) {
            throw CommandException.mistake(
                    PrivacySettings.KEY.name() + " is not set: the ids themselves are published");
        }
        ids.forEach(id -> out.println(pseudonyms.of(id)));
        return true;
    }
}
