package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProductCellsTest {
    private static List<Map<String, String>> products(String cell) {
        return ProductCells.of(Map.of(ProductCells.FIELD, cell));
    }

    @Test
    void shouldReadProductsWithAnyWhitespaceBetweenThem() {
        assertThat(products("2 x  Blue\n mug ,\t1x Pot "))
                .containsExactly(Map.of("quantity", "2", "title", "Blue mug"), Map.of("quantity", "1", "title", "Pot"));
        assertThat(products("1x |1x Pot")).containsExactly(Map.of("quantity", "1", "title", "Pot"));
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldReadALongCellInProportionToItsLength() {
        assertThat(products("1x" + " ".repeat(10_000) + "\nq\nq"))
                .containsExactly(Map.of("quantity", "1", "title", "q q"));
        assertThat(products("1x \u2028".repeat(3_000) + "1\n")).hasSize(1);
    }
}
