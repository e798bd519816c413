package dev.kombo.ranking.slate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Which entries of random pools are left for each rank, and which of them is chosen. */
class SlatePoolPropertyTest {
    private static final int ITEMS = 40;

    private final List<Double> values = new ArrayList<>();
    private final List<Double> odds = new ArrayList<>();
    private final List<BundleEntry> contents = new ArrayList<>();
    private final WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));

    private void draw(Random random) {
        for (int i = 0; i < ITEMS; i++) {
            index.putItem(CatalogFixtures.item("i" + i, 100));
        }
        values.clear();
        odds.clear();
        contents.clear();
        int count = 1 + random.nextInt(12);
        for (int p = 0; p < count; p++) {
            TreeSet<String> members = new TreeSet<>();
            for (int m = 0; m < 2 + random.nextInt(2); m++) {
                members.add("i" + random.nextInt(ITEMS));
            }
            index.putBundle(CatalogFixtures.bundle("b" + p, 100, members.toArray(new String[0])));
            contents.add(index.bundle("b" + p));
            values.add(random.nextGaussian());
            odds.add(Math.exp(2 * random.nextGaussian() - 4));
        }
    }

    private SlatePool pool(double oddsMin) {
        SlatePool pool = new SlatePool(contents.size(), oddsMin);
        for (int p = 0; p < contents.size(); p++) {
            pool.add(p, contents.get(p), values.get(p), Math.log(odds.get(p)), 100);
        }
        pool.begin(SlateGoal.relevance(), 1);
        return pool;
    }

    /** Ranks are filled as without the limit, from what is likely enough beside the ranks above. */
    @Property(tries = 500, seed = "31")
    void shouldGiveRanksBelowTheFirstToWhatIsLikelyEnough(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        draw(random);
        double oddsMin = random.nextInt(4) == 0 ? 0 : random.nextDouble();
        SlatePool pool = pool(oddsMin);
        SlatePool unlimited = pool(0);
        double least = oddsMin * Collections.max(odds);
        boolean first = true;
        while (pool.open()) {
            for (int p = 0; p < contents.size(); p++) {
                boolean unlikely = !first && odds.get(p) < least * (1 - 1e-12);
                assertThat(pool.taken()[p]).isEqualTo(unlimited.taken()[p] || unlikely);
            }
            int chosen = pool.best();
            assertThat(pool.taken()[chosen]).isFalse();
            for (int p = 0; p < contents.size(); p++) {
                assertThat(pool.taken()[p] || values.get(p) <= values.get(chosen))
                        .isTrue();
            }
            pool.take(chosen);
            unlimited.take(chosen);
            first = false;
        }
    }

    @Property(tries = 100, seed = "32")
    void shouldLeaveEqualsTogetherWhereOnlyTheBestMayFollow(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        draw(random);
        odds.replaceAll(any -> 0.01);
        SlatePool pool = pool(1);
        SlatePool unlimited = pool(0);
        while (unlimited.open()) {
            int chosen = unlimited.best();
            assertThat(pool.best()).isEqualTo(chosen);
            pool.take(chosen);
            unlimited.take(chosen);
            assertThat(pool.open()).isEqualTo(unlimited.open());
        }
    }
}
