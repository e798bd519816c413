package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.Brokers;
import dev.kombo.console.StopSignal;
import dev.kombo.instance.CommandContext;
import dev.kombo.instance.EmbeddedCluster;
import dev.kombo.instance.ExtraCommands;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.ChildJvm;
import dev.kombo.shop.process.ParentWatch;
import dev.kombo.shop.simulation.ShopSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands with which a shop tries Kombo, beside those of the service. */
public final class ShopCommands implements ExtraCommands {
    private static final Logger LOG = LoggerFactory.getLogger(ShopCommands.class);

    /**
     * Called by the command line. A service that one of these commands has started ends with the process that started
     * it.
     */
    public ShopCommands() {
        if (ChildJvm.isChild()) {
            ParentWatch.endWithParent(System.in);
        }
    }

    @Override
    public Optional<EmbeddedCluster.Starter> embedded() {
        return Optional.of(
                (data, fresh, settings) -> EmbeddedStack.start(DataFolder.take(data, fresh), settings, LOG::warn));
    }

    @Override
    public List<Object> commands(CommandContext wiring) {
        return List.of(
                new DemoCommand(wiring),
                new TryCommand(wiring),
                new ShopCommand(),
                new ReplayCommand(wiring),
                new CustomerKeyCommand(),
                new PlanCommand(),
                new CalibrateCommand(),
                new SimulateCommand());
    }

    /** Runs the demo's simulated shop against a service that runs elsewhere, such as in containers. */
    @Command(
            name = "shop",
            description = "Runs the demo's shop with simulated shoppers on a cluster where the service is already"
                    + " running.")
    private static final class ShopCommand extends SummaryCommand {
        @Mixin
        private final ShopOptions options = new ShopOptions();

        @Override
        protected void run(PrintWriter out) throws Exception {
            ShopSettings shop = options.shop();
            KomboConfig config = settings.config();
            Brokers.requireReachable(config);
            out.println("The shop opens on " + config.get(ServiceSettings.BOOTSTRAP_SERVERS) + ".");
            try (StopSignal stop = StopSignal.install();
                    KafkaClients clients = new KafkaClients(config)) {
                summarise(new Demo(clients, stop, out).run(shop, options.duration));
            }
        }
    }
}
