package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.table.DataException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RowsInMemoryTest {
    @Test
    void shouldRefuseMoreRowsThanMemoryHolds() {
        long most = Runtime.getRuntime().maxMemory() / 100;
        Path file = Path.of("o.csv.gz");

        assertThatCode(() -> RowsInMemory.requireRoom(file, most, 100, 10 * most))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> RowsInMemory.requireRoom(file, most + 1, 100, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("o.csv.gz has more than")
                .hasMessageContaining("KOMBO_JAVA_OPTS=-Xmx");
        assertThatThrownBy(() -> RowsInMemory.requireRoom(file, 1, 100, 100 * most))
                .as("few rows of endless length")
                .isInstanceOf(DataException.class);
    }
}
