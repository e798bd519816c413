package dev.kombo.ranking.slate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.math.StableHash;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.Requests;
import dev.kombo.settings.SettingValues;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * Once its buffers have grown, a request allocates its slate and little else, however large the catalogue and history.
 */
class RankingAllocationTest {
    private static final int REQUESTS = 200;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long bytesARequest(int bundles, int history) {
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        for (int i = 0; i < bundles; i++) {
            index.putItem(CatalogFixtures.item("i" + i, 100));
            index.putModel(CatalogFixtures.factors("i:i" + i, 0, 1 + i % 9, (float) Math.cos(i), (float) Math.sin(i)));
            index.putBundle(CatalogFixtures.bundle("b" + i, 180, "i" + i, "i" + (i + 1) % bundles));
        }
        index.beginGeneration(1, CatalogFixtures.identity(2));
        Requests request = new Requests();
        request.ranker = Ranker.prior(NetworkShape.Architecture.DENSE, 1);
        for (int i = 0; i < history; i++) {
            String entity = i % 3 == 0 ? "b:b" + i : "i:i" + i;
            request.behavior.interacted(StableHash.of(entity), EventType.VIEW, null, CatalogFixtures.NOW);
        }
        SlateRanker ranker = new SlateRanker(index, RankingSettings.of(SettingValues.defaults()));
        RankingRequest built = request.build();
        for (int warm = 0; warm < REQUESTS; warm++) {
            ranker.rank(built);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < REQUESTS; i++) {
            ranker.rank(built);
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
    }

    @Test
    void shouldAllocateNoMoreForMoreBundlesOrALongerHistory() {
        long few = bytesARequest(200, 5);
        assertThat(few).isPositive().isLessThan(16_000);
        assertThat(bytesARequest(1_500, 50)).isLessThan(few + 1_000);
    }
}
