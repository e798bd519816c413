package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of orders is shown and checked before anything is published. */
class ReplayOrdersTest {
    @TempDir
    private Path folder;

    @Test
    void shouldShowColumnsAndRefuseAFileOfWhichMuchCannotBeUsed() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), """
                order;kunde;datum;artikel;preis
                1;K-1;01.01.2026;A;1,00
                2;K-2;02.01.2026;A;one
                """);
        CommandConsole console = new CommandConsole();

        int code = console.run("replay", "--format=orders", "--file=" + file);

        assertThat(code).isNotZero();
        assertThat(console.out.toString()).contains("column of o.csv");
        assertThat(console.err.toString()).contains("1 of the 2 rows").contains("unitPrice");
    }
}
