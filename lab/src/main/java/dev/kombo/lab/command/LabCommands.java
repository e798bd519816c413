package dev.kombo.lab.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.Brokers;
import dev.kombo.console.StopSignal;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.EmbeddedCluster;
import dev.kombo.instance.ExtraCommands;
import dev.kombo.lab.kafka.ChildJvm;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.kafka.ParentWatch;
import dev.kombo.lab.quality.BasketProtocols;
import dev.kombo.lab.quality.BundleRecPass;
import dev.kombo.lab.quality.HoldingsPass;
import dev.kombo.lab.quality.Protocol;
import dev.kombo.lab.quality.YoushuPass;
import dev.kombo.lab.simulation.ShopSettings;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that the lab adds to those of the service. */
public final class LabCommands implements ExtraCommands {
    private static final Logger LOG = LoggerFactory.getLogger(LabCommands.class);

    /** The evaluation protocols of all data sets, in the order in which they are listed. */
    static final List<Protocol> PROTOCOLS = List.of(
            YoushuPass.PROTOCOL,
            BasketProtocols.ONLINE_RETAIL,
            BundleRecPass.PROTOCOL,
            BasketProtocols.NEXT_BASKET,
            HoldingsPass.PROTOCOL);

    /** Called by the command line. A service that the lab has started ends with the process that started it. */
    public LabCommands() {
        if (ChildJvm.isChild()) {
            ParentWatch.endWithParent(System.in);
        }
    }

    @Override
    public EmbeddedCluster.Starter embedded() {
        return (data, fresh, settings) -> EmbeddedStack.start(DataFolder.take(data, fresh), settings, LOG::warn);
    }

    @Override
    public List<Object> commands(CommandContext wiring) {
        return List.of(
                new DemoCommand(wiring),
                new TryCommand(wiring),
                new ShopCommand(),
                new ReplayCommand(wiring),
                new CustomerKeyCommand(),
                new EvaluateCommand(PROTOCOLS),
                new TuneCommand(PROTOCOLS),
                new PlanCommand(),
                new CalibrateCommand(),
                new SimulateCommand(),
                new BenchCommand());
    }

    /** Runs the demo's simulated shop against a service that runs elsewhere, such as in containers. */
    @Command(
            name = "shop",
            description = "Runs the demo's shop with simulated shoppers on a cluster where the service is already"
                    + " running.")
    private static final class ShopCommand extends LabCommand {
        @Mixin
        private final ShopOptions options = new ShopOptions();

        @Override
        void run(PrintWriter out) throws Exception {
            ShopSettings shop = options.shop();
            KomboConfig config = settings.config();
            Brokers.requireReachable(config);
            out.println("The shop opens on " + config.get(ServiceSettings.BOOTSTRAP_SERVERS) + ".");
            try (StopSignal stop = StopSignal.install();
                    LabClients clients = new LabClients(config)) {
                summarise(new Demo(clients, stop, out).run(shop, options.duration));
            }
        }
    }
}
