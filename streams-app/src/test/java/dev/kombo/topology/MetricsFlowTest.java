package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.BehaviorEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the topology tells an operator of a shop's day. */
class MetricsFlowTest {
    private static final int EVENTS = 400;

    @TempDir
    Path folder;

    @Test
    void shouldTellOfEverythingThatIsCounted() {
        Map<String, String> settings = Map.of(
                MiningSettings.AUTO_APPROVE.name(), "true",
                AttributionSettings.WINDOW.name(), "600000",
                IndexSettings.FACTORS.name(), "8");
        try (EngineDriver engine = new EngineDriver(folder, settings)) {
            RandomShop shop = new RandomShop(11);
            shop.stock(engine);
            List<BehaviorEvent> events = shop.events(EVENTS);
            events.forEach(engine::send);
            engine.advance(Duration.ofDays(2));

            String text = engine.metrics.scrape();
            assertThat(sum(text, "kombo_events_total")).isEqualTo(EVENTS);
            assertThat(sum(text, "kombo_events_total{outcome=\"accepted\""))
                    .isEqualTo(engine.counters.get(KomboMetric.EVENTS, "accepted"))
                    .isPositive();
            assertThat(sum(text, "kombo_events_total{outcome=\"duplicate\""))
                    .isEqualTo(engine.counters.get(KomboMetric.EVENTS, "duplicate"))
                    .isPositive();
            assertThat(sum(text, "kombo_events_total{outcome=\"rejected\""))
                    .isEqualTo(sum(text, "kombo_events_rejected_total"))
                    .isPositive();
            long offers = engine.offers().size();
            assertThat(sum(text, "kombo_offers_total")).isEqualTo(offers).isPositive();
            assertThat(sum(text, "kombo_offer_latency_seconds_count")).isEqualTo(offers);
            assertThat(sum(text, "kombo_ranking_seconds_count"))
                    .as("one in 16, from the first on")
                    .isEqualTo((rankings(engine) + 15) / 16);
        }
    }

    /** Rankings end in an offer, or without a candidate. */
    private static long rankings(EngineDriver engine) {
        long rankings = engine.counters.get(KomboMetric.OFFERS) + engine.counters.get(KomboMetric.OFFERS_EMPTY);
        for (String unranked : List.of("holdout", "no-strategy", "arm-gone")) {
            rankings -= engine.counters.get(KomboMetric.OFFERS_EMPTY, unranked);
        }
        return rankings;
    }

    private static long sum(String text, String series) {
        return (long) text.lines()
                .filter(line -> line.startsWith(series + "{")
                        || line.startsWith(series + " ")
                        || (series.contains("{") && line.startsWith(series)))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
