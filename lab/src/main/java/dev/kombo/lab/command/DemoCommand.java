package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.cli.Wiring;
import dev.kombo.config.ApiSettings;
import dev.kombo.lab.kafka.LabClients;
import dev.kombo.lab.replay.ReplayException;
import dev.kombo.lab.simulation.Shop;
import dev.kombo.lab.simulation.ShopException;
import dev.kombo.lab.simulation.ShopSettings;
import dev.kombo.lab.simulation.SimulationRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows Kombo at work: broker, registry, service and a shop of simulated shoppers in one process. */
@Command(
        name = "demo",
        description = "Runs broker, service and a shop of simulated shoppers, and shows what offers earn.")
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private final ShopOptions options = new ShopOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".kombo/demo",
            description = "Folder that keeps everything; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(names = "--fresh", description = "Forget what an earlier demo left in the folder.")
    private boolean fresh;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the query API, 0 for any free one; default 7700.")
    private Integer port;

    @Mixin
    private SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    private final Wiring wiring;

    DemoCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Integer call() throws Exception {
        ShopSettings shop = options.shop();
        Map<String, String> implied = new HashMap<>();
        if (port != null) {
            implied.put(ApiSettings.PORT.name(), port.toString());
        }
        Map<String, String> given = SimulationRun.liveSettings(settings.gather(implied));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Starting broker, registry and service on " + data + " ...");
        out.flush();
        try (StopSignal stop = StopSignal.install();
                EmbeddedRun run = EmbeddedRun.start(
                        wiring,
                        data,
                        fresh,
                        given,
                        stop,
                        clients -> Shop.publish(shop, clients, System.currentTimeMillis()));
                LabClients clients = run.clients()) {
            out.println("Page: " + run.url());
            out.println("Query API: " + run.url() + "   (for example " + run.url() + "/v1/reports/conversions)");
            out.println(run.addresses());
            out.flush();
            new Demo(clients, stop, out).run(shop, options.duration(), options.summary());
            return ExitCode.OK;
        } catch (InterruptedException e) {
            out.println("Stopped before the shop was open.");
            out.flush();
            return ExitCode.OK;
        } catch (ShopException | ReplayException e) {
            throw CommandException.failure(e.getMessage(), e);
        }
    }
}
