package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import dev.kombo.entity.LevelCounts;
import dev.kombo.entity.RepurchaseCounts;
import dev.kombo.math.StableHash;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FactorIndexTest {
    private static final Offset<Float> EXACT = within(1e-5f);
    private static final float[][] IDENTITY = CatalogFixtures.identity(2);
    private static final float[][] WHITENING = {{2f, 0.5f}, {0.5f, 1f}};

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final FactorIndex factors = index.factors();

    private int slot(String entity) {
        return factors.slot(StableHash.of(entity));
    }

    private float[] vector(String entity) {
        return factors.space().vector(slot(entity));
    }

    private void put(String entity, int generation, double mass, float... vector) {
        index.putModel(CatalogFixtures.factors(entity, generation, mass, vector));
    }

    @Test
    void shouldWhitenVectorsAndScaleThemByMass() {
        put("i:a", 0, 16, 1, 3);
        put("i:b", 0, 1, 1, 0);
        assertThat(vector("i:a")).as("no basis yet").isNull();

        index.beginGeneration(1, WHITENING);

        // The reference is the time of the latest mass: 16^1/4 = 2.
        assertThat(vector("i:a")).containsExactly(new float[] {2 * (2 + 1.5f), 2 * (0.5f + 3)}, EXACT);
        float[] sum = new float[2];
        factors.space().addInteraction(slot("i:a"), 0.5f, sum);
        factors.space().addInteraction(slot("i:b"), 1f, sum);
        factors.space().addInteraction(FactorIndex.UNKNOWN, 1f, sum);
        assertThat(sum).containsExactly(new float[] {0.25f * 3.5f + 2, 0.25f * 3.5f + 0.5f}, EXACT);
    }

    @Test
    void shouldCompareMassesAtOneTime() {
        long halfLife = EntityModel.MASS_HALF_LIFE_MILLIS;
        index.putModel(new EntityModel(
                "i:old",
                new float[] {1, 0},
                0,
                0,
                0,
                1,
                0,
                Item.UNKNOWN,
                null,
                List.of(),
                EngagementCounts.NONE,
                0,
                32,
                CatalogFixtures.NOW - halfLife,
                RepurchaseCounts.NONE,
                LevelCounts.NONE));
        put("i:new", 0, 1, 1, 0);
        index.beginGeneration(1, IDENTITY);

        assertThat(vector("i:old")[0]).isCloseTo(2f, EXACT);
        assertThat(factors.mass(slot("i:old"))).isCloseTo(16, within(1e-6));
    }

    @Test
    void shouldKeepVectorsOfTheNextGenerationUntilItBegins() {
        put("i:a", 0, 1, 1, 0);
        index.beginGeneration(1, IDENTITY);
        put("i:a", 1, 1, 2, 0);
        assertThat(vector("i:a")).containsExactly(2, 0);
        FactorSpace before = factors.space();

        put("i:a", 2, 1, 0, 5);
        put("i:new", 2, 1, 7, 7);
        assertThat(vector("i:a")).containsExactly(2, 0);
        assertThat(factors.vector(slot("i:a"))).containsExactly(2, 0);
        assertThat(vector("i:new")).as("nothing else is known of it").containsExactly(7, 7);

        put("i:a", 1, 1, 3, 0);
        assertThat(vector("i:a")).as("a step on the vectors in force").containsExactly(3, 0);

        index.beginGeneration(2, WHITENING);
        assertThat(factors.space().generation()).isEqualTo(2);
        assertThat(factors.vector(slot("i:a"))).containsExactly(0, 5);
        assertThat(vector("i:a")).containsExactly(new float[] {2.5f, 5f}, EXACT);
        assertThat(before.vector(slot("i:a"))).as("a reader's space stays").containsExactly(3, 0);
    }

    @Test
    void shouldDescribeABundleByItselfOrByItsMembers() {
        put("i:a", 0, 1, 3, 4);
        put("i:b", 0, 1, 0, 2);
        index.putBundle(CatalogFixtures.bundle("ab", 100, "a", "b", "unknown"));
        index.putBundle(CatalogFixtures.bundle("none", 100, "unknown"));
        index.beginGeneration(1, IDENTITY);
        int ordinal = index.bundleOrdinal("ab");

        BundleFactors untouched = factors.space().bundle(ordinal);
        float[] direction = {0.6f, 1.8f};
        float length = (float) Math.hypot(direction[0], direction[1]);
        assertThat(untouched.vector())
                .as("as long as the least member's, 2")
                .containsExactly(new float[] {2 * direction[0] / length, 2 * direction[1] / length}, EXACT);
        assertThat(untouched.members())
                .containsExactly(new float[] {direction[0] / length, direction[1] / length}, EXACT);
        assertThat(factors.space().bundle(index.bundleOrdinal("none")).vector()).isNull();

        put("b:ab", 1, 1, 6, 8);
        BundleFactors touched = factors.space().bundle(ordinal);
        assertThat(touched.vector()).containsExactly(6, 8);
        assertThat(touched.norm()).isCloseTo(10f, EXACT);
        // Its direction is that of a, (0.6, 0.8); b now also points there, and both mean (0.6, 1.8) without it.
        assertThat(touched.members())
                .containsExactly(unit(0.6 + 0.6 / Math.sqrt(3.6), 0.8 + 1.8 / Math.sqrt(3.6)), EXACT);
        assertThat(untouched.direction()).as("nothing but its members").containsExactly(unit(0.6, 1.8), EXACT);
        assertThat(touched.direction())
                .as("touched once, against ten for its members")
                .containsExactly(unit(0.6 + 6 / Math.sqrt(3.6), 0.8 + 18 / Math.sqrt(3.6)), EXACT);

        float[] products = new float[index.bundleCount()];
        factors.space().products(new float[] {1, 2}, products, products.length);
        assertThat(products[ordinal]).isCloseTo(2.2f, EXACT);
        assertThat(products[index.bundleOrdinal("none")]).isZero();

        put("i:b", 1, 1, 0, -2);
        assertThat(factors.space().bundle(ordinal).members())
                .as("a member moved")
                .containsExactly(unit(0.6 + 0.6 / Math.sqrt(0.4), 0.8 - 0.2 / Math.sqrt(0.4)), EXACT);

        index.removeModel("b:ab");
        assertThat(factors.space().bundle(ordinal).vector())
                .containsExactly(
                        new float[] {(float) (2 * 0.6 / Math.sqrt(0.4)), (float) (-2 * 0.2 / Math.sqrt(0.4))}, EXACT);
        assertThat(factors.space().bundle(ordinal).members())
                .as("nothing of the bundle is left in them")
                .containsExactly(unit(0.6, -0.2), EXACT);
    }

    private static float[] unit(double x, double y) {
        double norm = Math.hypot(x, y);
        return new float[] {(float) (x / norm), (float) (y / norm)};
    }

    @Test
    void shouldGoOnWithTheLastVectorWhenTheNextIsNotFiniteOrOfAnotherLength() {
        put("i:a", 0, 1, 1, 0);
        index.beginGeneration(1, IDENTITY);
        put("i:a", 1, 1, Float.NaN, 0);
        assertThat(vector("i:a")).containsExactly(1, 0);
        put("i:a", 1, 1, 1, 2, 3);
        assertThat(vector("i:a")).as("of a former setting").isNull();
        put("i:a", 1, 0, 1, 2);
        assertThat(vector("i:a")).as("without a mass").isNull();
    }

    @Test
    void shouldMultiplyByColumnsAsRowByRow() {
        int length = 7;
        int bundles = 300;
        index.beginGeneration(1, CatalogFixtures.identity(length));
        for (int b = 0; b < bundles; b++) {
            float[] vector = new float[length];
            for (int k = 0; k < length; k++) {
                vector[k] = (float) StableHash.unit(StableHash.combine(b, k)) - 0.5f;
            }
            index.putBundle(CatalogFixtures.bundle("x" + b, 100, "a"));
            put("b:x" + b, 1, 1, vector);
        }
        float[] asked = {1, -2, 3, -4, 5, -6, 7};
        float[] products = new float[bundles];
        factors.space().products(asked, products, bundles);
        for (int b = 0; b < bundles; b++) {
            BundleFactors known = factors.space().bundle(b);
            float product = 0;
            for (int k = 0; k < length; k++) {
                product += asked[k] * known.vector()[k] / known.norm();
            }
            assertThat(products[b]).isCloseTo(product, EXACT);
        }
    }

    /** In generation g all vectors are (g, g): a reader that saw two bases in one space would see two numbers. */
    @Test
    void shouldShowOneGenerationOnlyWhenItChangesUnderAReader() throws InterruptedException, ExecutionException {
        int entities = 200;
        int generations = 60;
        AtomicBoolean writing = new AtomicBoolean(true);
        for (int t = 0; t < entities; t++) {
            put("i:" + t, 0, 1, 1, 1);
            index.putBundle(CatalogFixtures.bundle("b" + t, 100, "" + t));
        }
        index.beginGeneration(1, IDENTITY);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> seen = reader.submit(() -> {
                int last = 0;
                boolean once = true;
                while (once || writing.get()) {
                    once = writing.get();
                    FactorSpace space = factors.space();
                    for (int t = 0; t < entities; t++) {
                        float[] expected = {space.generation(), space.generation()};
                        assertThat(space.vector(slot("i:" + t))).containsExactly(expected);
                        assertThat(space.bundle(index.bundleOrdinal("b" + t)).vector())
                                .containsExactly(expected, within(1e-3f));
                    }
                    last = space.generation();
                }
                return last;
            });
            for (int g = 2; g <= generations; g++) {
                for (int t = 0; t < entities; t++) {
                    put("i:" + t, g, 1, g, g);
                }
                index.beginGeneration(g, IDENTITY);
            }
            writing.set(false);
            assertThat(seen.get()).isEqualTo(generations);
        } finally {
            reader.shutdownNow();
        }
    }

    @Test
    void shouldCutVectorsWhenAnEarlierSettingMadeThemLonger() {
        IndexSettings shorter = IndexSettings.of(SettingValues.defaults().with(IndexSettings.FACTORS, 2));
        WritableCatalogIndex upgraded = new WritableCatalogIndex(shorter);
        long prefix = StableHash.of("i:a") >>> 24;
        upgraded.putModel(CatalogFixtures.factors("i:a", 1, 1, 1f, 2f, 9f));
        upgraded.putVector(prefix, 1, new float[] {3f, 4f, 9f});
        upgraded.factors().columns().put(0, prefix, new float[] {5f, 6f, 9f});
        upgraded.factors().columns().end(0);
        upgraded.beginGeneration(1, IDENTITY);

        float[] sum = new float[2];
        assertThat(upgraded.factors().addSwept(upgraded.factors().slotOfPrefix(prefix), 1f, sum))
                .isTrue();
        assertThat(sum).containsExactly(new float[] {3f, 4f}, EXACT);
        assertThat(upgraded.factors().columns().addTo(prefix, 1f, sum)).isTrue();
        assertThat(sum).containsExactly(new float[] {8f, 10f}, EXACT);
        assertThat(upgraded.factors().space().vector(upgraded.factors().slotOfPrefix(prefix)))
                .hasSize(2);
    }
}
