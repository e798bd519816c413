package dev.kombo.cli;

import dev.kombo.console.QueryOptions;
import dev.kombo.console.SettingsOptions;
import dev.kombo.instance.CommandContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;

/** Assembles the command line: the root command with all others, their help by groups, and the reports of errors. */
public final class KomboCommandLine {
    /** Commands by what they are for, as the help lists them. */
    private static final List<Map.Entry<String, List<String>>> GROUPS = List.of(
            Map.entry("Try it", List.of("demo", "try", "replay")),
            Map.entry("Run it", List.of("run", "topics", "webhook", "token", "shop")),
            Map.entry("Ask and change a running instance", List.of("offers", "report", "catalog", "topology")),
            Map.entry("Keep it", List.of("export", "import", "skip", "leave", "reset", "pseudonym", "customer-key")),
            Map.entry("Measure it", List.of("evaluate", "tune", "simulate", "bench")));

    private KomboCommandLine() {}

    private static String grouped(Help help) {
        Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
        StringBuilder text = new StringBuilder();
        GROUPS.forEach(part -> {
            Map<String, Help> group = new LinkedHashMap<>();
            part.getValue().stream().filter(left::containsKey).forEach(name -> group.put(name, left.remove(name)));
            append(text, part.getKey(), group, help);
        });
        append(text, text.isEmpty() ? "Commands" : "More", left, help);
        return text.toString();
    }

    private static void append(StringBuilder text, String heading, Map<String, Help> group, Help help) {
        if (!group.isEmpty()) {
            text.append(System.lineSeparator()).append(heading).append(':').append(System.lineSeparator());
            text.append(help.commandList(group));
        }
    }

    /**
     * Returns the root command with its subcommands.
     *
     * @param wiring dependencies of the commands
     * @param more further subcommands: objects with picocli's annotations
     */
    public static CommandLine create(CommandContext wiring, List<Object> more) {
        // Messages are in English whatever the machine speaks. Kafka Streams formats one for each task that waits for
        // input: in this locale the JDK need not look up digits for it, which was 5 % of all allocation.
        Locale.setDefault(Locale.US);
        KomboCommand root = new KomboCommand();
        CommandLine line = new CommandLine(root, new SettingsFactory(wiring));
        more.forEach(line::addSubcommand);
        line.addSubcommand(new RunCommand(wiring));
        line.addSubcommand(new TopicsCommand());
        line.addSubcommand(new TopologyCommand(wiring));
        line.addSubcommand(new CatalogCommand());
        line.addSubcommand(new OffersCommand());
        line.addSubcommand(new ReportCommand());
        line.addSubcommand(new TokenCommand());
        line.addSubcommand(new WebhookCommand());
        line.addSubcommand(new SkipCommand());
        line.addSubcommand(new LeaveCommand());
        line.addSubcommand(new ResetCommand());
        line.addSubcommand(new ExportCommand());
        line.addSubcommand(new ImportCommand());
        line.addSubcommand(new PseudonymCommand());
        line.addSubcommand(new CommandLine(new AutoComplete.GenerateCompletion()).setCommandName("completion"));
        RemovedOptions.addTo(line);
        CommandErrors mistakes = new CommandErrors(root);
        line.setParameterExceptionHandler(mistakes::onParameters);
        line.setExecutionExceptionHandler(mistakes::onFailure);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, KomboCommandLine::grouped);
        return line;
    }

    /** Creates objects that picocli cannot: options may also be set by the environment. */
    private static final class SettingsFactory implements CommandLine.IFactory {
        private final CommandContext wiring;

        SettingsFactory(CommandContext wiring) {
            this.wiring = wiring;
        }

        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == SettingsOptions.class) {
                return type.cast(new SettingsOptions(wiring.environment()));
            }
            return type == QueryOptions.class
                    ? type.cast(new QueryOptions(wiring.environment()))
                    : CommandLine.defaultFactory().create(type);
        }
    }

    /** The root command; it does nothing itself. */
    @Command(
            name = "kombo",
            description = "Real-time recommendation engine for product bundles.",
            mixinStandardHelpOptions = true,
            versionProvider = KomboVersion.class,
            scope = CommandLine.ScopeType.INHERIT,
            sortOptions = false,
            usageHelpAutoWidth = true,
            synopsisSubcommandLabel = "COMMAND",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:failed", "2:the command cannot be run as given"})
    static final class KomboCommand {
        @Option(
                names = "--stacktrace",
                scope = CommandLine.ScopeType.INHERIT,
                description = "Show the stack trace if a command fails.")
        boolean stackTrace;
    }

    /** Reads the version that Maven recorded in the build. */
    private static final class KomboVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            Properties properties = new Properties();
            try (InputStream in = KomboVersion.class.getResourceAsStream("/kombo-version.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new String[] {"kombo " + properties.getProperty("version")};
        }
    }
}
