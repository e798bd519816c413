package dev.kombo.lab.command;

import dev.kombo.cli.KomboCommandLine;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The lab's command line with what it printed. */
final class LabConsole {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    int run(String... arguments) {
        return run(LabCommands.all(Map.of()), arguments);
    }

    /** Runs with other commands than those that are built in. */
    int run(List<Object> commands, String... arguments) {
        CommandLine line = KomboCommandLine.create(LabCommands.wiring(Map.of()), commands);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
