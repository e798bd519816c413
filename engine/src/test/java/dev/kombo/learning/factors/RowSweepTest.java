package dev.kombo.learning.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowSweepTest {
    private static final int TARGETS = 60;
    private static final int MADE_UP = 100;

    private final PartnerTable.Limits settings = new PartnerTable.Limits(200, 1_000_000_000L);

    /** Shoppers interact with each entity after the one before it and after ids that nobody else has. */
    private PartnerTable row(int entity) {
        PartnerTable row = new PartnerTable(settings);
        long[] partners = new long[MADE_UP + 1];
        partners[MADE_UP] = (entity + 1L) % TARGETS;
        for (int i = 0; i < MADE_UP; i++) {
            partners[i] = 1_000_000L + (long) entity * MADE_UP + i;
        }
        float[] weights = new float[partners.length];
        Arrays.fill(weights, 1f);
        row.add(1f, partners, weights, SweptRows.NOW);
        return row;
    }

    @Test
    void shouldTellColumnsOfFewEntitiesThatNothingWasPublishedOf() {
        SweptRows shop = new SweptRows(1, 0.1);
        for (int entity = 0; entity < TARGETS; entity++) {
            shop.add(entity, row(entity));
        }
        shop.sweep();
        RowSweep sweep = new RowSweep(
                FactorSettings.of(
                        SettingValues.defaults().with(IndexSettings.FACTORS, SweptRows.FACTORS), FactorSettings.SEED),
                shop,
                2);
        for (int entity = 0; entity < TARGETS; entity++) {
            sweep.add(entity, row(entity), SweptRows.NOW);
        }
        assertThat(sweep.columns()).hasSize(TARGETS + 1_000);
        assertThat(sweep.columns().keySet()).containsAll(shop.partners());
    }
}
