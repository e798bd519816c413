package dev.kombo.shop.command;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.ExtraCommands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** The command line of all modules on the class path, with what it printed. */
public final class CommandConsole {
    private static final CommandContext WIRING = CommandContext.standard(Map.of(), new ShopCommands().embedded());

    public final StringWriter out = new StringWriter();
    public final StringWriter err = new StringWriter();

    public int run(String... arguments) {
        return run(
                ServiceLoader.load(ExtraCommands.class).stream()
                        .flatMap(module -> module.get().commands(WIRING).stream())
                        .toList(),
                arguments);
    }

    /** Runs with other commands than those that are built in. */
    public int run(List<Object> commands, String... arguments) {
        CommandLine line = KomboCommandLine.create(WIRING, commands);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
