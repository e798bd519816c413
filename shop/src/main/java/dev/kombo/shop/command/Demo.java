package dev.kombo.shop.command;

import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.attribution.account.WindowKind;
import dev.kombo.config.Topic;
import dev.kombo.console.CommandException;
import dev.kombo.console.Figures;
import dev.kombo.console.StopSignal;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.ReportWindow;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.ReportMapper;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.kafka.TopicTail;
import dev.kombo.shop.simulation.ServiceReport;
import dev.kombo.shop.simulation.ServiceReport.ArmTotals;
import dev.kombo.shop.simulation.Shop;
import dev.kombo.shop.simulation.ShopSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Runs the simulated shop of a demo against a running service: opens it, shows what happens, closes it and sums up. */
final class Demo {
    /** How often the table is drawn anew on a terminal. */
    private static final Duration REDRAW = Duration.ofSeconds(1);

    /** How often a line is printed where lines cannot be redrawn. */
    private static final Duration LINE = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;
    private static final double DAY = Duration.ofDays(1).toMillis();

    private final KafkaClients clients;
    private final StopSignal stop;
    private final PrintWriter out;
    private final boolean interactive = ProgressDisplay.isTerminal();
    private int drawn;

    Demo(KafkaClients clients, StopSignal stop, PrintWriter out) {
        this.clients = clients;
        this.stop = stop;
        this.out = out;
    }

    /**
     * Runs the demo.
     *
     * @param duration how long the shop is open; null: until asked to stop
     * @return its figures
     */
    DemoSummary run(ShopSettings settings, Duration duration) throws InterruptedException {
        try (RunReports reports = new RunReports(clients)) {
            ArmTotals earlier = reports.earlier();
            if (earlier.offers() > 0) {
                out.println(Figures.text(
                        "Earlier runs made %,d offers, of which %,d were bought; the tables below count all runs.",
                        earlier.offers(), earlier.conversions()));
            }
            Shop shop = Shop.open(settings, clients, reports.time());
            long openedAt = System.nanoTime();
            long from = shop.time();
            DayText day = new DayText(settings.pace(), from, System.currentTimeMillis());
            try (shop) {
                watch(shop, reports, openedAt, day, duration);
            }
            Duration open = Duration.ofNanos(System.nanoTime() - openedAt);
            settle(reports);
            DemoSummary figures = DemoSummary.of(shop.events(), (shop.time() - from) / DAY, reports.arms());
            draw(table(open, day.at(shop.time(), System.currentTimeMillis()), figures, reports));
            return figures;
        }
    }

    private void watch(Shop shop, RunReports reports, long openedAt, DayText day, Duration duration)
            throws InterruptedException {
        long shownAt = openedAt;
        while (!stop.await(REDRAW)) {
            clients.requireAlive();
            if (shop.failure() != null) {
                throw CommandException.failure(
                        "the simulated shop failed: " + shop.failure().getMessage(), shop.failure());
            }
            reports.read();
            long now = System.nanoTime();
            Duration elapsed = Duration.ofNanos(now - openedAt);
            String when = day.at(shop.time(), System.currentTimeMillis());
            DemoSummary figures = DemoSummary.of(shop.events(), 0, reports.arms());
            if (interactive) {
                draw(table(elapsed, when, figures, reports));
            } else if (now - shownAt >= LINE.toNanos()) {
                out.println(DemoDisplay.line(elapsed, when, figures));
                reports.warnings().forEach(out::println);
                shownAt = now;
            }
            if (duration != null && elapsed.compareTo(duration) >= 0) {
                return;
            }
        }
    }

    /** Waits until the reports contain the outcomes of the last events. */
    private void settle(RunReports reports) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        reports.read();
        while (!reports.complete()) {
            if (System.nanoTime() > deadline) {
                out.println("The service's reports do not include all outcomes after " + LONGEST_WAIT.toSeconds()
                        + " s; the figures below are incomplete.");
                return;
            }
            Thread.sleep(POLL_MILLIS);
            reports.read();
        }
    }

    private static List<String> table(Duration elapsed, String when, DemoSummary figures, RunReports reports) {
        // Users are assigned once, and offered something in later runs as well: all columns count all runs.
        DemoSummary all = DemoSummary.of(figures.events(), figures.days(), ServiceReport.arms(reports.accounts()));
        List<String> lines = new ArrayList<>(DemoDisplay.table(elapsed, when, all));
        lines.addAll(DemoDisplay.comparisons(reports.totals()));
        lines.addAll(DemoDisplay.advice(reports.totals()));
        lines.addAll(reports.warnings());
        return lines;
    }

    private void draw(List<String> lines) {
        if (interactive) {
            out.println(DemoDisplay.redraw(lines, drawn));
            drawn = lines.size();
        } else {
            out.println();
            lines.forEach(out::println);
        }
    }

    /** Says which day it is in a shop that runs faster than real time, and how fast its days pass. Not thread-safe. */
    static final class DayText {
        /** Shortest time over which the speed of days is measured. */
        private static final long SHORTEST = Duration.ofSeconds(4).toMillis();

        /** How much longer than intended a day takes where the service is busy. */
        private static final double SLOW = 1.25;

        private static final double MILLIS_PER_SECOND = 1_000;

        private final Duration pace;
        private double millisPerDay = Double.NaN;
        private long measuredAt;
        private long measured;

        /**
         * @param pace intended duration of a day
         * @param time the shop's time at the opening, epoch milliseconds
         * @param now epoch milliseconds
         */
        DayText(Duration pace, long time, long now) {
            this.pace = pace;
            this.measured = time;
            this.measuredAt = now;
        }

        /** Returns the day at a moment; parameters as in the constructor. */
        String at(long time, long now) {
            if (now - measuredAt >= SHORTEST && time - measured >= DAY) {
                millisPerDay = (now - measuredAt) * DAY / (time - measured);
                measured = time;
                measuredAt = now;
            }
            String date = Instant.ofEpochMilli(time)
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .toString();
            if (now - time < DAY) {
                return date + " (the present)";
            }
            if (Double.isNaN(millisPerDay)) {
                return date;
            }
            String speed = Figures.text("%.1f s a day", millisPerDay / MILLIS_PER_SECOND);
            return date + " (" + speed + (millisPerDay > SLOW * pace.toMillis() ? ", the service is busy)" : ")");
        }
    }

    /**
     * The figures of one run of a demo, machine-readable: the events that the service processed, and the totals of its
     * reports.
     *
     * @param events events of the run
     * @param days days of event time that were played
     * @param offers slates offered
     * @param impressions slates seen
     * @param clicks bundles clicked
     * @param conversions complete bundles bought
     * @param revenueMinor revenue attributed to offers, in minor units of the shop's currency
     * @param arms figures by arm, by name
     */
    record DemoSummary(
            long events,
            double days,
            long offers,
            long impressions,
            long clicks,
            long conversions,
            long revenueMinor,
            Map<String, ArmTotals> arms) {

        /** Sums up the arms; each shopper is in one arm. */
        static DemoSummary of(long events, double days, Map<String, ArmTotals> arms) {
            ArmTotals all = sum(arms);
            return new DemoSummary(
                    events,
                    days,
                    all.offers(),
                    all.impressions(),
                    all.clicks(),
                    all.conversions(),
                    all.attributedMinor(),
                    arms);
        }

        static ArmTotals sum(Map<String, ArmTotals> arms) {
            return arms.values().stream().reduce(ArmTotals.NONE, ArmTotals::plus);
        }
    }

    /**
     * The service's reports of one run: its totals less what they were before the run. It also reads the outcomes, and
     * so knows when the reports contain all of them. Not thread-safe.
     */
    static final class RunReports implements AutoCloseable {
        private final TopicTail<ConversionReport> reports;
        private final TopicTail<OfferOutcomes> outcomes;
        private final Consumer<?, ?> deadLetters;
        private final Map<TopicPartition, Long> deadLettersBefore;
        private final Map<String, ArmTotals> earlier;
        private final Map<String, ExperimentAccount> since = new TreeMap<>();
        private final Map<String, ConversionReport> totals = new TreeMap<>();

        /** Begins a run. */
        RunReports(KafkaClients clients) {
            reports = TopicTail.fromTheBeginning(
                    clients, ConversionReport.class, clients.topics().name(Topic.CONVERSION_REPORT));
            readTotals();
            earlier = ServiceReport.arms(accounts());
            outcomes = TopicTail.fromNowOn(
                    clients, OfferOutcomes.class, clients.topics().name(Topic.OFFER_OUTCOME));
            deadLetters = clients.bytes(IsolationLevel.READ_UNCOMMITTED);
            deadLettersBefore = deadLetters.endOffsets(
                    TopicReader.fromNowOn(deadLetters, clients.topics().name(Topic.DEAD_LETTER)));
        }

        /** What went wrong in this run, in words: a demo whose events fail shows an open shop without offers. */
        List<String> warnings() {
            boolean none = deadLettersBefore.equals(deadLetters.endOffsets(deadLettersBefore.keySet()));
            return none
                    ? List.of()
                    : List.of("Some events could not be processed and went to dead-letter; the log of the service says"
                            + " why.");
        }

        /** Reads what the service has written since. */
        void read() {
            outcomes.readToEnd().stream()
                    .flatMap(outcomes -> outcomes.getOutcomes().stream())
                    .map(OutcomeMapper::toDomain)
                    .forEach(outcome -> since.computeIfAbsent(
                                    outcome.experiment(),
                                    experiment -> new ExperimentAccount(experiment, WindowKind.TOTAL, 0))
                            .apply(outcome));
            readTotals();
        }

        private void readTotals() {
            for (ConversionReport report : reports.readToEnd()) {
                // Expired windows are deleted; totals stay.
                if (report != null && report.getWindow() == ReportWindow.TOTAL) {
                    totals.put(report.getExperiment(), report);
                }
            }
        }

        /** Whether the reports contain all outcomes read so far. */
        boolean complete() {
            Map<String, ArmTotals> reported = arms();
            Map<String, ArmTotals> expected = ServiceReport.arms(since.values());
            return expected.entrySet().stream().allMatch(arm -> arm.getValue().equals(reported.get(arm.getKey())));
        }

        /** Time of the latest reported outcome, epoch milliseconds; 0 if there is none. */
        long time() {
            return totals().stream()
                    .mapToLong(ConversionReport::getLastEventTime)
                    .max()
                    .orElse(0);
        }

        /** Figures of earlier runs, over all arms. */
        ArmTotals earlier() {
            return Demo.DemoSummary.sum(earlier);
        }

        /** Figures of this run by arm, as far as reported. */
        Map<String, ArmTotals> arms() {
            Map<String, ArmTotals> arms = ServiceReport.arms(accounts());
            arms.replaceAll((arm, figures) -> figures.minus(earlier.getOrDefault(arm, ArmTotals.NONE)));
            return arms;
        }

        /** The accounts of the latest totals. */
        Collection<ExperimentAccount> accounts() {
            return totals.values().stream().map(ReportMapper::account).toList();
        }

        /** The latest total of each experiment as written, including earlier runs. */
        Collection<ConversionReport> totals() {
            return totals.values();
        }

        @Override
        public void close() {
            try (reports;
                    outcomes) {
                deadLetters.close();
            }
        }
    }
}
