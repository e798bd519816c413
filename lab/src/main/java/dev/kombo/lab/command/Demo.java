package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.StopSignal;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.lab.shop.DemoDisplay;
import dev.kombo.lab.shop.DemoSummary;
import dev.kombo.lab.shop.ReportReader;
import dev.kombo.lab.shop.Shop;
import dev.kombo.lab.shop.ShopSettings;
import dev.kombo.lab.shop.ShopTally;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;

/** A shop on a running service: opens the shop, shows what happens, closes it and sums up. */
final class Demo {
    private static final Duration REDRAW = Duration.ofSeconds(1);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final Duration LAST_LOOK = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofMillis(2500);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final Map<String, Object> PRODUCER_SETTINGS =
            Map.of(ProducerConfig.LINGER_MS_CONFIG, 5, ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");

    private final KomboConfig config;
    private final Runnable requireAlive;
    private final StopSignal stop;
    private final PrintWriter out;
    private final boolean interactive = Terminal.isInteractive();
    private int drawn;

    /**
     * @param config of the installation
     * @param requireAlive fails where there is no use in going on; called once a second
     */
    Demo(KomboConfig config, Runnable requireAlive, StopSignal stop, PrintWriter out) {
        this.config = config;
        this.requireAlive = requireAlive;
        this.stop = stop;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param duration how long the shop is open; null: until told to stop
     * @param summary file to write the figures to, or null
     */
    void run(ShopSettings settings, Duration duration, Path summary) throws IOException, InterruptedException {
        Topics topics = Topics.of(config);
        try (LabClients clients = new LabClients(config);
                ReportReader reports =
                        new ReportReader(clients.consumer(ConversionReport.class), topics.conversionReport())) {
            long openedAt = System.nanoTime();
            Shop shop = new Shop(
                    settings,
                    topics,
                    () -> clients.producer(PRODUCER_SETTINGS),
                    () -> clients.consumer(BundleOffer.class),
                    System::currentTimeMillis);
            try (shop) {
                shop.openForBusiness();
                watch(shop, reports, openedAt, duration);
            }
            Duration open = Duration.ofNanos(System.nanoTime() - openedAt);
            settle(clients, topics);
            readToEnd(reports);
            finish(open, shop.tally(), reports.totals(), summary);
        }
    }

    private void watch(Shop shop, ReportReader reports, long openedAt, Duration duration) throws InterruptedException {
        long shownAt = openedAt;
        while (!stop.await(REDRAW)) {
            requireAlive.run();
            if (shop.failure() != null) {
                throw CommandException.failure(
                        "the simulated shop failed: " + shop.failure().getMessage(), shop.failure());
            }
            reports.poll(Duration.ZERO);
            long now = System.nanoTime();
            Duration elapsed = Duration.ofNanos(now - openedAt);
            if (interactive) {
                List<String> lines = DemoDisplay.table(elapsed, shop.tally(), reports.totals());
                out.print(DemoDisplay.redraw(lines, drawn));
                drawn = lines.size();
            } else if (now - shownAt >= LINE.toNanos()) {
                out.println(DemoDisplay.line(elapsed, shop.tally(), reports.totals()));
                shownAt = now;
            }
            out.flush();
            if (duration != null && elapsed.compareTo(duration) >= 0) {
                return;
            }
        }
    }

    /** The last events are still on their way to the report. */
    private void settle(LabClients clients, Topics topics) throws InterruptedException {
        try (Consumer<byte[], byte[]> consumer = clients.bytes(IsolationLevel.READ_COMMITTED)) {
            Quiet.await(
                    consumer,
                    List.of(topics.behaviorEvent(), topics.offerOutcome(), topics.conversionReport()),
                    QUIET,
                    LONGEST_WAIT);
        }
    }

    /** One poll may give only what was fetched long ago. */
    private static void readToEnd(ReportReader reports) {
        Set<ConversionReport> before;
        do {
            before = Set.copyOf(reports.totals());
            reports.poll(LAST_LOOK);
        } while (!before.equals(Set.copyOf(reports.totals())));
    }

    private void finish(Duration open, ShopTally tally, Collection<ConversionReport> totals, Path summary)
            throws IOException {
        List<String> lines = DemoDisplay.table(open, tally, totals);
        if (interactive) {
            out.print(DemoDisplay.redraw(lines, drawn));
        } else {
            out.println();
            lines.forEach(out::println);
        }
        out.flush();
        if (summary != null) {
            DemoSummary.of(tally, totals).writeTo(summary);
        }
    }
}
