package dev.kombo.shop.command;

import dev.kombo.config.ApiSettings;
import dev.kombo.console.StopSignal;
import dev.kombo.instance.CommandContext;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.simulation.ShopSettings;
import dev.kombo.shop.simulation.SimulationRun;
import dev.kombo.shop.simulation.Storefront;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows Kombo at work: broker, registry, service and a shop with simulated shoppers in one process. */
@Command(
        name = "demo",
        description = "Runs a broker, the service and a shop with simulated shoppers, and shows what offers" + " earn.")
final class DemoCommand extends SummaryCommand {
    @Mixin
    private final ShopOptions options = new ShopOptions();

    @Mixin
    private final EmbeddedOptions embedded = new EmbeddedOptions();

    @Option(names = "--fresh", description = "Delete what an earlier demo left in the folder.")
    private boolean fresh;

    private static final String NOTICE = "This is a demo: its shoppers are made up, and accept offers ten times as"
            + " often as those of the simulation. What offers earn here says nothing of a real shop.";

    private final CommandContext wiring;

    DemoCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    protected void run(PrintWriter out) throws Exception {
        settings.refuseOwnCluster("demo");
        ShopSettings shop = options.shop();
        Map<String, String> given = SimulationRun.liveSettings(embedded.gather(settings));
        given.putIfAbsent(ApiSettings.PAGE_NOTICE.name(), NOTICE);

        try (StopSignal stop = StopSignal.install();
                EmbeddedRun run = EmbeddedRun.start(
                        wiring,
                        DataFolder.take(embedded.folder("demo"), fresh),
                        given,
                        stop,
                        out,
                        clients -> Storefront.open(shop, clients, System.currentTimeMillis()));
                KafkaClients clients = run.clients()) {
            run.announce(out);
            out.println(NOTICE);
            summarise(new Demo(clients, stop, out).run(shop, options.duration));
        } catch (InterruptedException e) {
            out.println("Stopped before the shop was open.");
        }
    }
}
