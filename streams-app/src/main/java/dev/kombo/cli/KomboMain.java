package dev.kombo.cli;

import dev.kombo.instance.CommandContext;
import java.util.List;
import java.util.Optional;

/** Entry point in production: the commands without an embedded broker. */
public final class KomboMain {
    private KomboMain() {}

    public static void main(String[] arguments) {
        CommandContext wiring = CommandContext.standard(System.getenv(), Optional.empty());
        System.exit(KomboCommandLine.create(wiring, List.of()).execute(arguments));
    }
}
