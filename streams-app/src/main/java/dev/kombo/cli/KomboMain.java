package dev.kombo.cli;

import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ExtraCommands;
import java.util.List;
import java.util.ServiceLoader;

/** Entry point: the commands of the service, and those that other modules add. Production has none of these. */
public final class KomboMain {
    private KomboMain() {}

    public static void main(String[] arguments) {
        List<ExtraCommands> modules = ServiceLoader.load(ExtraCommands.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        CommandContext wiring = CommandContext.standard(
                System.getenv(),
                modules.stream().flatMap(module -> module.embedded().stream()).findFirst());
        List<Object> more = modules.stream()
                .flatMap(module -> module.commands(wiring).stream())
                .toList();
        System.exit(KomboCommandLine.create(wiring, more).execute(arguments));
    }
}
