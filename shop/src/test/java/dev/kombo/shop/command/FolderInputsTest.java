package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.shop.replay.ReplayAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderInputsTest {
    @TempDir
    private Path temporary;

    private Path data;
    private Path orders;

    @BeforeEach
    void create() throws IOException {
        data = Files.createDirectory(temporary.resolve("data"));
        orders = Files.writeString(temporary.resolve("orders.csv"), "order;item\n1;tea\n");
    }

    @Test
    void shouldGoOnWhenTheInputsAreTheSame() throws IOException {
        assertThat(claimed(inputs(Map.of()))).as("first").isFalse();
        assertThat(claimed(inputs(Map.of()))).as("second").isTrue();
    }

    @Test
    void shouldNameWhatDiffersAndNothingElseWhenTheInputsAreOthers() throws IOException {
        claimed(inputs(Map.of("kombo.mining.lift.min", "2", "kombo.offer.size", "3")));
        Files.writeString(orders, "order;item\n1;tea\n2;milk\n");

        FolderInputs others = inputs(Map.of("kombo.mining.lift.min", "3", "kombo.offer.size", "3"))
                .option("--currency", "USD");

        assertThatThrownBy(() -> claimed(others))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(": --currency, --orders, kombo.mining.lift.min differ. Begin anew with --fresh");
    }

    @Test
    void shouldGoOnWhenOnlyThePortIsAnother() throws IOException {
        claimed(inputs(Map.of("kombo.api.port", "7700")));

        assertThat(claimed(inputs(Map.of("kombo.api.port", "0")))).isTrue();
    }

    @Test
    void shouldWriteNoValueOfASettingWhenItMayBeAPassword() throws IOException {
        claimed(inputs(Map.of("kombo.tracker.user.secret", "correct horse battery")));

        assertThat(data.resolve(FolderInputs.FILE))
                .content()
                .contains("kombo.tracker.user.secret")
                .doesNotContain("horse");
    }

    @Test
    void shouldRefuseAFolderWhenItsDataAreOfAnotherCommand() throws IOException {
        Files.createDirectory(data.resolve(EmbeddedStack.BROKER));

        assertThatThrownBy(() -> claimed(inputs(Map.of())))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("another command");
    }

    @Test
    void shouldBeginAnewWhenTheFolderIsWiped() throws IOException {
        try (DataFolder taken = DataFolder.take(data, false)) {
            taken.claim(inputs(Map.of()));
            FolderInputs.learned(taken.path(), learned());
        }

        try (DataFolder taken = DataFolder.take(data, true)) {
            assertThat(taken.claim(inputs(Map.of("kombo.offer.size", "2")))).isFalse();
            assertThat(FolderInputs.learned(taken.path())).isEmpty();
        }
    }

    @Test
    void shouldReadWhatWasLearnedWhenAnEarlierStartCameSoFar() throws IOException {
        FolderInputs.learned(data, learned());

        assertThat(FolderInputs.learned(data)).contains(learned());
    }

    private static FolderInputs.Learned learned() {
        return new FolderInputs.Learned(
                new ReplayAccount(
                        3,
                        1,
                        new TreeMap<>(Map.of("cancelled", 1L)),
                        new TreeMap<>(Map.of("no-item", 1L)),
                        new TreeMap<>(Map.of("no-item", "line 3")),
                        new TreeMap<>()),
                1.5);
    }

    private FolderInputs inputs(Map<String, String> settings) throws IOException {
        return new FolderInputs()
                .file("--orders", orders)
                .file("--items", null)
                .option("--zone", null)
                .settings(settings);
    }

    private boolean claimed(FolderInputs inputs) throws IOException {
        return inputs.claim(data, Path.of("data"));
    }
}
