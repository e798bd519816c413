package dev.kombo.engine.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.learning.factors.FactorBasis;
import dev.kombo.learning.factors.FactorSettings;
import dev.kombo.learning.factors.Generations;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.factors.RowSweep;
import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import dev.kombo.settings.SettingValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** A pair is counted at only one of its two entities; the learned vectors must not depend on which. */
class SweptPairsTest {
    private static final int TARGETS = 40;
    private static final int GROUPS = 4;
    private static final int FACTORS = 4;
    private static final int SWEEPS = 40;
    private static final long NOW = 1_000_000;

    @Test
    void shouldLearnTheSameWhicheverEntityCountsThePair() {
        float[][] earlier = vectors((one, other) -> one < other);
        float[][] later = vectors((one, other) -> one > other);
        float[][] any = vectors((one, other) -> (one + other) % 2 == 0 == one < other);

        for (int one = 0; one < TARGETS; one++) {
            for (int other = 0; other < TARGETS; other++) {
                double cosine = cosine(earlier[one], earlier[other]);
                assertThat(cosine(later[one], later[other])).isCloseTo(cosine, within(0.1));
                assertThat(cosine(any[one], any[other])).isCloseTo(cosine, within(0.1));
                if (one % GROUPS == other % GROUPS) {
                    assertThat(cosine).as("of one group: %s and %s", one, other).isGreaterThan(0.8);
                }
            }
        }
    }

    /** Whitened vectors of entities in groups of co-occurring ones, each pair counted at the stated entity. */
    private static float[][] vectors(BiPredicate<Integer, Integer> counted) {
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        FactorSettings settings = new FactorSettings(FACTORS, 1f, 0.001, 1, 1);
        Random random = new Random(7);
        Map<Long, PartnerTable> rows = new HashMap<>();
        for (int entity = 0; entity < TARGETS; entity++) {
            rows.put(id(entity), new PartnerTable(PartnerTable.Limits.INTERACTIONS));
        }
        for (int one = 0; one < TARGETS; one++) {
            for (int other = 0; other < one; other++) {
                float count = (one % GROUPS == other % GROUPS ? 0.8f : 0.05f) * (0.5f + random.nextFloat());
                boolean here = counted.test(one, other);
                // Both weigh the same, whether the pair is counted here or there.
                rows.get(id(here ? one : other)).add(1f, new long[] {id(here ? other : one)}, new float[] {count}, NOW);
                rows.get(id(here ? other : one)).add(1f, new long[0], new float[0], NOW);
            }
        }
        for (int entity = 0; entity < TARGETS; entity++) {
            PartnerTable row = rows.get(id(entity));
            index.putModel(new EntityModel(
                    Entity.ofItem("item-" + entity),
                    new float[0],
                    0,
                    0,
                    NOW,
                    1,
                    0,
                    Item.UNKNOWN,
                    null,
                    List.of(),
                    EngagementCounts.NONE,
                    0,
                    row.mass(),
                    row.time(),
                    RepurchaseCounts.NONE,
                    LevelCounts.NONE));
        }
        Generations generations = new Generations(FACTORS, settings.regularization(), 1, Long.MAX_VALUE);
        for (int i = 0; i < SWEEPS; i++) {
            sweep(rows, index, settings, generations);
        }
        FactorSpace space = index.factors().space();
        float[][] vectors = new float[TARGETS][];
        for (int entity = 0; entity < TARGETS; entity++) {
            vectors[entity] = space.vector(index.factors().slotOfPrefix(id(entity)));
        }
        return vectors;
    }

    private static void sweep(
            Map<Long, PartnerTable> rows,
            WritableCatalogIndex index,
            FactorSettings settings,
            Generations generations) {
        RowSweep sweep = new RowSweep(settings, new IndexedFactors(index.factors()), generations.next());
        rows.forEach((id, row) -> {
            QuantizedVector vector = sweep.add(id, row, NOW);
            if (vector != null) {
                index.putVector(id, sweep.generation(), vector.toFloats());
            }
        });
        sweep.columns().forEach((id, column) -> index.factors().columns().put(0, id, column));
        index.factors().columns().end(0);
        FactorBasis basis = generations.sweepEnded(
                0, sweep.generation(), sweep.gram().toFloats(), sweep.gram().rows(), 0, NOW);
        index.beginGeneration(basis.generation(), basis.whitening());
    }

    private static long id(int entity) {
        return PartnerTable.partnerOf(StableHash.of(Entity.ofItem("item-" + entity)));
    }

    private static double cosine(float[] one, float[] other) {
        return FactorMath.dot(one, other) / (FactorMath.norm(one) * FactorMath.norm(other));
    }
}
