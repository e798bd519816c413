package dev.kombo.cli;

import dev.kombo.config.ServiceSettings;
import dev.kombo.console.PrintingCommand;
import dev.kombo.console.SettingsOptions;
import dev.kombo.instance.CommandContext;
import dev.kombo.query.TopologyView;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Shows the topology with the default settings. Needs neither broker nor registry. */
@Command(name = "topology", description = "Prints the topology as Mermaid charts.")
final class TopologyCommand extends PrintingCommand {
    private static final Map<String, String> OFFLINE = Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://topology");

    private final CommandContext wiring;

    TopologyCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    protected boolean run(PrintWriter out) {
        TopologyView topology = TopologyView.of(
                wiring.topology().apply(SettingsOptions.checked(OFFLINE)).describe());
        Mermaid.charts(topology).forEach((title, chart) -> {
            out.println("%% " + title);
            out.println(chart);
        });
        return true;
    }
}
