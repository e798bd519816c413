package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(180)
class ReplayCommandIT {
    private static final int ORDERS = 60;
    private static final String HEAD =
            "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private final Threads threads = new Threads();

    @TempDir
    private Path temporary;

    @Test
    void shouldAccountForEachRowAndEndTheSameWhenContinued() throws IOException {
        Path file = onlineRetail();

        JsonNode first = replay(file);

        assertThat(first.path("rows").asLong()).isEqualTo(2 * ORDERS + 2);
        assertThat(first.path("rejected").path("duplicate-row").asLong()).isEqualTo(1);
        assertThat(first.path("rejected").path("unparsable-row").asLong()).isEqualTo(1);
        assertThat(first.path("accepted").asLong()).isEqualTo(2 * ORDERS);
        assertThat(first.path("offers").asLong()).as("rows are of the past").isZero();
        assertThat(first.path("outcomes").asLong()).isZero();
        threads.requireNoneLeft();

        JsonNode continued = replay(file, "--continue");

        assertThat(continued.path("accepted")).isEqualTo(first.path("accepted"));
        assertThat(continued.path("rejected")).isEqualTo(first.path("rejected"));
        assertThat(continued.path("offers")).isEqualTo(first.path("offers"));
        assertThat(continued.path("outcomes")).isEqualTo(first.path("outcomes"));
        threads.requireNoneLeft();
    }

    private JsonNode replay(Path file, String... more) throws IOException {
        CommandConsole console = new CommandConsole();
        Path summary = temporary.resolve("summary.json");
        String[] fixed = {
            "replay",
            "--embedded",
            "--format",
            "online-retail",
            "--file",
            file.toString(),
            "--data",
            temporary.resolve("data").toString(),
            "--summary",
            summary.toString()
        };
        String[] arguments = Arrays.copyOf(fixed, fixed.length + more.length);
        System.arraycopy(more, 0, arguments, fixed.length, more.length);
        assertThat(console.run(arguments)).as(console.err.toString()).isZero();
        assertThat(console.err.toString()).isEmpty();
        assertThat(console.out.toString()).contains("accepted").contains("bundles in the catalogue");
        return new ObjectMapper().readTree(summary.toFile());
    }

    /** Orders of the same two items by different customers, one row twice and one that cannot be read. */
    private Path onlineRetail() throws IOException {
        StringBuilder rows = new StringBuilder(HEAD);
        for (int order = 0; order < ORDERS; order++) {
            rows.append(row(order, "85123A", "WHITE HEART")).append(row(order, "71053", "WHITE LANTERN"));
        }
        rows.append(row(0, "71053", "WHITE LANTERN")).append("this is no row\n");
        return Files.writeString(temporary.resolve("retail.csv"), rows);
    }

    private static String row(int order, String item, String title) {
        return "%d,%s,%s,2,2010-12-01 08:%02d:00,2.55,%d.0,United Kingdom\n"
                .formatted(536000 + order, item, title, order, 17000 + order);
    }
}
