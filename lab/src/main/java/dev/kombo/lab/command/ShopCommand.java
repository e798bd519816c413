package dev.kombo.lab.command;

import dev.kombo.cli.Brokers;
import dev.kombo.cli.StopSignal;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.simulation.ShopSettings;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the demo's simulated shop against a service that runs elsewhere, such as in containers. */
@Command(
        name = "shop",
        description =
                "Runs the demo's shop with simulated shoppers on a cluster where the service is already" + " running.")
final class ShopCommand extends LabCommand {
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
            summarise(new Demo(clients, stop, out).run(shop, options.duration()));
        }
    }
}
