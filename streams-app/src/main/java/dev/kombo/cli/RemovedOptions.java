package dev.kombo.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options that commands of earlier versions had. They are ignored with a warning, so that scripts of an earlier
 * version go on; help and completion do not have them.
 */
final class RemovedOptions {
    /** <b>An option that is removed from a command is added here.</b> */
    private static final List<RemovedOption> ALL = List.of(
            new RemovedOption("topology", "--pages", true, "Kombo's own tests write the reference pages"),
            new RemovedOption("topology", "--check", true, "Kombo's own tests compare the reference pages"),
            new RemovedOption("evaluate", "--ablation", false, "nothing replaces it"),
            new RemovedOption("evaluate", "--page", true, "--summary writes the figures as JSON"),
            new RemovedOption("simulate", "--in-process", false, "each simulation runs in this process"));

    private RemovedOptions() {}

    /**
     * An option that is gone.
     *
     * @param command that had it
     * @param name with its dashes
     * @param takesValue whether a value follows it
     * @param instead what replaces it, or that nothing does
     */
    private record RemovedOption(String command, String name, boolean takesValue, String instead) {
        /** The option as one that is parsed, and does nothing but warn. */
        OptionSpec ignored(CommandLine line) {
            return OptionSpec.builder(name)
                    .type(String.class)
                    .arity(takesValue ? "1" : "0")
                    .fallbackValue("")
                    .hidden(true)
                    .setter(new CommandLine.Model.ISetter() {
                        @Override
                        public <T> T set(T value) {
                            // Null is set before the arguments are parsed.
                            if (value != null) {
                                line.getErr()
                                        .println(line.getCommandSpec().qualifiedName() + ": " + name
                                                + " is ignored, since this version does not have it: " + instead);
                            }
                            return value;
                        }
                    })
                    .build();
        }
    }

    /** Lets the subcommands of a command line accept what they had. */
    static void addTo(CommandLine line) {
        for (RemovedOption removed : ALL) {
            CommandLine command = line.getSubcommands().get(removed.command());
            if (command != null) {
                command.getCommandSpec().addOption(removed.ignored(command));
            }
        }
    }
}
