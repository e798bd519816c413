package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferedBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an offer says of how likely its bundles are, before and after enough was learned. */
class CalibratedOfferTest {
    private static final int BUNDLES = 20;
    private static final int MOST_CHOICES = 4_000;

    @TempDir
    Path stateDir;

    @Test
    void shouldTellAProbabilityOnceItIsCalibratedAndOneThatAddsUp() {
        try (EngineDriver engine = new EngineDriver(
                stateDir,
                Map.of(
                        TrainingSettings.SAMPLING_RATE.name(), "1",
                        OfferSettings.TRIGGERS.name(), "VIEW",
                        OfferSettings.SIZE.name(), "5"))) {
            for (int b = 0; b < BUNDLES; b++) {
                engine.item("a" + b, 1000);
                engine.item("b" + b, 1000);
                engine.bundle("bundle" + b, 1700, "a" + b, "b" + b);
            }
            BundleOffer first = offer(engine, 0);
            assertThat(first.getCalibrated()).isFalse();
            assertThat(first.getConversionCalibrated()).isFalse();
            assertThat(first.getBundles())
                    .extracting(OfferedBundle::getProbability)
                    .containsOnly(0.0);

            BundleOffer offer = first;
            for (int i = 1; i <= MOST_CHOICES && !offer.getCalibrated(); i++) {
                choose(engine, i);
                if (i % 100 == 0) {
                    engine.advance(Duration.ofSeconds(10));
                    offer = offer(engine, i);
                }
            }

            assertThat(offer.getCalibrated()).isTrue();
            assertThat(offer.getBundles().stream()
                            .mapToDouble(OfferedBundle::getProbability)
                            .sum())
                    .isBetween(0.05, 1.0);
        }
    }

    /** Half of the choices are of the first three bundles. */
    private static void choose(EngineDriver engine, int i) {
        int bundle = i % 2 == 0 ? i / 2 % 3 : i / 2 % BUNDLES;
        engine.send(EngineDriver.event("c" + i, "user" + i, EventType.ADD_TO_CART, Duration.ofSeconds(i))
                .setItemId((i % 4 < 2 ? "a" : "b") + bundle));
    }

    private static BundleOffer offer(EngineDriver engine, int i) {
        engine.send(EngineDriver.event("v" + i, "guest" + i, EventType.VIEW, Duration.ofSeconds(i))
                .setItemId("a1"));
        return engine.offers().get(0);
    }
}
