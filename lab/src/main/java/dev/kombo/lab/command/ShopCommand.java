package dev.kombo.lab.command;

import dev.kombo.cli.Brokers;
import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.replay.ReplayException;
import dev.kombo.lab.simulation.ShopException;
import dev.kombo.lab.simulation.ShopSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The simulated shop of the demo beside a service that runs elsewhere, such as in containers. */
@Command(
        name = "shop",
        description = "Runs the demo's shop of simulated shoppers on a cluster where the service runs already.")
final class ShopCommand implements Callable<Integer> {
    @Mixin
    private final ShopOptions options = new ShopOptions();

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        ShopSettings shop = options.shop();
        KomboConfig config = settings.config();
        Brokers.requireReachable(config);
        PrintWriter out = spec.commandLine().getOut();
        out.println("The shop opens on " + config.get(ServiceSettings.BOOTSTRAP_SERVERS) + ".");
        out.flush();
        try (StopSignal stop = StopSignal.install();
                LabClients clients = new LabClients(config)) {
            new Demo(clients, stop, out).run(shop, options.duration(), options.summary());
            return ExitCode.OK;
        } catch (ShopException | ReplayException e) {
            throw CommandException.failure(e.getMessage(), e);
        }
    }
}
