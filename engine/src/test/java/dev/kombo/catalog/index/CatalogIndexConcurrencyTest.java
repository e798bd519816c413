package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.PopularitySettings;
import dev.kombo.price.BundlePricing;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * One thread writes while two read. Version v of every bundle and model consists of numbers that are all v, so a reader
 * that saw half of a write would see two numbers.
 */
class CatalogIndexConcurrencyTest {
    private static final int TARGETS = 300;
    private static final int ROUNDS = 40;
    private static final int HUB_BUNDLES = 40;

    private final WritableCatalogIndex index = new WritableCatalogIndex(new IndexSettings(
            48, new PopularitySettings(86_400_000L, 86_400_000L), BundlePricing.of(SettingValues.defaults()), false));
    private final AtomicBoolean writing = new AtomicBoolean(true);

    private void write() {
        for (int version = 1; version <= ROUNDS; version++) {
            for (int i = 0; i < TARGETS; i++) {
                index.putBundle(CatalogFixtures.bundle("b" + i, version, "i" + i, "i" + (i + version) % TARGETS));
                index.putItem(CatalogFixtures.item("i" + i, version));
                index.putModel(CatalogFixtures.model("i:i" + i, version, version, version, version, version));
                if (i % 7 == 0) {
                    index.removeBundle("b" + i);
                }
                String ofHub = "h" + i % HUB_BUNDLES;
                index.putBundle(CatalogFixtures.bundle(ofHub, version, "hub", "i" + i));
                index.putModel(CatalogFixtures.model("b:" + ofHub, (i * 31 + version * 17) % 101, version));
            }
        }
    }

    private long read() {
        long seen = 0;
        boolean last = false;
        while (!last) {
            last = !writing.get();
            for (int i = 0; i < TARGETS; i++) {
                int item = index.itemOrdinal("i" + i);
                if (item != CatalogIndex.UNKNOWN) {
                    readItem(index.itemAt(item));
                    seen++;
                }
            }
            for (int ordinal = 0; ordinal < index.bundleCount(); ordinal++) {
                BundleEntry entry = index.bundle(ordinal);
                seen += entry == null ? 0 : readBundle(entry);
            }
            readContents();
            readItemBundles();
            for (int ordinal : index.popularBundles()) {
                assertThat(ordinal).isLessThan(index.bundleCount());
            }
        }
        return seen;
    }

    private void readContents() {
        ContentSearch search = new ContentSearch();
        for (int ordinal = 0; ordinal < index.bundleCount(); ordinal++) {
            for (float cosine : index.contentNeighbors(ordinal, search).cosines()) {
                assertThat(cosine).isPositive();
            }
        }
    }

    private void readItemBundles() {
        for (int item = 0; item < index.itemCount(); item++) {
            assertThat(index.itemsSharingBundle(item)).doesNotContain(item);
            assertThat(index.popularBundlesOfItem(item)).hasSizeLessThanOrEqualTo(HUB_BUNDLES);
        }
    }

    private void readItem(ItemEntry entry) {
        if (entry.model() != null) {
            for (float component : entry.model().vector()) {
                assertThat((double) component).isEqualTo(entry.model().popularityLong());
            }
        }
        for (int bundle : entry.bundles()) {
            assertThat(bundle).isLessThan(index.bundleCount());
        }
    }

    private int readBundle(BundleEntry entry) {
        assertThat(entry.bundle().members()).isNotEmpty();
        assertThat(entry.size()).isBetween(1, 2);
        for (int m = 0; m < entry.size(); m++) {
            assertThat(index.itemAt(entry.member(m)).hash()).isEqualTo(entry.memberHash(m));
        }
        return 1;
    }

    @Test
    void shouldNeverShowHalfAnEntryWhenAnotherThreadWrites() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            Callable<Long> reader = this::read;
            readers.add(threads.submit(reader));
            readers.add(threads.submit(reader));
            try {
                write();
            } finally {
                writing.set(false);
            }
            for (Future<Long> result : readers) {
                assertThat(result.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        assertContentsOfTheLatestMembers();
        assertThat(index.itemAt(index.itemOrdinal("i1")).model().vector()).containsOnly(ROUNDS);
    }

    /** Lists that a reader computed while the writer continued are not kept. */
    private void assertContentsOfTheLatestMembers() {
        WritableCatalogIndex fresh = new WritableCatalogIndex(index.settings());
        for (int ordinal = 0; ordinal < index.bundleCount(); ordinal++) {
            BundleEntry entry = index.bundle(ordinal);
            if (entry == null) {
                fresh.putBundle(CatalogFixtures.bundle("gone" + ordinal, 1, "gone"));
            } else {
                fresh.putBundle(entry.bundle());
            }
        }
        for (int item = 0; item < index.itemCount(); item++) {
            assertThat(index.itemsSharingBundle(item)).containsExactly(ItemBundlesPropertyTest.sharing(index, item));
            assertThat(index.popularBundlesOfItem(item))
                    .containsExactly(ItemBundlesPropertyTest.mostPopular(index, item));
        }
        ContentSearch search = new ContentSearch();
        for (int ordinal = 0; ordinal < index.bundleCount(); ordinal++) {
            if (index.bundle(ordinal) != null) {
                assertThat(index.contentNeighbors(ordinal, search).bundles())
                        .containsExactlyInAnyOrder(
                                fresh.contentNeighbors(ordinal, search).bundles());
            }
        }
    }
}
