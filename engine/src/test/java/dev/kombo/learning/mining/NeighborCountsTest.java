package dev.kombo.learning.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Neighbor;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeighborCountsTest {
    private static final long DAY = 86_400_000L;

    @Test
    void shouldListTheStrongestFirst() {
        NeighborCounts counts = new NeighborCounts(NeighborSettings.of(SettingValues.defaults()));
        counts.addOrder("a", List.of("d", "c", "b"), Set.of(), 4, 0);
        counts.addOrder("a", List.of("c"), Set.of("c"), 4, 0);
        assertThat(counts.strongest(2)).containsExactly(new Neighbor("c", 1f, 1), new Neighbor("b", 0.5f, 1));
        assertThat(counts.strongest(9)).hasSize(3);
    }

    @Test
    void shouldWeighOrdersBySizeAndAge() {
        NeighborCounts counts = new NeighborCounts(NeighborSettings.of(SettingValues.defaults()));
        counts.addOrder("a", List.of("b"), Set.of(), 16, 0);
        counts.addOrder("a", List.of("c"), Set.of(), 4, 60 * DAY);
        counts.addOrder("a", List.of("d"), Set.of(), 4, 0);
        assertThat(counts.strongest(9))
                .containsExactly(new Neighbor("c", 0.5f, 1), new Neighbor("d", 0.25f, 1), new Neighbor("b", 0.125f, 1));
        assertThat(counts.time()).isEqualTo(60 * DAY);
    }

    @Test
    void shouldNotCountAnOfferedPartnerAsSupport() {
        NeighborCounts counts = new NeighborCounts(new NeighborSettings(10, 10, 1, DAY, 30));
        counts.addOrder("a", List.of("b", "c", "d"), Set.of("b"), 4, 0);
        counts.addOrder("a", List.of("b", "c", "d"), Set.of("b"), 4, 0);
        assertThat(counts.strongest(9)).extracting(Neighbor::orders).containsExactly(0, 2, 2);
        assertThat(counts.triples()).singleElement().satisfies(triple -> {
            assertThat(triple.first()).isEqualTo("c");
            assertThat(triple.second()).isEqualTo("d");
        });
    }

    @Test
    void shouldCountTriplesOnlyUnderTheSmallestIdAndFromWhenPairsAreFrequent() {
        NeighborCounts counts = new NeighborCounts(new NeighborSettings(10, 10, 3, DAY, 30));
        for (int i = 0; i < 5; i++) {
            counts.addOrder("c", List.of("e", "a", "d", "b"), Set.of(), 5, 0);
        }
        assertThat(counts.triples()).singleElement().satisfies(triple -> {
            assertThat(triple.first()).isEqualTo("d");
            assertThat(triple.second()).isEqualTo("e");
            assertThat(triple.orders()).isEqualTo(3);
        });
    }

    @Test
    void shouldGiveUpOnlyTriplesWhosePartnersFellBehind() {
        NeighborCounts counts = new NeighborCounts(new NeighborSettings(10, 2, 1, DAY, 30));
        counts.addOrder("a", List.of("b", "c"), Set.of(), 3, 0);
        counts.addOrder("a", List.of("d", "b", "e"), Set.of(), 4, 0);
        assertThat(pairs(counts)).containsExactly("b+c");
        for (int i = 0; i < 3; i++) {
            counts.addOrder("a", List.of("d", "e"), Set.of(), 3, 10 * DAY);
        }
        assertThat(pairs(counts)).containsExactly("d+e");
    }

    @Test
    void shouldFindRegularPartnersAmongManyChanceOnes() {
        NeighborCounts counts = new NeighborCounts(new NeighborSettings(20, 0, 1, 60 * DAY, 30));
        for (int order = 0; order < 2000; order++) {
            // The regulars come in one order of ten each, and only after the table is full of chance partners.
            String regular = order % 2 == 0 && order > 100 ? "regular" + order % 10 : "chance-" + order;
            counts.addOrder("a", List.of(regular, "once-" + order, "single-" + order), Set.of(), 4, order * DAY / 50);
        }
        assertThat(counts.strongest(5))
                .extracting(Neighbor::itemId)
                .containsExactlyInAnyOrder("regular0", "regular2", "regular4", "regular6", "regular8");
        assertThat(counts.strongest(5)).allSatisfy(n -> assertThat(n.orders()).isBetween(100, 190));
    }

    @Test
    void shouldCountAPartnerNamedTwiceOnce() {
        NeighborCounts counts = new NeighborCounts(NeighborSettings.of(SettingValues.defaults()));
        counts.addOrder("a", List.of("b", "b"), Set.of(), 4, 0);
        counts.addOrder("a", List.of("b", "b"), Set.of(), 4, 0);
        assertThat(counts.strongest(5)).containsExactly(new Neighbor("b", 1f, 2));
    }

    @Test
    void shouldIgnoreTheItemItself() {
        NeighborCounts counts = new NeighborCounts(NeighborSettings.of(SettingValues.defaults()));
        counts.addOrder("a", List.of("a"), Set.of(), 2, 0);
        assertThat(counts.partners()).isEmpty();
    }

    private static List<String> pairs(NeighborCounts counts) {
        return counts.triples().stream().map(t -> t.first() + "+" + t.second()).toList();
    }
}
