package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Entity;
import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is kept for an item is what a look at all its bundles finds, whatever changed since it was kept. */
class ItemBundlesPropertyTest {
    private static final int ITEMS = 6;
    private static final int BUNDLES = 130;
    private static final int MOST_POPULAR = 25;
    private static final int MOST_SHARED = 100;

    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private void change(Random random) {
        String item = "i" + random.nextInt(ITEMS);
        String bundle = "b" + random.nextInt(BUNDLES);
        switch (random.nextInt(8)) {
            case 0 -> index.putBundle(CatalogFixtures.bundle(bundle, 100, item, "i" + random.nextInt(ITEMS)));
            case 1 -> index.putModel(CatalogFixtures.model(Entity.ofItem(item), random.nextInt(9), 1f));
            case 2 -> index.putModel(CatalogFixtures.model(Entity.ofBundle(bundle), random.nextInt(9), 1f));
            case 3 -> index.removeModel(Entity.ofBundle(bundle));
            case 4 -> index.removeModel(Entity.ofItem(item));
            case 5 -> index.putItem(CatalogFixtures.item(item, 100));
            case 6 -> {
                index.putModelLater(CatalogFixtures.model(Entity.ofItem(item), random.nextInt(9), 1f));
                index.refresh();
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    index.removeBundle(bundle);
                }
            }
        }
    }

    static int[] mostPopular(CatalogIndex index, int item) {
        int[] all = index.bundlesOfItem(item);
        return all.length <= MOST_POPULAR
                ? all
                : Arrays.stream(all)
                        .boxed()
                        .sorted(Comparator.comparing(bundle -> -popularity(index, bundle)))
                        .limit(MOST_POPULAR)
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    private static float popularity(CatalogIndex index, int bundle) {
        return (float) index.bundle(bundle).logPopularityLong();
    }

    static int[] sharing(CatalogIndex index, int item) {
        return Arrays.stream(index.bundlesOfItem(item))
                .limit(MOST_SHARED)
                .mapToObj(index::bundle)
                .flatMapToInt(bundle -> IntStream.range(0, bundle.size()).map(bundle::member))
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
                assertThat(index.popularBundlesOfItem(item)).containsExactly(mostPopular(index, item));
                assertThat(index.itemsSharingBundle(item)).containsExactly(sharing(index, item));
            }
        }
    }
}
