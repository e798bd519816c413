package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.instance.CommandContext;
import dev.kombo.query.TopologyView;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Shows the topology, and writes or checks the reference pages. Needs neither broker nor registry; always uses the
 * default settings.
 */
@Command(
        name = "topology",
        description = "Prints the topology as Mermaid charts, or writes or checks the reference pages.")
final class TopologyCommand implements Callable<Integer> {
    private static final Map<String, String> OFFLINE = Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://topology");

    /** What to do with the reference pages. */
    static final class PagesOptions {
        @Option(names = "--pages", paramLabel = "DIR", description = "Write the reference pages into a folder.")
        private Path write;

        @Option(
                names = "--check",
                paramLabel = "DIR",
                description = "Fail if the pages in a folder differ from those that --pages would write.")
        private Path check;
    }

    @ArgGroup
    private PagesOptions pages;

    @Spec
    private CommandSpec spec;

    private final CommandContext wiring;

    TopologyCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        KomboConfig config = SettingsOptions.checked(OFFLINE);
        TopologyView topology = TopologyView.of(wiring.topology().apply(config).describe());
        if (pages == null) {
            print(out, topology);
            return ExitCode.OK;
        }
        ReferencePages reference = new ReferencePages(config, topology);
        if (pages.write != null) {
            reference.writeTo(pages.write);
            out.println("Wrote " + reference.names() + " to " + pages.write);
            return ExitCode.OK;
        }
        List<String> stale = reference.staleIn(pages.check);
        if (stale.isEmpty()) {
            out.println("The pages in " + pages.check + " are up to date.");
            return ExitCode.OK;
        }
        throw CommandException.failure("stale in " + pages.check + ": " + String.join(", ", stale)
                + "; ./kombo topology --pages " + pages.check + " writes them again");
    }

    private static void print(PrintWriter out, TopologyView topology) {
        Mermaid.charts(topology).forEach((title, chart) -> {
            out.println("%% " + title);
            out.println(chart);
        });
    }
}
