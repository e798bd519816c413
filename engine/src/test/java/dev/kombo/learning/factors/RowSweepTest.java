package dev.kombo.learning.factors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowSweepTest {
    private static final int TARGETS = 60;
    private static final int MADE_UP = 100;

    private final CooccurrenceSettings settings = new CooccurrenceSettings(200, 1_000_000_000L, 50);

    /** Shoppers interact with each entity after the one before it and after ids that nobody else has. */
    private PartnerTable row(int target) {
        PartnerTable row = new PartnerTable(settings);
        long[] partners = new long[MADE_UP + 1];
        partners[MADE_UP] = (target + 1L) % TARGETS;
        for (int i = 0; i < MADE_UP; i++) {
            partners[i] = 1_000_000L + (long) target * MADE_UP + i;
        }
        float[] weights = new float[partners.length];
        Arrays.fill(weights, 1f);
        row.add(1f, partners, weights, SweptRows.NOW);
        return row;
    }

    @Test
    void shouldTellColumnsOfFewTargetsThatNothingWasPublishedOf() {
        SweptRows shop = new SweptRows(1, 0.1);
        for (int target = 0; target < TARGETS; target++) {
            shop.add(target, row(target));
        }
        shop.sweep();
        RowSweep sweep = new RowSweep(
                FactorSettings.of(SettingValues.defaults().with(FactorSettings.FACTORS, SweptRows.FACTORS)), shop, 2);
        for (int target = 0; target < TARGETS; target++) {
            sweep.add(target, row(target), SweptRows.NOW);
        }
        assertThat(sweep.columns()).hasSize(TARGETS + 1_000);
        assertThat(sweep.columns().keySet()).containsAll(shop.partners());
    }
}
