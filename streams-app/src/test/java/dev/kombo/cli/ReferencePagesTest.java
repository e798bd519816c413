package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.instance.CommandContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReferencePagesTest {
    /** From the module's folder, in which Maven runs the tests. */
    private static final String PAGES = "../topology-docs";

    @Test
    void shouldFindThePagesInTheRepositoryAsTheCodeWouldWriteThem() {
        StringWriter errors = new StringWriter();
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(errors, true));

        int exitCode = line.execute("topology", "--check", PAGES);

        assertThat(exitCode)
                .as("%s: run ./kombo topology --pages topology-docs and commit", errors)
                .isZero();
    }
}
