package dev.kombo.ranking.shopper;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.Requests;
import dev.kombo.settings.SettingValues;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Items point along the first axis, the bundle along the second, and its member along the third. */
class ShopperTasteTest {
    private static final Offset<Float> EXACT = within(1e-5f);

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Requests request = new Requests();
    private final ShopperView view = new ShopperView(index);

    ShopperTasteTest() {
        for (int i = 0; i < 40; i++) {
            index.putItem(CatalogFixtures.item("i" + i, 100));
            index.putModel(CatalogFixtures.factors("i:i" + i, 1, 1 + i, 3, 0, 0));
        }
        index.putItem(CatalogFixtures.item("member", 100));
        index.putBundle(CatalogFixtures.bundle("x", 100, "member"));
        index.putModel(CatalogFixtures.factors("i:member", 1, 4, 0, 0, 2));
        index.putModel(CatalogFixtures.factors("b:x", 1, 9, 0, 5, 0));
        index.beginGeneration(1, CatalogFixtures.identity(3));
    }

    private float[] taste() {
        view.load(request.build());
        return view.taste();
    }

    private void touched(String entity, EventType type) {
        request.behavior.recent().add(StableHash.of(entity), type, NOW);
    }

    @Test
    void shouldWeighBundlesItemsAndMembersAlikeHoweverManyItemsThereAre() {
        touched("b:x", EventType.VIEW);
        touched("i:i0", EventType.VIEW);
        // The bundle's member also points towards the bundle: (0, 1, 1) / √2.
        double half = Math.sqrt(0.5);
        double length = Math.sqrt(1 + (1 + half) * (1 + half) + half * half);
        float[] expected = {(float) (1 / length), (float) ((1 + half) / length), (float) (half / length)};
        assertThat(taste()).containsExactly(expected, EXACT);

        for (int i = 0; i < 40; i++) {
            touched("i:i" + i, i % 2 == 0 ? EventType.PURCHASE : EventType.VIEW);
        }
        assertThat(taste()).as("forty items, one bundle").containsExactly(expected, EXACT);
    }

    @Test
    void shouldHaveLength1OrSayNothing() {
        assertThat(taste()).as("no history").containsOnly(0f);
        touched("i:unknown", EventType.PURCHASE);
        assertThat(taste()).as("nothing is known of it").containsOnly(0f);
        touched("i:i7", EventType.PURCHASE);
        assertThat(taste()).as("items only").containsExactly(new float[] {1, 0, 0}, EXACT);
        touched("b:x", EventType.VIEW);
        assertThat(FactorMath.norm(taste())).isCloseTo(1, within(1e-5));

        request.behavior = new Requests().behavior;
        assertThat(taste()).as("nothing is left of the shopper before").containsOnly(0f);
    }
}
