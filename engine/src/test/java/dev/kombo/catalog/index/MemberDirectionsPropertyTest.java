package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.Entity;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;

/** What bundles add to the directions of their members, against a calculation from nothing. */
class MemberDirectionsPropertyTest {
    private static final Offset<Float> CLOSE = within(1e-5f);
    private static final int FACTORS = 3;
    private static final int ITEMS = 6;
    private static final int BUNDLES = 5;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
    private final Map<String, float[]> vectors = new HashMap<>();
    private final Map<String, Integer> masses = new HashMap<>();
    private final Map<String, List<String>> bundles = new HashMap<>();

    @Property(tries = 100, seed = "26")
    void shouldEqualWhatIsCalculatedFromNothingWhateverCameInWhicheverOrder(
            @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 200) int changes) {
        Random random = new Random(seed);
        index.beginGeneration(1, CatalogFixtures.identity(FACTORS));
        for (int i = 0; i < changes; i++) {
            change(random);
        }
        // Bundles that share members with a changed one follow when they change, at the latest with a generation.
        index.refresh();
        for (int b = 0; b < BUNDLES; b++) {
            if (bundles.containsKey("x" + b)) {
                index.putBundle(CatalogFixtures.bundle(
                        "x" + b, 100 + b, bundles.get("x" + b).toArray(new String[0])));
            }
        }
        requireFromNothing("step by step");
        index.beginGeneration(2, CatalogFixtures.identity(FACTORS));
        requireFromNothing("of a new generation");
    }

    private void change(Random random) {
        String item = Entity.ofItem("i" + random.nextInt(ITEMS));
        String id = "x" + random.nextInt(BUNDLES);
        String bundle = Entity.ofBundle(id);
        switch (random.nextInt(7)) {
            case 0, 1 -> put(item, random);
            case 2 -> put(bundle, random);
            case 3 -> {
                index.removeModel(bundle);
                vectors.remove(bundle);
            }
            case 4 -> {
                index.removeModel(item);
                vectors.remove(item);
            }
            case 5 -> {
                index.removeBundle(id);
                bundles.remove(id);
            }
            default -> {
                TreeSet<String> members = new TreeSet<>();
                for (int m = 0; m < 1 + random.nextInt(3); m++) {
                    members.add("i" + random.nextInt(ITEMS));
                }
                bundles.put(id, new ArrayList<>(members));
                index.putBundle(CatalogFixtures.bundle(id, 100, members.toArray(new String[0])));
            }
        }
    }

    private void put(String entity, Random random) {
        float[] vector = new float[FACTORS];
        for (int k = 0; k < FACTORS; k++) {
            vector[k] = (float) random.nextGaussian();
        }
        int mass = 1 + random.nextInt(40);
        vectors.put(entity, vector);
        masses.put(entity, mass);
        index.putModel(CatalogFixtures.factors(entity, 1, mass, vector));
    }

    private void requireFromNothing(String when) {
        for (int b = 0; b < BUNDLES; b++) {
            String id = "x" + b;
            int ordinal = index.bundleOrdinal(id);
            if (ordinal == CatalogIndex.UNKNOWN || !bundles.containsKey(id)) {
                continue;
            }
            BundleFactors known = index.factors().space().bundle(ordinal);
            float[] plain = new float[FACTORS];
            float[] members = new float[FACTORS];
            for (String item : bundles.get(id)) {
                add(unit(vectors.get(Entity.ofItem(item))), 1, plain);
                add(memberDirection(item), 1, members);
            }
            requireSame(known.members(), unit(members), id + " " + when);

            float[] own = unit(vectors.get(Entity.ofBundle(id)));
            float[] direction = new float[FACTORS];
            add(own, masses.getOrDefault(Entity.ofBundle(id), 0), direction);
            add(unit(plain), 10, direction);
            requireSame(known.direction(), unit(direction), id + " itself " + when);
        }
    }

    private static void requireSame(float[] actual, float[] expected, String what) {
        if (expected == null) {
            assertThat(actual).as(what).isNull();
        } else {
            assertThat(actual).as(what).containsExactly(expected, CLOSE);
        }
    }

    /** unit(unit(v) + mean of unit(w)) over the bundles that hold the item. */
    private float[] memberDirection(String item) {
        float[] own = unit(vectors.get(Entity.ofItem(item)));
        if (own == null) {
            return null;
        }
        List<float[]> holding = new ArrayList<>();
        bundles.forEach((id, members) -> {
            float[] direction = unit(vectors.get(Entity.ofBundle(id)));
            if (members.contains(item) && direction != null) {
                holding.add(direction);
            }
        });
        float[] sum = own.clone();
        holding.forEach(direction -> add(direction, 1f / holding.size(), sum));
        return unit(sum);
    }

    private static void add(float[] vector, float scale, float[] sum) {
        for (int k = 0; vector != null && k < sum.length; k++) {
            sum[k] += scale * vector[k];
        }
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (int k = 0; vector != null && k < vector.length; k++) {
            squares += vector[k] * vector[k];
        }
        if (vector == null || squares == 0) {
            return null;
        }
        float[] unit = new float[vector.length];
        add(vector, (float) (1 / Math.sqrt(squares)), unit);
        return unit;
    }
}
