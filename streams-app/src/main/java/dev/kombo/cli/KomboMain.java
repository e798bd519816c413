package dev.kombo.cli;

import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ExtraCommands;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Entry point: the commands of the service, and those that other modules add. Production has none of these. */
public final class KomboMain {
    private KomboMain() {}

    public static void main(String[] arguments) {
        Optional<ExtraCommands> extra = ServiceLoader.load(ExtraCommands.class).findFirst();
        CommandContext wiring = CommandContext.standard(System.getenv(), extra.map(ExtraCommands::embedded));
        List<Object> more = extra.map(module -> module.commands(wiring)).orElse(List.of());
        System.exit(KomboCommandLine.create(wiring, more).execute(arguments));
    }
}
