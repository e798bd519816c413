package dev.kombo.lab.command;

import dev.kombo.cli.StopSignal;
import dev.kombo.cli.TextTable;
import dev.kombo.cli.Wiring;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.ShopperSettings;
import dev.kombo.lab.data.ShopFiles;
import dev.kombo.lab.replay.ReplaySpeed;
import dev.kombo.lab.replay.ReplaySummary;
import dev.kombo.learning.mining.MiningSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A shop's first look at Kombo with its own data: from files as they are exported to a page that shows offers. */
@Command(
        name = "try",
        description = "Reads a shop's own orders, guesses their columns, learns from them, and serves the page with the"
                + " bundles found until Ctrl-C. Brings its own broker.")
final class TryCommand extends LabCommand {
    @Option(
            names = "--orders",
            required = true,
            paramLabel = "FILE",
            description =
                    "CSV of orders, plain or gzip, a row per item bought: time, customer, item, and if known order"
                            + " number, quantity, price, title, category.")
    private Path orders;

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "CSV of items: id, and if known title, category, price.")
    private Path items;

    @Option(
            names = "--bundles",
            paramLabel = "FILE",
            description =
                    "CSV of bundles, a row per member: bundle id, item id, and if known the bundle's title and price."
                            + " Needs --items with prices.")
    private Path bundles;

    @Option(
            names = "--column",
            paramLabel = "FIELD=NAME",
            description = "What a column of the orders means, where the guess is wrong, such as userId=Account; with no"
                    + " name the field has no column. May be repeated.")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "EUR",
            description = "Currency of prices without one; default ${DEFAULT-VALUE}.")
    private String currency;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Time zone of times without one, such as Europe/Berlin; default that of this machine.")
    private String zone;

    @Option(
            names = "--time-format",
            paramLabel = "PATTERN",
            description = "How times are written, such as 'dd/MM/yyyy HH:mm'; default guessed.")
    private String timeFormat;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".kombo/try",
            description = "Folder that keeps everything, emptied at the start; default ${DEFAULT-VALUE}.")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the page and the query API, 0 for any free one; default 7700.")
    private Integer port;

    private final Wiring wiring;

    TryCommand(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    void run(PrintWriter out) throws Exception {
        settings.refuseOwnCluster("try");
        String timesIn = zone == null ? ZoneId.systemDefault().getId() : zone;
        ShopFiles files =
                ShopFiles.guess(orders, items, bundles, new ShopFiles.Given(currency, timesIn, timeFormat, columns));
        print(files, out);
        Map<String, String> given = new HashMap<>(gather(port));
        // Dates without times put all orders of a day into one minute.
        given.putIfAbsent(ShopperSettings.ROBOT_RATE.name(), "1000000");
        out.println("Starting broker, registry and service on " + data + " ...");
        try (StopSignal stop = StopSignal.install();
                EmbeddedRun run = EmbeddedRun.start(wiring, data, true, given, stop, clients -> {})) {
            ReplaySummary figures =
                    new Replay(run.config(), stop, out).run(files, orders, ReplaySpeed.parse("max"), false);
            summarise(figures);
            figures.account().requireAccepted(orders);
            out.println();
            if (figures.bundles() == 0) {
                out.println(whyNoBundles(files, run.config()));
            } else {
                out.println("Look at " + run.url()
                        + "/#/bundles for the bundles found, and for what a customer is offered at " + run.url()
                        + "/#/shoppers" + (files.busiestUser() == null ? "" : ", such as " + files.busiestUser()));
            }
            run.serve(stop, out);
        }
    }

    private void print(ShopFiles files, PrintWriter out) {
        TextTable table = new TextTable("column of " + orders.getFileName(), "taken as", "for example");
        files.columns().forEach(column -> table.row(column.name(), column.field(), column.example()));
        files.unused().forEach(column -> table.row(column, "not used", ""));
        out.print(table);
        files.notes().forEach(note -> out.println("Note: " + note + "."));
        out.println();
        out.println(
                "The same as a mapping, for replay --format csv --mapping FILE; --column FIELD=NAME changes a guess:");
        out.println(files.mapping());
    }

    private static String whyNoBundles(ShopFiles files, KomboConfig config) {
        return "No bundle was found: of " + files.orderCount() + " orders " + files.basketCount()
                + " have two items or more, and a pair counts once it comes in at least "
                + config.get(MiningSettings.SUPPORT_MIN) + " of them, "
                + config.get(MiningSettings.LIFT_MIN) + " times as often as by chance."
                + (files.orderCount() == 0 ? " The file has no order number: --column orderId=NAME names it." : "");
    }
}
