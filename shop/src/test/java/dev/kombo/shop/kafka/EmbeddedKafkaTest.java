package dev.kombo.shop.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guards that need no broker. */
class EmbeddedKafkaTest {

    @TempDir
    Path folder;

    @Test
    void shouldLayOverridesOverTheDefaults() {
        Map<String, String> overrides = Map.of("broker.session.timeout.ms", "9000", "log.dirs", "/elsewhere");
        assertThat(BrokerSettings.of(folder, 1, overrides))
                .containsEntry("log.dirs", folder.toString())
                .containsEntry("broker.session.timeout.ms", "9000")
                .containsEntry("group.initial.rebalance.delay.ms", "0");
    }

    @Test
    void shouldRefuseAFolderWhenKafkaWouldTakeItForTwo() {
        assertThatThrownBy(() -> EmbeddedKafka.start(folder.resolve("a,b")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("comma");
    }

    @Test
    void shouldRefuseAFolderWhenItIsAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> EmbeddedKafka.start(file))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(file.toString());
    }
}
