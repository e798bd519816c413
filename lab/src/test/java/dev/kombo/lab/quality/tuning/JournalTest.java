package dev.kombo.lab.quality.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final SearchHeader HEADER = Searches.header(Searches.SPACE);
    private static final TrialResult GOOD =
            new TrialResult(new TrialResult.Key(Map.of("kombo.a", "0.1"), 1.0 / 9, 1), 0.25, null, 3.5);
    private static final TrialResult BAD =
            new TrialResult(new TrialResult.Key(Map.of(), 1, 2), null, "IllegalStateException: \"x\"\n", 1);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("new/journal.jsonl");
        try (Journal journal = Journal.open(file, HEADER, false)) {
            assertThat(journal.found()).isEmpty();
            journal.add(GOOD, 4);
            journal.add(BAD, 3);
        }
    }

    @Test
    void shouldGiveBackWhatWasAdded() throws IOException {
        try (Journal journal = Journal.open(file, HEADER, true)) {
            assertThat(journal.found()).containsExactly(GOOD, BAD);
            assertThat(journal.elapsedBefore()).isEqualTo(4);
            journal.add(GOOD, 9);
        }
        assertThat(Files.readAllLines(file)).hasSize(4);
        assertThat(Files.readAllLines(file).get(1)).contains("\"score\":0.25").contains("\"kombo.a\":\"0.1\"");
    }

    @Test
    void shouldCutOffPartOfALineAtTheEnd() throws IOException {
        Files.writeString(file, "{\"trial\":{\"key\":{\"sett", StandardOpenOption.APPEND);

        try (Journal journal = Journal.open(file, HEADER, true)) {
            assertThat(journal.found()).containsExactly(GOOD, BAD);
            journal.add(GOOD, 9);
        }
        try (Journal journal = Journal.open(file, HEADER, true)) {
            assertThat(journal.found()).containsExactly(GOOD, BAD, GOOD);
        }
    }

    @Test
    void shouldRefuseAnotherSearchsJournal() {
        SearchHeader other = new SearchHeader("made-up", "score", HEADER.space(), Map.of("kombo.b", "1"), 1);

        assertThatThrownBy(() -> Journal.open(file, other, true))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is of another search")
                .hasMessageContaining("kombo.b=1");
        assertThatThrownBy(() -> Journal.open(file, HEADER, false))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("--resume goes on with it");
    }

    @Test
    void shouldRefuseAJournalThatAnotherSearchWrites() throws IOException {
        try (Journal journal = Journal.open(file, HEADER, true)) {
            assertThat(journal.found()).hasSize(2);
            assertThatThrownBy(() -> Journal.open(file, HEADER, true))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void shouldNameTheLineThatIsNoTrial() throws IOException {
        Files.writeString(file, "what?\n", StandardOpenOption.APPEND);
        Files.writeString(file, Files.readAllLines(file).get(1) + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> Journal.open(file, HEADER, true))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("journal.jsonl, line 4: expected a trial as JSON");
        Path text = Files.writeString(folder.resolve("text"), "To be\nor not\n");
        assertThatThrownBy(() -> Journal.open(text, HEADER, true))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("line 1: expected the search of a journal");
        assertThat(Files.readString(text)).as("not touched").isEqualTo("To be\nor not\n");
        Path line = Files.writeString(folder.resolve("line"), "To be");
        assertThatThrownBy(() -> Journal.open(line, HEADER, true)).isInstanceOf(JournalException.class);
        assertThat(Files.readString(line)).as("not touched").isEqualTo("To be");
    }
}
