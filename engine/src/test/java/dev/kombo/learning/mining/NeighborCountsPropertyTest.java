package dev.kombo.learning.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.entity.Neighbor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NeighborCountsPropertyTest {
    private static final long DAY = 86_400_000L;

    /** The same counts with unlimited space. */
    private static final class Exact {
        final Map<String, Double> weights = new HashMap<>();
        final Map<String, Integer> orders = new HashMap<>();
        final Map<String, Integer> triples = new HashMap<>();
        double total;

        void add(List<String> partners, Set<String> offered, double weight) {
            for (String partner : partners) {
                weights.merge(partner, weight, Double::sum);
                total += weight;
                if (!offered.contains(partner)) {
                    orders.merge(partner, 1, Integer::sum);
                }
            }
            for (String a : partners) {
                for (String b : partners) {
                    if (a.compareTo(b) < 0 && !offered.contains(a) && !offered.contains(b)) {
                        triples.merge(a + "+" + b, 1, Integer::sum);
                    }
                }
            }
        }
    }

    @Property(seed = "8", tries = 60)
    void shouldCountExactlyWhileAllPartnersFit(@ForAll long seed) {
        NeighborCounts counts = new NeighborCounts(new NeighborSettings(30, 64, 1, 60 * DAY, 30));
        Exact exact = run(counts, seed, 25, 120);
        assertThat(counts.partners()).hasSize(exact.weights.size());
        for (PartnerCount partner : counts.partners()) {
            double weight = exact.weights.get(partner.itemId());
            assertThat((double) partner.weight()).isCloseTo(weight, within(1e-4 * weight + 1e-6));
            assertThat(partner.orders()).isEqualTo(exact.orders.getOrDefault(partner.itemId(), 0));
        }
        Map<String, Integer> triples = new HashMap<>();
        counts.triples().forEach(t -> triples.put(t.first() + "+" + t.second(), t.orders()));
        assertThat(triples).isEqualTo(exact.triples);
    }

    @Property(seed = "9", tries = 60)
    void shouldKeepTheErrorBoundWhenPartnersDoNotFit(@ForAll long seed, @ForAll @IntRange(min = 3, max = 20) int size) {
        NeighborCounts counts = new NeighborCounts(new NeighborSettings(size, 4, 3, 60 * DAY, 30));
        Exact exact = run(counts, seed, 60, 300);
        double bound = exact.total / size;
        assertThat(counts.partners()).hasSize(size);
        double sum = 0;
        for (PartnerCount partner : counts.partners()) {
            sum += partner.weight();
            double weight = exact.weights.get(partner.itemId());
            assertThat((double) partner.weight()).isLessThanOrEqualTo(weight + bound * 1.0001);
            assertThat(partner.orders()).isLessThanOrEqualTo(exact.orders.getOrDefault(partner.itemId(), 0));
        }
        assertThat(sum).isLessThanOrEqualTo(exact.total * 1.0001);
        assertThat(counts.triples()).hasSizeLessThanOrEqualTo(6);
        counts.triples()
                .forEach(t -> assertThat(t.orders())
                        .isLessThanOrEqualTo(exact.triples.getOrDefault(t.first() + "+" + t.second(), 0)));
    }

    @Property(seed = "10", tries = 60)
    void shouldWeighLateOrdersAsIfTheyHadComeInTime(@ForAll long seed) {
        NeighborSettings settings = new NeighborSettings(30, 0, 1, 60 * DAY, 30);
        NeighborCounts inOrder = new NeighborCounts(settings);
        NeighborCounts reversed = new NeighborCounts(settings);
        Random random = new Random(seed);
        List<List<String>> orders = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            orders.add(partners(random, 20));
        }
        for (int i = 0; i < 40; i++) {
            inOrder.addOrder("a", orders.get(i), Set.of(), 4, 5 * DAY * i);
            reversed.addOrder("a", orders.get(39 - i), Set.of(), 4, 5 * DAY * (39 - i));
        }
        assertThat(reversed.time()).isEqualTo(inOrder.time());
        List<Neighbor> expected = inOrder.strongest(100);
        Map<String, Neighbor> actual = new HashMap<>();
        reversed.strongest(100).forEach(n -> actual.put(n.itemId(), n));
        assertThat(actual).hasSize(expected.size());
        for (Neighbor neighbor : expected) {
            assertThat(actual.get(neighbor.itemId()).orders()).isEqualTo(neighbor.orders());
            assertThat(actual.get(neighbor.itemId()).weight())
                    .isCloseTo(neighbor.weight(), within(1e-4f * neighbor.weight()));
        }
    }

    /** Random orders, one per day, small ids more often; "b0" came with an offer every third time. */
    private static Exact run(NeighborCounts counts, long seed, int items, int orders) {
        Random random = new Random(seed);
        Exact exact = new Exact();
        for (int i = 0; i < orders; i++) {
            List<String> partners = partners(random, items);
            Set<String> offered = i % 3 == 0 ? Set.of("b0") : Set.of();
            int orderSize = partners.size() + 1;
            counts.addOrder("a", partners, offered, orderSize, i * DAY);
            double decay = Math.pow(2, -(orders - 1 - i) / 60.0);
            exact.add(partners, offered, decay / Math.sqrt(orderSize));
        }
        return exact;
    }

    private static List<String> partners(Random random, int items) {
        Set<String> partners = new HashSet<>();
        int size = 1 + random.nextInt(6);
        while (partners.size() < size) {
            partners.add("b" + Math.min(random.nextInt(items), random.nextInt(items)));
        }
        return new ArrayList<>(partners);
    }
}
