package dev.kombo.lab.command;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.instance.CommandContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** The lab's command line with what it printed. */
final class LabConsole {
    private static final LabCommands LAB = new LabCommands();
    private static final CommandContext WIRING = CommandContext.standard(Map.of(), Optional.of(LAB.embedded()));

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    int run(String... arguments) {
        return run(LAB.commands(WIRING), arguments);
    }

    /** Runs with other commands than those that are built in. */
    int run(List<Object> commands, String... arguments) {
        CommandLine line = KomboCommandLine.create(WIRING, commands);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
