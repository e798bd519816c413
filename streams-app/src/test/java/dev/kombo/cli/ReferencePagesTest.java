package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.SettingsOptions;
import dev.kombo.instance.CommandContext;
import dev.kombo.query.TopologyView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference pages are what the code generates; with {@code -Dkombo.pages.write=true} they are written first. */
class ReferencePagesTest {
    /** From the module's folder, in which Maven runs the tests. */
    private static final Path PAGES = Path.of("../topology-docs/reference");

    private static final String COMMAND = "mvn -pl streams-app -am test -Dtest=ReferencePagesTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dkombo.pages.write=true";

    @TempDir
    private Path copy;

    @Test
    void shouldFindThePagesInTheRepositoryAsTheCodeWouldWriteThem() throws IOException {
        ReferencePages pages = pages(PAGES);
        if (Boolean.getBoolean("kombo.pages.write")) {
            pages.write();
        }

        assertThat(pages.stale())
                .as("Write the pages that are out of date and commit them: %s", COMMAND)
                .isEmpty();
    }

    @Test
    void shouldNameThePagesThatAreStaleOrMissing() throws IOException {
        for (String index : new String[] {"schemas.md", "http-api.md"}) {
            Files.copy(PAGES.resolve(index), copy.resolve(index));
        }
        ReferencePages pages = pages(copy);
        pages.write();
        Files.writeString(copy.resolve("topics.md"), "changed");
        Files.delete(copy.resolve("stores.md"));

        assertThat(pages.stale()).containsExactly("stores.md", "topics.md");
    }

    private static ReferencePages pages(Path folder) throws IOException {
        KomboConfig config = SettingsOptions.checked(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://topology"));
        CommandContext wiring = CommandContext.standard(Map.of(), Optional.empty());
        return new ReferencePages(
                folder, config, TopologyView.of(wiring.topology().apply(config).describe()));
    }
}
