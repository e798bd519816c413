package dev.kombo.ranking;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static dev.kombo.catalog.index.CatalogFixtures.bundle;
import static dev.kombo.catalog.index.CatalogFixtures.identity;
import static dev.kombo.catalog.index.CatalogFixtures.item;
import static dev.kombo.catalog.index.CatalogFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.learning.network.SequenceRows;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundlePricing;
import dev.kombo.profile.EventType;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.settings.SettingValues;
import org.junit.jupiter.api.Test;

/** Sequences against two bundles: x holds a and b; y holds b and c. */
class InteractionSequencesTest {
    private static final long DAY = 86_400_000L;

    private final WritableCatalogIndex index = new WritableCatalogIndex(
            new IndexSettings(48, new PopularitySettings(DAY, DAY), BundlePricing.of(SettingValues.defaults()), false));
    private final RecentInteractions recent = new RecentInteractions(50);
    private final InteractionSequences sequences;
    private final BundleEntry[] entries;

    InteractionSequencesTest() {
        for (String id : new String[] {"a", "b", "c"}) {
            index.putItem(item(id, 100));
        }
        index.putModel(model("i:a", 1, 1f, 0f));
        index.putModel(model("i:b", 1, 1f, 0f));
        index.putModel(model("i:c", 1, 0f, 1f));
        index.putBundle(bundle("x", 100, "a", "b"));
        index.putBundle(bundle("y", 100, "b", "c"));
        index.beginGeneration(1, identity(2));
        entries = new BundleEntry[] {index.bundle("x"), index.bundle("y")};
        sequences = new InteractionSequences(index, 2);
    }

    private void touched(String entity, EventType type, long age) {
        recent.add(StableHash.of(entity), type, NOW - age);
    }

    private SequenceRows load() {
        return sequences.load(entries, 2, recent, NOW);
    }

    @Test
    void shouldCompareAnItemWithEachCandidate() {
        touched("i:a", EventType.PURCHASE, DAY);
        assertThat(load().length()).isEqualTo(1);
        float age = (float) (Math.log(2) / 2);
        assertThat(sequences.of(0)).containsExactly(new float[] {1f, 1f, 1f, age}, within(1e-6f));
        float half = (float) Math.sqrt(0.5);
        assertThat(sequences.of(1)).containsExactly(new float[] {half, 0f, 1f, age}, within(1e-6f));
    }

    @Test
    void shouldCompareABundleWithEachCandidate() {
        touched("b:y", EventType.ADD_TO_CART, 0);
        load();
        assertThat(sequences.of(0)[1]).isEqualTo(0.5f);
        assertThat(sequences.of(1)[1]).isEqualTo(1f);
        assertThat(sequences.of(1)[2]).isEqualTo(EventType.ADD_TO_CART.preference());
    }

    @Test
    void shouldTakeTheLatestOldestFirstAndLeaveOutWhatIsNotKnown() {
        for (int i = 0; i < 30; i++) {
            touched(i == 29 ? "i:gone" : "i:a", EventType.VIEW, (30 - i) * DAY);
        }
        SequenceRows rows = load();
        assertThat(rows.length()).isEqualTo(InteractionSequences.STEPS - 1);
        float[] sequence = sequences.of(0);
        assertThat(sequence).hasSize((InteractionSequences.STEPS - 1) * InteractionSequences.FEATURES);
        assertThat(sequence[3]).isCloseTo((float) (Math.log(17) / 2), within(1e-5f));
        assertThat(sequence[sequence.length - 1]).isCloseTo((float) (Math.log(3) / 2), within(1e-5f));
    }

    @Test
    void shouldBeEmptyWithoutAHistory() {
        assertThat(load().length()).isZero();
        assertThat(sequences.of(1)).isEmpty();
    }
}
