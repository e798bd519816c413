package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReplayAccountTest {
    private static final Path FILE = Path.of("orders.csv");

    private static ReplayAccount account(long accepted, long rejected) {
        return new ReplayAccount(
                accepted + rejected,
                accepted,
                new TreeMap<>(),
                new TreeMap<>(Map.of("unparsable-row", rejected)),
                new TreeMap<>(Map.of("unparsable-row", "line 3: a quote is not closed")),
                new TreeMap<>());
    }

    @Test
    void shouldNameTheLineWhenHardlyARowIsAccepted() {
        assertThatThrownBy(() -> account(1, 1_999_999).requireMany(FILE))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("only 1 of the 2000000 rows of orders.csv")
                .hasMessageContaining("line 3: a quote is not closed");
        assertThatThrownBy(() -> account(0, 5).requireMany(FILE)).isInstanceOf(CommandException.class);
    }

    @Test
    void shouldTakeAFileOfWhichATenthIsAccepted() {
        account(1, 9).requireMany(FILE);
        account(1, 0).requireMany(FILE);
    }
}
