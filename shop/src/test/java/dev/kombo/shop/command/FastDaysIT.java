package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.Topic;
import dev.kombo.console.StopSignal;
import dev.kombo.instance.CommandContext;
import dev.kombo.schema.ArmComparison;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.shop.command.Demo.RunReports;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.kafka.TopicTail;
import dev.kombo.shop.simulation.Shop;
import dev.kombo.shop.simulation.ShopSettings;
import dev.kombo.shop.simulation.SimulationRun;
import dev.kombo.shop.simulation.Storefront;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two weeks of a shop in a minute, with the real service on a real broker. */
@Tag("slow")
@Timeout(600)
class FastDaysIT {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final int DAYS = 14;

    private final Map<String, Double> firstWidths = new HashMap<>();
    private final Map<String, Integer> matured = new HashMap<>();
    private boolean narrowed;

    @TempDir
    private Path folder;

    @Test
    void shouldEndWindowsAndNarrowIntervalsInTimeWhenDaysPassInABlink() throws Exception {
        ShopSettings settings = new ShopSettings(7, 4_000, 90, Duration.ofMillis(100));
        Map<String, String> service = SimulationRun.liveSettings(Map.of(ApiSettings.PORT.name(), "0"));
        try (StopSignal stop = StopSignal.install();
                EmbeddedRun run = EmbeddedRun.start(
                        CommandContext.standard(Map.of(), Optional.empty()),
                        DataFolder.take(folder, true),
                        service,
                        stop,
                        new PrintWriter(Writer.nullWriter()),
                        clients -> Storefront.open(settings, clients, System.currentTimeMillis()));
                KafkaClients clients = run.clients();
                RunReports reports = new RunReports(clients);
                TopicTail<OfferOutcomes> outcomes = TopicTail.fromNowOn(
                        clients, OfferOutcomes.class, clients.topics().name(Topic.OFFER_OUTCOME))) {
            Shop shop = Shop.open(settings, clients, reports.time());
            long opened = shop.time();
            long before = opened;
            try (shop) {
                while (shop.time() < opened + DAYS * DAY) {
                    assertThat(shop.failure()).isNull();
                    for (OfferOutcomes told : outcomes.readToEnd()) {
                        for (OfferOutcome outcome : told.getOutcomes()) {
                            check(outcome, before);
                        }
                    }
                    reports.read();
                    reports.totals().forEach(this::check);
                    before = shop.time();
                    Thread.sleep(50);
                }
            }

            assertThat(matured.get("revenue1d")).isGreaterThan(200);
            assertThat(matured.get("revenue7d")).isGreaterThan(100);
            assertThat(firstWidths).isNotEmpty();
            assertThat(narrowed).as("an interval is narrower than at first").isTrue();
            assertThat(all(clients, RejectedEvent.class, clients.topics().name(Topic.REJECTED_EVENT)))
                    .isEmpty();
            assertThat(all(clients, BehaviorEvent.class, clients.topics().name(Topic.BEHAVIOR_EVENT)))
                    .hasSize((int) shop.events())
                    .allSatisfy(event -> assertThat(event.getEventTime()).isLessThan(System.currentTimeMillis()));
            assertThat(metric(run.url(), "kombo_robots_flagged_total")).isZero();
        }
    }

    /** A window is told of before the day after its end is over; the time is of the look before, when it was not. */
    private void check(OfferOutcome outcome, long before) {
        if (outcome.getKind() == OutcomeKind.MATURED) {
            matured.merge(outcome.getMeasure(), 1, Integer::sum);
            assertThat(before - outcome.getEventTime()).isLessThanOrEqualTo(DAY);
        }
        if (outcome.getKind() == OutcomeKind.EXPIRED) {
            assertThat(before - outcome.getEventTime()).isLessThanOrEqualTo(DAY);
        }
    }

    private void check(ConversionReport total) {
        for (ArmComparison comparison : total.getComparisons()) {
            if (comparison.getRelativeLow() != null && comparison.getRelativeHigh() != null) {
                double width = comparison.getRelativeHigh() - comparison.getRelativeLow();
                double first =
                        firstWidths.computeIfAbsent(comparison.getMeasure() + comparison.getArm(), unseen -> width);
                narrowed |= width < 0.9 * first;
            }
        }
    }

    private static <T extends org.apache.avro.specific.SpecificRecord> List<T> all(
            KafkaClients clients, Class<T> type, String topic) {
        try (TopicTail<T> tail = TopicTail.fromTheBeginning(clients, type, topic)) {
            return tail.readToEnd();
        }
    }

    private static double metric(String url, String name) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url + "/metrics")).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
