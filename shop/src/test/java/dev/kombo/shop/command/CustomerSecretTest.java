package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.data.CustomerKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One secret for all files, wherever they are read from. */
class CustomerSecretTest {
    @TempDir
    private Path folder;

    private final CommandConsole console = new CommandConsole();

    @Test
    void shouldPrintTheKeyOfACustomer() throws IOException {
        Path secret = Files.write(folder.resolve("secret"), new byte[32]);

        int code = console.run("customer-key", "--customer-secret=" + secret, "anna@example.com", "C-1");

        assertThat(code).isZero();
        assertThat(console.out.toString().lines())
                .containsExactly(CustomerKeys.of(secret).apply("anna@example.com"), "C-1");
    }

    @Test
    void shouldRefuseASecretThatIsNotThereInsteadOfDrawingAnother() throws IOException {
        Path file = Files.writeString(folder.resolve("o.csv"), "order;kunde;datum;artikel\n1;a@x.de;01.01.2026;A\n");
        Path secret = folder.resolve("secret");

        console.run("replay", "--format=orders", "--file=" + file, "--customer-secret=" + secret);

        assertThat(console.err.toString()).contains("no such file: " + secret);
        assertThat(secret).doesNotExist();
    }
}
