package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void shouldKeepWhatIsThereWhenTakenAgain() throws IOException {
        Path kept = fill(temporary.resolve("data"));

        DataFolder.take(temporary.resolve("data"), false).close();

        assertThat(kept).exists();
    }

    @Test
    void shouldWipeEverythingButTheMarkerWhenFresh() throws IOException {
        fill(temporary.resolve("data"));

        DataFolder.take(temporary.resolve("data"), true).close();

        assertThat(temporary.resolve("data")).isDirectoryContaining("glob:**.kombo-data");
        assertThat(temporary.resolve("data").toFile().list()).hasSize(1);
    }

    @Test
    void shouldNotFollowLinksWhenFresh() throws IOException {
        Path outside = Files.writeString(
                Files.createDirectory(temporary.resolve("outside")).resolve("precious"), "mine");
        fill(temporary.resolve("data"));
        Files.createSymbolicLink(temporary.resolve("data").resolve("link"), outside.getParent());

        DataFolder.take(temporary.resolve("data"), true).close();

        assertThat(outside).exists();
    }

    @Test
    void shouldTouchNothingWhenTheFolderIsNotKombos() throws IOException {
        Path foreign = Files.writeString(temporary.resolve("letter"), "dear");

        assertThatThrownBy(() -> DataFolder.take(temporary, true))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("not Kombo's");

        assertThat(foreign).hasContent("dear");
        assertThat(temporary.toFile().list()).containsExactly("letter");
    }

    @Test
    void shouldRefuseAFolderInUseAndLeaveItAsItIs() throws IOException {
        Path data = temporary.resolve("data");
        Path kept = fill(data);
        try (DataFolder held = DataFolder.take(data, false)) {
            assertThatThrownBy(() -> DataFolder.take(data, true))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("in use by another Kombo");
            assertThat(held.path().resolve("broker").resolve("log")).exists();
        }
        assertThat(kept).exists();
        DataFolder.take(data, false).close();
    }

    private static Path fill(Path data) throws IOException {
        try (DataFolder folder = DataFolder.take(data, false)) {
            Path broker = Files.createDirectories(folder.path().resolve("broker"));
            return Files.writeString(broker.resolve("log"), "records");
        }
    }
}
