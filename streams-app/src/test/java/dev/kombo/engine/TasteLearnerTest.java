package dev.kombo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.CatalogFixtures;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.IndexSettings;
import dev.kombo.learning.FactorSettings;
import dev.kombo.learning.Factors;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TasteLearnerTest {
    private final FactorSettings settings = FactorSettings.of(SettingValues.defaults());
    private final CatalogIndex catalog = new CatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final TasteLearner learner = new TasteLearner(settings, catalog, 20, 50, new LongAdder(), new LongAdder());
    private final Behavior behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));
    private final List<TargetUpdate> updates = new ArrayList<>();
    private final float[] taste = new float[settings.factors()];

    @BeforeEach
    void learnATarget() {
        taste[0] = 1f;
        catalog.putModel(CatalogFixtures.model("i:a", 1, taste));
    }

    private void learn(EventType type, double rating) {
        learner.learn(
                "u:someone",
                behavior,
                new ShopperEvent(
                        type + "1",
                        "someone",
                        null,
                        type,
                        "a",
                        null,
                        null,
                        null,
                        1,
                        ShopperEvent.NO_PRICE,
                        null,
                        rating,
                        null,
                        1_000,
                        null,
                        0),
                false,
                (target, update) -> updates.add(update));
    }

    @Test
    void shouldNeitherRememberNorCountWhatIsRatedBadly() {
        learn(EventType.RATING, 1);

        assertThat(behavior.recent().size()).as("nothing to be replayed").isZero();
        assertThat(updates).singleElement().satisfies(update -> {
            assertThat(update.touch()).as("no popularity, no companions").isNull();
            assertThat(update.gradient()).isNotNull();
        });
        assertThat(Factors.dot(behavior.factors(), taste))
                .as("moved away")
                .isLessThan(Factors.dot(Factors.initial("u:someone", settings.seed(), settings.factors()), taste));
    }

    @Test
    void shouldRememberAndCountWhatIsRatedWell() {
        learn(EventType.RATING, 5);

        assertThat(behavior.recent().size()).isEqualTo(1);
        assertThat(updates.get(0).touch()).isNotNull();
    }

    @Test
    void shouldStartFromTheFirstTargetThatIsWanted() {
        learn(EventType.VIEW, Double.NaN);

        assertThat(Factors.dot(behavior.factors(), taste)).isGreaterThan(0.4f);
    }
}
