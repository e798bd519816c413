package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RankerModel;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

/** What holds whatever shoppers do. */
class RandomShopPropertyTest {
    private static final int EVENTS_A_STEP = 25;
    private static final Map<String, String> SETTINGS = Map.of(
            TrainingSettings.SAMPLING_RATE.name(), "1",
            MiningSettings.SUPPORT_MIN.name(), "2",
            MiningSettings.LIFT_MIN.name(), "1",
            MiningSettings.LIFT_LOWER_MIN.name(), "0",
            MiningSettings.AUTO_APPROVE.name(), "true",
            AttributionSettings.WINDOW.name(), "600000",
            IndexSettings.FACTORS.name(), "8");

    private Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("random-shop");
    }

    @AfterTry
    void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 10, seed = "4711", shrinking = ShrinkingMode.OFF)
    void everyInputIsAccountedForOnceAndNoMoneyIsInvented(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        try (EngineDriver engine = new EngineDriver(folder, SETTINGS)) {
            RandomShop shop = new RandomShop(seed);
            shop.stock(engine);
            List<BehaviorEvent> events = shop.events(300);
            run(engine, events);
            engine.advance(Duration.ofDays(2));

            assertThat(engine.deadLetters()).isEmpty();
            long lost = engine.counters.get(KomboMetric.FEEDBACK_UNMATCHED);
            long rejected = engine.counters.get(KomboMetric.EVENTS_REJECTED);
            assertThat(engine.counters.get(KomboMetric.EVENTS, "accepted")
                            + engine.counters.get(KomboMetric.EVENTS, "duplicate")
                            + rejected)
                    .isEqualTo(events.size());
            assertThat(engine.rejections()).hasSize((int) (rejected + lost));
            assertThat(engine.contents(StoreNames.USER_PROFILE).keySet())
                    .as("no visitor stays")
                    .allMatch(key -> key.startsWith("u:"));
            assertMoney(engine.outcomes());
        }
    }

    private static void assertMoney(List<OfferOutcome> outcomes) {
        Map<String, Long> credited = new HashMap<>();
        Map<String, Long> paid = new HashMap<>();
        Map<String, Long> takenBack = new HashMap<>();
        for (OfferOutcome outcome : outcomes) {
            switch (outcome.getKind()) {
                case CONVERSION -> credited.merge(currency(outcome), outcome.getRevenueMinor(), Long::sum);
                case RETURN -> takenBack.merge(currency(outcome), outcome.getRevenueMinor(), Long::sum);
                case PURCHASED -> paid.merge(currency(outcome), Math.max(0, outcome.getRevenueMinor()), Long::sum);
                default ->
                    assertThat(outcome.getRevenueMinor())
                            .as(outcome.getKind().name())
                            .isZero();
            }
        }
        credited.forEach(
                (currency, amount) -> assertThat(amount).as(currency).isBetween(0L, paid.getOrDefault(currency, 0L)));
        takenBack.forEach((currency, amount) -> assertThat(amount + credited.getOrDefault(currency, 0L))
                .as(currency)
                .isNotNegative());
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.getKind() == OutcomeKind.CONVERSION)
                .extracting(outcome -> outcome.getOfferId() + "/" + outcome.getBundleId())
                .as("a bundle of an offer converts once")
                .doesNotHaveDuplicates();
    }

    private static String currency(OfferOutcome outcome) {
        return outcome.getCurrency() == null ? "" : outcome.getCurrency();
    }

    @Test
    void shouldRepeatARunRecordForRecord() throws IOException {
        makeFolder();
        List<List<?>> first = outputs("first");
        assertThat(first).allSatisfy(records -> assertThat(records).isNotEmpty());
        assertThat(outputs("second")).isEqualTo(first);
        deleteFolder();
    }

    private List<List<?>> outputs(String name) {
        try (EngineDriver engine = new EngineDriver(folder.resolve(name), SETTINGS)) {
            RandomShop shop = new RandomShop(20_260_105);
            shop.stock(engine);
            run(engine, shop.events(2_000));
            List<List<?>> outputs = new ArrayList<>();
            outputs.add(engine.offers());
            outputs.add(engine.outcomes());
            outputs.add(engine.rejections());
            outputs.add(engine.updates());
            outputs.add(engine.output(engine.topics.name(Topic.ITEM_MODEL), ItemModel.class));
            outputs.add(engine.examples());
            outputs.add(engine.output(engine.topics.name(Topic.RANKER_MODEL), RankerModel.class));
            outputs.add(engine.output(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class));
            outputs.add(engine.output(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class));
            return outputs;
        }
    }

    private static void run(EngineDriver engine, List<BehaviorEvent> events) {
        for (int i = 0; i < events.size(); i++) {
            engine.send(events.get(i));
            if (i % EVENTS_A_STEP == 0) {
                engine.advance(Duration.ofSeconds(1));
            }
        }
    }
}
