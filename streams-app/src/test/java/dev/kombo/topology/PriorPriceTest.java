package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.PriceHistory;
import dev.kombo.schema.PriceTier;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Savings are told against the lowest price of 30 days, through the topology and after a restart. */
class PriorPriceTest {
    private static final Map<String, String> ON =
            Map.of(OfferSettings.TRIGGERS.name(), "VIEW", IndexSettings.PRIOR_PRICE.name(), "true");

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int views;

    private OfferedBundle offered() {
        String user = engine.userOf("treatment");
        engine.send(EngineDriver.event("view-" + views, user, EventType.VIEW, Duration.ofMinutes(11L * ++views))
                .setItemId("a"));
        return engine.offers().get(0).getBundles().get(0);
    }

    /** What the item tasks have published since the last call. */
    private Map<String, PriceHistory> published() {
        engine.advance(Duration.ofSeconds(6));
        Map<String, PriceHistory> latest = new LinkedHashMap<>();
        List<KeyValue<String, PriceHistory>> records =
                engine.output(engine.topics.name(Topic.PRICE_HISTORY), PriceHistory.class);
        records.forEach(record -> latest.put(record.key, record.value));
        return latest;
    }

    private void assertStated(OfferedBundle offered, long list, Long discount) {
        assertThat(offered.getListPriceMinor()).isEqualTo(list);
        assertThat(offered.getSavingMinor()).isEqualTo(list - offered.getPriceMinor());
        assertThat(offered.getDiscountMinor()).isEqualTo(discount);
    }

    @Test
    void shouldTellASavingAgainstTheItemsLowestPricesAfterARestart() {
        engine = shop.open(ON);
        assertStated(offered(), 3_000, null);
        assertThat(published()).isEmpty();
        engine.item("b", 1_800);
        engine.item("b", 2_500);
        assertStated(offered(), 2_800, 800L);
        Map<String, PriceHistory> published = published();
        assertThat(published).containsOnlyKeys("i:b");
        assertThat(published()).as("read back").isEmpty();

        engine = shop.empty(ON);
        published.forEach(engine.input(engine.topics.name(Topic.PRICE_HISTORY), PriceHistory.class)::pipeInput);
        engine.item("a", 1_000);
        engine.item("b", 2_500);
        engine.bundle("ab", 2_700, "a", "b");
        assertStated(offered(), 2_800, 800L);
        engine.item("b", 2_400);
        assertStated(offered(), 2_800, 700L);
    }

    @Test
    void shouldTellNoSavingAtAPriceThatWasRaised() {
        engine = shop.open(ON);
        engine.bundle("ab", 2_900, "a", "b");
        assertStated(offered(), 2_900, 100L);
        assertThat(published()).containsOnlyKeys("b:ab");
        engine.bundle("ab", 2_600, "a", "b");
        assertStated(offered(), 2_700, 400L);
    }

    @Test
    void shouldTellTheSameSavingWhenAnItemOrABundleWasAwayForAWhile() {
        engine = shop.open(ON);
        engine.bundle("ab", 2_600, "a", "b");
        assertStated(offered(), 2_700, 400L);
        engine.input(engine.topics.name(Topic.ITEM_CATALOG), Item.class).pipeInput("b", null);
        engine.item("b", 2_000);
        assertStated(offered(), 2_700, 400L);
        engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class).pipeInput("ab", null);
        engine.bundle("ab", 2_600, "a", "b");
        assertStated(offered(), 2_700, 400L);
    }

    @Test
    void shouldNoteAPriceThatFollowsFromItsItems() {
        engine = shop.open(ON);
        Bundle ruled = Bundle.newBuilder(EngineDriver.bundleOf("ab", 2_700, "a", "b"))
                .setPriceTiers(List.of(
                        PriceTier.newBuilder().setDiscountBasisPoints(1_000).build()))
                .build();
        engine.bundle(ruled);
        engine.item("b", 3_000);
        OfferedBundle dearer = offered();
        assertThat(dearer.getPriceMinor()).isEqualTo(3_600);
        assertStated(dearer, 3_600, 400L);
        assertThat(published().get("b:ab").getEarlier())
                .singleElement()
                .satisfies(price -> assertThat(price.getPriceMinor()).isEqualTo(2_700));
    }

    @Test
    void shouldTellEachSavingAgainstTheListPriceOfTheDayUnlessItIsSet() {
        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.item("b", 1_800);
        engine.item("b", 2_500);
        assertStated(offered(), 3_500, null);
    }
}
