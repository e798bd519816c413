package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.TrackerSettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.QueryOptions;
import dev.kombo.console.StopSignal;
import dev.kombo.console.TextTable;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.instance.CommandContext;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.price.BundlePricing;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.FileCheck;
import dev.kombo.shop.data.GuessedColumns;
import dev.kombo.shop.data.HoldingsTable;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.replay.ReplaySpeed;
import dev.kombo.shop.replay.ReplaySummary;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries Kombo on a shop's or a bank's own data: from exported files to a page of offers. */
@Command(
        name = "try",
        description = "Reads a shop's own orders, or the holdings of a bank's customers, guesses the columns,"
                + " learns from them, and serves a page with the resulting offers until Ctrl-C. Starts its"
                + " own broker.")
final class TryCommand extends SummaryCommand {
    /** Lower bound of the lift of what is offered without approval: that of chance pairs of regulars is below. */
    private static final String SURE_LIFT = "2.5";

    @Option(
            names = "--orders",
            paramLabel = "FILE",
            description = "CSV or .xlsx of orders, one row per item bought: time, customer, item, and"
                    + " optionally order number, quantity, price, title, category.")
    private Path orders;

    @Option(
            names = "--holdings",
            paramLabel = "FILE",
            description = "Instead of orders, CSV of holdings: one row per customer with 0 or 1 per product, or"
                    + " one row per holding.")
    private Path holdings;

    @Option(
            names = "--items",
            paramLabel = "FILE",
            description = "CSV of items: id, and optionally title, category, price, cost, stock, image, link, and what"
                    + " else kombo catalog export items prints, under the same names.")
    private Path items;

    @Option(
            names = "--bundles",
            paramLabel = "FILE",
            description =
                    "CSV of bundles, one row per member: bundle id, item id (none with slots alone), and optionally the"
                            + " bundle's title, price and currency (default that of its items). Or one row per bundle"
                            + " with the columns that kombo catalog export bundles prints, such as members, slots and"
                            + " priceTiers. Needs --items with prices.")
    private Path bundles;

    @Mixin
    private final OrderFileOptions files = new OrderFileOptions();

    @Mixin
    private final EmbeddedOptions embedded = new EmbeddedOptions();

    @Option(
            names = "--fresh",
            description = "Delete what an earlier start left in the folder. Without it, the same command goes on where"
                    + " the earlier one ended, and one with other files, options or settings is refused.")
    private boolean fresh;

    private final CommandContext wiring;
    private final FolderInputs inputs = new FolderInputs();
    private UnaryOperator<String> customers;

    TryCommand(CommandContext wiring) {
        this.wiring = wiring;
    }

    @Override
    protected void run(PrintWriter out) throws Exception {
        settings.refuseOwnCluster("try");
        if ((orders == null) == (holdings == null)) {
            throw CommandException.mistake("give either --orders or --holdings");
        }
        String ofOrders = items != null ? "--items" : bundles != null ? "--bundles" : files.ofOrders();
        if (holdings != null && ofOrders != null) {
            throw CommandException.mistake("--holdings has no " + ofOrders + ", which goes with --orders");
        }
        customers = files.customers(embedded.folder("try"));
        inputs.file("--orders", orders)
                .file("--holdings", holdings)
                .file("--items", items)
                .file("--bundles", bundles);
        files.addTo(inputs);
        orders = files.csv(orders);
        holdings = files.csv(holdings);
        items = files.csv(items);
        bundles = files.csv(bundles);
        Map<String, String> given = embedded.gather(settings);
        inputs.settings(given);
        // On one machine these features, for trials from a web page and from a topic, cost little.
        given.putIfAbsent(TrackerSettings.KEY_SHOWN.name(), "my-shop");
        given.putIfAbsent(TrackerSettings.ORIGINS.name(), "http://127.0.0.1:8000");
        given.putIfAbsent(OfferSettings.CURRENT.name(), "true");
        if (holdings == null) {
            tryShop(given, out);
        } else {
            tryBank(given, out);
        }
    }

    private void tryShop(Map<String, String> given, PrintWriter out) throws Exception {
        ShopFiles shop = ShopFiles.guess(orders, items, bundles, files.given());
        shop.guesses().forEach(guess -> print(guess, "not used", out));
        if (shop.guesses().get(0).export() == null) {
            out.println(
                    "Guessed mapping, for replay --format csv --mapping FILE; correct it with --column FIELD=NAME:");
            out.println(shop.guesses().get(0).mapping());
        }
        out.flush();
        FileCheck.requireUsable(shop, orders);
        // Nobody approves what is found here, and regulars who like two unrelated items buy both in many orders.
        given.putIfAbsent(MiningSettings.LIFT_LOWER_MIN.name(), SURE_LIFT);
        // Dates without times put all orders of a day into one minute.
        given.putIfAbsent(ShopperSettings.ROBOT_RATE.name(), "1000000");
        serve(shop, orders, given, out, (run, figures) -> {
            String user = shop.busiestUser();
            try (KafkaClients clients = run.clients()) {
                ShopResult result = ShopResult.of(shop, figures, clients);
                summarise(result);
                result.print(out);
            }
            out.println(advice(shop));
            if (figures.bundles() == 0) {
                return whyNoBundles(shop, run.config());
            }
            return foundBundles(figures.bundles(), run)
                    + "How long until you know whether offers pay: ./kombo plan --orders FILE\n"
                    + (user == null ? "" : whatIsOffered(run, "shopper", customers.apply(user)));
        });
    }

    private void tryBank(Map<String, String> given, PrintWriter out) throws Exception {
        HoldingsTable table = new HoldingsTable(files.columns);
        GuessedColumns guess = table.guess(holdings);
        print(guess, "a product", out);
        out.flush();
        FileCheck.requireUsable(table, holdings);
        given.putIfAbsent(ProfileLimits.HOLDINGS.name(), "true");
        given.putIfAbsent(CustomerLevels.NAMES.name(), String.join(",", HoldingsTable.attributes(guess)));
        out.println("Attributes of customers that are used to rank: " + given.get(CustomerLevels.NAMES.name()) + " ("
                + CustomerLevels.NAMES.name() + ")");
        serve(
                table,
                holdings,
                given,
                out,
                (run, figures) -> """
                    Each product, without a price, is offered to customers who do not hold it; to make packages of several, \
                    or say who may have what: %s/#/catalog
                    """.formatted(run.url())
                        + whatIsOffered(run, "customer", customers.apply(table.someCustomer())));
    }

    /**
     * Replays a file, prints where to look, and runs until asked to stop.
     *
     * @param next says what to do when the file is learned
     */
    private void serve(
            EventFileFormat format,
            Path file,
            Map<String, String> given,
            PrintWriter out,
            BiFunction<EmbeddedRun, ReplaySummary, String> next)
            throws Exception {
        DataFolder data = DataFolder.take(embedded.folder("try"), fresh);
        boolean again = data.claim(inputs);
        Optional<FolderInputs.Learned> before = again ? FolderInputs.learned(data.path()) : Optional.empty();
        if (again && before.isEmpty()) {
            out.println("Going on where the start before this one ended; --fresh begins anew.");
        }
        try (StopSignal stop = StopSignal.install();
                EmbeddedRun run = EmbeddedRun.start(wiring, data, given, stop, out, clients -> {
                    if (before.isEmpty()) {
                        Replay.publishProducts(clients, format, file);
                    }
                });
                KafkaClients clients = run.clients()) {
            Replay replay = new Replay(clients, stop, out, customers);
            ReplaySummary figures = before.isPresent()
                    ? replay.again(before.get().account(), before.get().seconds())
                    : replay.run(format, file, ReplaySpeed.parse("max"), again, false);
            summarise(figures);
            figures.account().requireMany(file);
            FolderInputs.learned(run.folder(), new FolderInputs.Learned(figures.account(), figures.seconds()));
            out.println();
            out.println(next.apply(run, figures));
            run.serve(stop, out);
        }
    }

    /** Prints what the columns of a file are taken for. */
    static void print(GuessedColumns guess, String otherwise, PrintWriter out) {
        if (guess.export() != null) {
            out.println(guess.file() + " is an export of " + guess.export() + ".");
        }
        TextTable table = new TextTable("column of " + guess.file(), "taken as", "how sure", "for example");
        guess.columns()
                .forEach(column -> table.row(column.name(), column.field(), column.confidence(), column.examples()));
        if (guess.export() == null) {
            guess.unused().forEach(column -> table.row(column, otherwise, "", ""));
        }
        out.print(table);
        guess.notes().forEach(note -> out.println("Note: " + note + "."));
        out.println();
    }

    /** The one thing that would make the result better. */
    private String advice(ShopFiles shop) {
        String better = "the files have all that Kombo uses.";
        if (shop.orderCount() == 0) {
            better = "a column with the order's number, --column orderId=NAME: bundles are found in orders.";
        } else if (shop.customerCount() == 0) {
            better = "a column with the customer, --column userId=NAME: without it nobody's taste is known.";
        } else if (!shop.hasCosts()) {
            better = "what items cost you, as a column of --items: then no offer is below cost, and margin can be the"
                    + " aim.";
        }
        return "What would make it better: " + better;
    }

    private static String foundBundles(long bundles, EmbeddedRun run) {
        String price = "up to %s %% below the sum of their prices"
                .formatted(run.config().get(BundlePricing.DISCOUNT) / 100.0);
        return run.config().get(MiningSettings.AUTO_APPROVE)
                ? "%d bundles are in the catalogue, and can be offered. Those found in the orders went in without approval, at %s. To price, stop or make bundles: %s/#/catalog%n"
                        .formatted(bundles, price, run.url())
                : "Approve the bundles found at %s/#/bundles; they cost %s.%n".formatted(run.url(), price);
    }

    private static String whatIsOffered(EmbeddedRun run, String who, String id) {
        String url = run.url().equals(QueryOptions.DEFAULT_URL) ? "" : " --url " + run.url();
        return "What a %s is offered, and why: %s/#/shoppers/%s or ./kombo offers %s%s"
                .formatted(
                        who,
                        run.url(),
                        URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"),
                        id,
                        url);
    }

    private static String whyNoBundles(ShopFiles files, KomboConfig config) {
        return "No bundle was found: of " + files.orderCount() + " orders " + files.basketCount()
                + " have two items or more; a pair is suggested if it occurs in at least "
                + config.get(MiningSettings.SUPPORT_MIN) + " of them, "
                + config.get(MiningSettings.LIFT_MIN) + " times as often as by chance."
                + (files.orderCount() == 0 ? " The file has no order number: --column orderId=NAME names it." : "");
    }
}
