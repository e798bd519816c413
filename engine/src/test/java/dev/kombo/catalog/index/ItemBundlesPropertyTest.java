package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Entity;
import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is kept for an item is what a look at all its bundles finds, whatever changed since it was kept. */
class ItemBundlesPropertyTest {
    private static final int ITEMS = 6;
    private static final int BUNDLES = 80;
    private static final int MOST_POPULAR = 25;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private void change(Random random) {
        String item = "i" + random.nextInt(ITEMS);
        String bundle = "b" + random.nextInt(BUNDLES);
        switch (random.nextInt(5)) {
            case 0 -> index.putBundle(CatalogFixtures.bundle(bundle, 100, item, "i" + random.nextInt(ITEMS)));
            case 1 -> index.putModel(CatalogFixtures.model(Entity.ofItem(item), random.nextInt(9), 1f));
            case 2 -> index.putModel(CatalogFixtures.model(Entity.ofBundle(bundle), random.nextInt(9), 1f));
            case 3 -> index.removeModel(Entity.ofBundle(bundle));
            default -> {
                if (random.nextInt(4) == 0) {
                    index.removeBundle(bundle);
                }
            }
        }
    }

    private int[] mostPopular(int item) {
        int[] all = index.bundlesOfItem(item);
        return all.length <= MOST_POPULAR
                ? all
                : Arrays.stream(all)
                        .boxed()
                        .sorted(Comparator.comparing(index::logPopularityLong).reversed())
                        .limit(MOST_POPULAR)
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private int[] sharing(int item) {
        return Arrays.stream(index.bundlesOfItem(item))
                .mapToObj(index::bundle)
                .flatMapToInt(BundleEntry::members)
                .filter(other -> other != item)
                .distinct()
                .toArray();
    }

    @Property(tries = 30, seed = "31")
    void shouldFollowEachChange(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        for (int b = 0; b < BUNDLES; b++) {
            index.putBundle(CatalogFixtures.bundle("b" + b, 100, "i0", "i" + random.nextInt(ITEMS)));
        }
        for (int step = 0; step < 150; step++) {
            change(random);
            for (int item = 0; item < index.itemCount(); item++) {
                assertThat(index.popularBundlesOfItem(item)).containsExactly(mostPopular(item));
                assertThat(index.itemsSharingBundle(item)).containsExactly(sharing(item));
            }
        }
    }
}
