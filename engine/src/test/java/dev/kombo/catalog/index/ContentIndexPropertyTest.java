package dev.kombo.catalog.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.settings.SettingValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The most similar bundles are those that the definition says, however many are alike. */
class ContentIndexPropertyTest {
    private static final int BUNDLES = 150;
    private static final int ITEMS = 14;

    private final List<Set<String>> contents = new ArrayList<>();
    private final Map<String, Integer> holders = new HashMap<>();

    @Property(tries = 30, seed = "17")
    void shouldFindTheMostSimilarOfAll(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        WritableCatalogIndex index = new WritableCatalogIndex(IndexSettings.of(SettingValues.defaults()));
        contents.clear();
        holders.clear();
        for (int b = 0; b < BUNDLES; b++) {
            Set<String> members = new TreeSet<>();
            while (members.size() < 2 + b % 3) {
                members.add("i" + (int) (ITEMS * random.nextDouble() * random.nextDouble()));
            }
            contents.add(members);
            members.forEach(member -> holders.merge(member, 1, Integer::sum));
            index.putBundle(CatalogFixtures.bundle("b" + b, 100, members.toArray(String[]::new)));
        }
        for (int b = 0; b < BUNDLES; b++) {
            ContentNeighbors found =
                    index.contentNeighbors(index.bundle("b" + b).ordinal(), new ContentSearch());
            List<Double> expected = expected(b);
            assertThat(found.bundles()).hasSize(expected.size()).doesNotHaveDuplicates();
            for (int i = 0; i < expected.size(); i++) {
                assertThat((double) found.cosines()[i]).isCloseTo(expected.get(i), within(1e-5));
                int other = Integer.parseInt(
                        index.bundle(found.bundles()[i]).bundle().id().substring(1));
                assertThat(cosine(b, other)).isCloseTo(expected.get(i), within(1e-5));
            }
        }
    }

    private List<Double> expected(int bundle) {
        List<Double> cosines = new ArrayList<>();
        for (int other = 0; other < BUNDLES; other++) {
            double cosine = other == bundle ? 0 : cosine(bundle, other);
            if (cosine > 0) {
                cosines.add(cosine);
            }
        }
        cosines.sort(Collections.reverseOrder());
        return cosines.subList(0, Math.min(ContentIndex.MOST, cosines.size()));
    }

    private double cosine(int bundle, int other) {
        Set<String> common = new HashSet<>(contents.get(bundle));
        common.retainAll(contents.get(other));
        return square(common) / Math.sqrt(square(contents.get(bundle)) * square(contents.get(other)));
    }

    private double square(Set<String> members) {
        return members.stream()
                .mapToDouble(member -> Math.pow(Math.log(1 + (double) BUNDLES / holders.get(member)), 2))
                .sum();
    }
}
