package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenOrderTest {
    private static OpenOrder order(String id, List<String> items) {
        OpenOrder order = new OpenOrder(id, 1000);
        for (int i = 0; i < items.size(); i++) {
            order.add(items.get(i), 1000 + i);
        }
        return order;
    }

    private static List<String> itemIds(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add("item-" + i);
        }
        return ids;
    }

    @Test
    void shouldKeepAllItemsOnceAndInOrderWhenTheyFit() {
        OpenOrder order = order("o", List.of("b", "a", "b", "c"));

        assertThat(order.items()).containsExactly("b", "a", "c");
        assertThat(order.lineCount()).isEqualTo(4);
        assertThat(order.lastLineAt()).isEqualTo(1003);
    }

    @Test
    void shouldTakeOverLinesThatCameInElsewhere() {
        OpenOrder order = order("o", List.of("a", "b"));
        OpenOrder other = new OpenOrder("o", 5000);
        other.add("b", 6000);
        other.add("c", 5500);
        order.absorb(other);

        assertThat(order.items()).containsExactly("a", "b", "c");
        assertThat(order.lineCount()).isEqualTo(4);
        assertThat(order.lastLineAt()).isEqualTo(6000);
    }

    @Test
    void shouldKeepTheSameSampleWhenLinesComeInAnotherOrder() {
        List<String> ids = itemIds(200);
        List<String> expected = order("o", ids).items();
        assertThat(expected).hasSize(OpenOrder.MAX_ITEMS).doesNotHaveDuplicates();

        for (int seed = 0; seed < 10; seed++) {
            List<String> shuffled = new ArrayList<>(ids);
            shuffled.addAll(ids.subList(0, 50));
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(order("o", shuffled).items()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void shouldSampleOtherItemsWhenTheOrderIsAnother() {
        assertThat(order("o", itemIds(200)).items())
                .isNotEqualTo(order("p", itemIds(200)).items());
    }

    @Test
    void shouldSampleEvenlyWhenOrdersAreLarge() {
        int[] kept = new int[100];
        int orders = 400;
        for (int o = 0; o < orders; o++) {
            for (String item : order("order-" + o, itemIds(100)).items()) {
                kept[Integer.parseInt(item.substring(5))]++;
            }
        }

        // Each is kept with probability 1/2: 200 of 400, standard deviation 10.
        for (int count : kept) {
            assertThat(count).isBetween(150, 250);
        }
    }

    @Test
    void shouldNotRewindWhenALineIsLate() {
        OpenOrder order = new OpenOrder("o", 1000);
        order.add("a", 2000);
        order.add("b", 1500);

        assertThat(order.lastLineAt()).isEqualTo(2000);
    }
}
