package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.model.Arrival;
import dev.kombo.engine.report.ReportOutput;
import dev.kombo.engine.shopper.ShopperOutput;
import dev.kombo.engine.strategy.StrategyOutput;
import dev.kombo.metric.Counters;
import dev.kombo.research.ServiceDriver;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.serde.OfferMapper;
import dev.kombo.serde.OutcomeMapper;
import dev.kombo.serde.ReportMapper;
import dev.kombo.shop.engine.InProcessTasks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tasks in one process, as simulations run them, make the same offers, outcomes and reports as the service's topology
 * with its stores and records.
 */
class ServiceAgreementTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final int BATCHES = 25;
    private static final int EVENTS_PER_BATCH = 200;
    private static final long SEED = 5;

    @TempDir
    Path state;

    private final Told told = new Told();

    private ServiceDriver service;
    private InProcessTasks tasks;

    /** What the tasks in this process have told, as records. */
    private static final class Told implements InProcessTasks.Listener {
        private final List<BundleOffer> offers = new ArrayList<>();
        private final List<OfferOutcome> outcomes = new ArrayList<>();
        private final Map<String, ConversionReport> reports = new TreeMap<>();

        @Override
        public void told(ShopperOutput output) {
            if (output instanceof ShopperOutput.OfferMade made) {
                offers.add(OfferMapper.toAvro(made.offer()));
            } else if (output instanceof ShopperOutput.OutcomesFound found) {
                outcomes.addAll(OutcomeMapper.toAvro(found.outcomes(), UnaryOperator.identity())
                        .getOutcomes());
            }
        }

        @Override
        public void told(ReportOutput output) {
            if (output instanceof ReportOutput.Published published) {
                reports.put(published.key(), ReportMapper.toAvro(published.report()));
            }
        }

        @Override
        public void told(StrategyOutput output) {
            throw new AssertionError(output);
        }
    }

    @Test
    void shouldMakeTheSameOffersOutcomesAndReportsAsTheService() {
        try (ServiceDriver driver = new ServiceDriver(
                state, ServiceDriver.MINES_EASILY, config -> new EngineSettings(config, SEED), START)) {
            service = driver;
            tasks = new InProcessTasks(driver.settings(), new Counters(), told);
            agree(new BenchShop(300, 300, 200, 0, SEED));
        }
    }

    private void agree(BenchShop shop) {
        open(shop);
        List<BenchShop.ReceivedOffer> received = List.of();
        int offers = 0;
        int outcomes = 0;
        Map<String, ConversionReport> reports = new TreeMap<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            handle(shop.batch(EVENTS_PER_BATCH, received), START.plusSeconds(batch));
            List<BundleOffer> made = service.values(Topic.BUNDLE_OFFER, BundleOffer.class);
            List<OfferOutcome> found = new ArrayList<>();
            service.values(Topic.OFFER_OUTCOME, OfferOutcomes.class).forEach(each -> found.addAll(each.getOutcomes()));
            service.records(Topic.CONVERSION_REPORT, ConversionReport.class)
                    .forEach(record -> reports.put(record.key, record.value));
            assertAlike("offers of batch " + batch, told.offers, made);
            assertAlike("outcomes of batch " + batch, told.outcomes, found);
            offers += made.size();
            outcomes += found.size();
            told.offers.clear();
            told.outcomes.clear();
            received = made.stream().map(BenchShop.ReceivedOffer::of).toList();
        }
        int mined =
                service.values(Topic.BUNDLE_SUGGESTION, BundleSuggestion.class).size();
        System.out.printf(
                "seed %d: %d offers, %d outcomes, %d reports, %d bundles mined%n",
                SEED, offers, outcomes, reports.size(), mined);
        assertThat(mined).isPositive();
        assertThat(told.reports).isEqualTo(reports);
        assertThat(offers).isGreaterThan(EVENTS_PER_BATCH);
        assertThat(outcomes).isGreaterThan(offers);
    }

    /** Compares one by one, as all of them together are more than a person can read. */
    private static void assertAlike(String what, List<?> inProcess, List<?> service) {
        assertThat(inProcess).as(what).hasSameSizeAs(service);
        for (int i = 0; i < service.size(); i++) {
            assertThat(inProcess.get(i)).as(what).hasToString(service.get(i).toString());
        }
    }

    private void open(BenchShop shop) {
        Arrival arrival = new Arrival(START.toEpochMilli(), START.toEpochMilli());
        service.catalog(shop.items(), shop.bundles());
        shop.items()
                .forEach(item -> tasks.published().item(item.getItemId(), CatalogMapper.ITEMS.toDomain(item), arrival));
        shop.bundles()
                .forEach(bundle -> tasks.published()
                        .bundle(bundle.getBundleId(), CatalogMapper.BUNDLES.toDomain(bundle), arrival));
    }

    /** Events of one second of the machines' clock, and what is due after it. */
    private void handle(List<BehaviorEvent> events, Instant now) {
        for (BehaviorEvent event : events) {
            input(Topic.BEHAVIOR_EVENT, event.getUserId(), event, Instant.ofEpochMilli(event.getEventTime()));
            tasks.handle(EventMapper.toDomain(event), now.toEpochMilli());
        }
        service.driver().advanceWallClockTime(Duration.ofSeconds(1));
        long next = now.plusSeconds(1).toEpochMilli();
        tasks.tickShopper(next);
        tasks.tickItem(next);
        tasks.tickReport(next);
        if (next % service.settings().get(TrainingSettings.PUBLISH_INTERVAL) == 0) {
            tasks.tickTrainer(next);
        }
        tasks.deliver();
    }

    private void input(Topic topic, String key, SpecificRecord value, Instant time) {
        service.input(topic).pipeInput(key, value, time.toEpochMilli());
    }
}
