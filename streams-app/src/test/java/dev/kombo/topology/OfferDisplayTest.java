package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.DisplayedItem;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Titles, images and links in offers. */
class OfferDisplayTest {
    @TempDir
    Path stateDir;

    @Test
    void shouldCarryWhatAPageShowsWhenItIsAskedFor() {
        BundleOffer offer = offer(Map.of(OfferSettings.DISPLAY.name(), "true"));

        assertThat(offer.getDisplay().getTitles()).containsExactly(Map.entry("ab", "ab"));
        assertThat(offer.getDisplay().getItems())
                .containsOnly(
                        Map.entry("a", new DisplayedItem("Item a", null, null)),
                        Map.entry(
                                "b", new DisplayedItem("Tea", "https://shop.example/b.jpg", "https://shop.example/b")));
    }

    @Test
    void shouldCarryNothingOfItUnlessItIsAskedFor() {
        assertThat(offer(Map.of()).getDisplay()).isNull();
    }

    private BundleOffer offer(Map<String, String> settings) {
        try (EngineDriver engine = new EngineDriver(stateDir, settings)) {
            engine.item("a", 1000);
            engine.item(Item.newBuilder()
                    .setItemId("b")
                    .setTitle("Tea")
                    .setPriceMinor(2000L)
                    .setCurrency("GBP")
                    .setImage("https://shop.example/b.jpg")
                    .setLink("https://shop.example/b")
                    .build());
            engine.bundle("ab", 2700, "a", "b");
            engine.publish(Strategy.newBuilder()
                    .setVersion(1)
                    .setSalt("everyone")
                    .setArms(List.of(StrategyArms.of("treatment", ArmKind.TREATMENT, 1.0)))
                    .build());
            engine.send(EngineDriver.event("e1", "ann", EventType.OFFER_REQUEST, Duration.ZERO));
            return engine.offers().get(0);
        }
    }
}
