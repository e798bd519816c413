package dev.kombo.cli;

import dev.kombo.config.ServiceSettings;
import dev.kombo.console.SettingsOptions;
import dev.kombo.instance.CommandContext;
import dev.kombo.query.TopologyView;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the topology with the default settings. Needs neither broker nor registry. */
@Command(name = "topology", description = "Prints the topology as Mermaid charts.")
final class TopologyCommand implements Callable<Integer> {
    private static final Map<String, String> OFFLINE = Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://topology");

    @Spec
    private CommandSpec spec;

    private final CommandContext wiring;

    TopologyCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        TopologyView topology = TopologyView.of(
                wiring.topology().apply(SettingsOptions.checked(OFFLINE)).describe());
        Mermaid.charts(topology).forEach((title, chart) -> {
            out.println("%% " + title);
            out.println(chart);
        });
        return ExitCode.OK;
    }
}
