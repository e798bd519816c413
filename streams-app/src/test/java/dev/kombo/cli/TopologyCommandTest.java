package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.DeclaredSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path folder;

    @Test
    void shouldPrintAChartForEachSubTopology() {
        assertThat(console.run("topology")).isZero();
        assertThat(console.output().lines().filter("flowchart LR"::equals)).hasSize(3);
    }

    @Test
    void shouldFindPagesFreshWhenTheyWereJustWritten() throws IOException {
        console.environment.put("KOMBO_TOPIC_PREFIX", "elsewhere-");
        assertThat(console.run("topology", "--pages", folder.toString())).isZero();
        console.environment.clear();

        assertThat(console.run("topology", "--check", folder.toString())).isZero();

        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "topology.md",
                        "topics.md",
                        "stores.md",
                        "settings.md",
                        "metrics.md",
                        "schemas.md",
                        "asyncapi.json",
                        "event-formats.md",
                        "http-api.md",
                        "openapi.json");
        assertThat(Files.readString(folder.resolve("stores.md")))
                .contains("| `word-count` | 0 | `count-add-word` | `kombo-word-count-changelog` |")
                .contains("| `stop-word` | `stop-word` | `global-index-stop-word` |");
    }

    @Test
    void shouldNameThePagesThatAreStaleOrMissing() throws IOException {
        console.run("topology", "--pages", folder.toString());
        Files.writeString(folder.resolve("topics.md"), "changed");
        Files.delete(folder.resolve("stores.md"));

        assertThat(console.run("topology", "--check", folder.toString())).isEqualTo(1);

        assertThat(console.errors().lines()).hasSize(1);
        assertThat(console.errors()).contains("stores.md, topics.md").doesNotContain("settings.md");
    }

    @Test
    void shouldPrintEverySettingWithItsDocumentation() throws IOException {
        console.run("topology", "--pages", folder.toString());

        String page = Files.readString(folder.resolve("settings.md"));

        DeclaredSettings.BY_NAME
                .values()
                .forEach(setting -> assertThat(page)
                        .contains("| `" + setting.name() + "` | ")
                        .contains(setting.doc().replace("|", "\\|")));
        assertThat(page)
                .contains("| `kombo.api.port` | int | `7700` | 0 to 65535 | high | Port of the query API;")
                .contains("## kombo.offer\n");
    }

    @Test
    void shouldPrintEveryTopicAndTheSchemasOfItsRecords() throws IOException {
        console.run("topology", "--pages", folder.toString());

        assertThat(Files.readString(folder.resolve("topics.md")))
                .contains("| `bundle-offer` | ")
                .contains("7 days");
        assertThat(Files.readString(folder.resolve("schemas.md")))
                .contains("## BundleOffer\n")
                .contains("### OfferedBundle\n")
                .contains("## SessionMerge\n")
                .contains("| `userId` | null or string | `null` |");
    }

    @Test
    void shouldRefuseToWriteAndCheckAtOnce() {
        assertThat(console.run("topology", "--pages", "a", "--check", "b")).isEqualTo(2);
        assertThat(console.errors().lines()).hasSize(1);
    }
}
