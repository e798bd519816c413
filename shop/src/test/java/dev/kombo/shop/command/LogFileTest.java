package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogFileTest {
    @TempDir
    Path folder;

    @Test
    void shouldWriteNothingThatMovesTheCursorOrTurnsTheLineAround() throws IOException {
        Path file = folder.resolve("kombo.log");
        LogFile log = new LogFile(file);
        try {
            LoggerFactory.getLogger(LogFileTest.class)
                    .warn("item \u001b[2J\u202e1", new IllegalArgumentException("id \u001b[1A\u2066"));
        } finally {
            log.close();
        }
        assertThat(Files.readString(file))
                .contains("item ?[2J?1", "IllegalArgumentException: id ?[1A?", "\tat " + LogFileTest.class.getName())
                .doesNotContain("\u001b", "\u202e", "\u2066");
    }
}
