package dev.kombo.shop.command;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.console.Brokers;
import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.StopSignal;
import dev.kombo.instance.CommandContext;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.FileCheck;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.replay.ReplaySpeed;
import dev.kombo.shop.replay.ReplaySummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Publishes a file of real behaviour and accounts for each of its rows. */
@Command(
        name = "replay",
        description =
                "Publishes a file of real behaviour, waits until it is processed, and accounts for each" + " row.")
final class ReplayCommand extends SummaryCommand {
    @Option(
            names = "--format",
            required = true,
            paramLabel = "NAME",
            description = "Format of the file: orders (an export of Shopify, WooCommerce, Magento, shopware or"
                    + " PrestaShop, or guessed), csv with --mapping, holdings, ga4, segment, snowplow (one JSON document"
                    + " per line), or online-retail.")
    private String format;

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "The file, plain or gzip; tables may be .xlsx.")
    private Path file;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Column mapping, for csv.")
    private Path mapping;

    @Mixin
    private final OrderFileOptions files = new OrderFileOptions();

    @Option(
            names = "--embedded",
            description = "Run broker, registry and service in this process; --data, --port and --serve need it.")
    private boolean embedded;

    @Mixin
    private final EmbeddedOptions own = new EmbeddedOptions();

    @Option(names = "--serve", description = "With --embedded: keep running until Ctrl-C, to view the page.")
    private boolean serve;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            defaultValue = "max",
            description = "max, or a multiple of real time such as 60x; default ${DEFAULT-VALUE}.")
    private String speed;

    @Option(
            names = "--continue",
            description = "Continue where an earlier replay of the file stopped; default: start again.")
    private boolean resume;

    @Option(
            names = "--live",
            description = "Take the rows as behaviour of now: assign shoppers to arms and make offers, for backtests;"
                    + " default: they are of the past, from which Kombo only learns.")
    private boolean live;

    private final CommandContext wiring;

    ReplayCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    protected void run(PrintWriter out) throws Exception {
        ReplaySpeed pace = ReplaySpeed.parse(speed);
        boolean ofOrders = format.equals(ShopFiles.NAME) && mapping == null;
        EventFileFormat known = ofOrders ? null : EventFileFormat.named(format, mapping);
        checkFiles();
        UnaryOperator<String> customers = files.customers(embedded ? own.folder("replay") : null);
        file = files.csv(file);
        EventFileFormat rows = ofOrders ? orders(out) : known;
        Map<String, String> given = own.gather(settings);
        try (StopSignal stop = StopSignal.install()) {
            if (embedded) {
                // A demo or a service may use the default port.
                given.putIfAbsent(ApiSettings.PORT.name(), "0");
                try (EmbeddedRun run = EmbeddedRun.start(
                                wiring,
                                DataFolder.take(own.folder("replay"), !resume),
                                given,
                                stop,
                                out,
                                clients -> Replay.publishProducts(clients, rows, file));
                        KafkaClients clients = run.clients()) {
                    run.announce(out);
                    finish(new Replay(clients, stop, out, customers).run(rows, file, pace, resume, live));
                    if (serve) {
                        run.serve(stop, out);
                    }
                }
            } else {
                KomboConfig config = SettingsOptions.checked(given);
                Brokers.requireReachable(config);
                try (KafkaClients clients = new KafkaClients(config)) {
                    finish(new Replay(clients, stop, out, customers).run(rows, file, pace, resume, live));
                }
            }
        } catch (InterruptedException e) {
            out.println("Use --continue to resume from here.");
            throw e;
        }
    }

    /** The format of a file of orders, which is shown and checked before anything of the file is published. */
    private ShopFiles orders(PrintWriter out) throws IOException {
        ShopFiles shop = ShopFiles.guess(file, null, null, files.given());
        shop.guesses().forEach(guess -> TryCommand.print(guess, "not used", out));
        out.flush();
        FileCheck.requireUsable(shop, file);
        return shop;
    }

    private void finish(ReplaySummary figures) {
        summarise(figures);
        figures.account().requireAccepted(file);
    }

    private void checkFiles() {
        String ofEmbedded = serve ? "--serve" : own.given();
        if (ofEmbedded != null && !embedded) {
            throw CommandException.mistake(ofEmbedded + " needs --embedded");
        }
        if (embedded) {
            settings.refuseOwnCluster("--embedded");
        }
        OptionChecks.file(file);
        OptionChecks.file(mapping);
    }
}
