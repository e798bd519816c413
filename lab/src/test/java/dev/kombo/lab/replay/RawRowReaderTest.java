package dev.kombo.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawRowReaderTest {
    @TempDir
    Path directory;

    @Test
    void shouldJoinLinesAndCountThemWhenQuotedValueSpansLines() throws IOException {
        assertThat(read("a,\"b", "c \"\"d\"\"", "e\",f", "g,h"))
                .containsExactly(new RawRow(1, "a,\"b\nc \"\"d\"\"\ne\",f"), new RawRow(4, "g,h"));
    }

    @Test
    void shouldNotOpenQuotesWhenValueStartedWithout() throws IOException {
        assertThat(read("5\" nail,1", "x\",2")).containsExactly(new RawRow(1, "5\" nail,1"), new RawRow(2, "x\",2"));
    }

    @Test
    void shouldLoseOneRowOnlyWhenQuoteIsNeverClosed() throws IOException {
        String[] lines = new String[200];
        Arrays.fill(lines, "plain,row");
        lines[3] = "\"stray,row";

        List<RawRow> rows = read(lines);

        assertThat(rows).hasSize(200);
        assertThat(rows.get(3)).isEqualTo(new RawRow(4, "\"stray,row"));
        assertThat(rows.get(199).line()).isEqualTo(200);
    }

    @Test
    void shouldPassOverEmptyLinesAndByteOrderMark() throws IOException {
        assertThat(read("\uFEFFa", "", "b", "")).containsExactly(new RawRow(1, "a"), new RawRow(3, "b"));
    }

    @Test
    void shouldReadNothingWhenFileIsEmpty() throws IOException {
        Path file = Files.createFile(directory.resolve("empty"));

        try (RawRowReader reader = RawRowReader.open(file, ',')) {
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void shouldFailWhenGzipIsTruncated() throws IOException {
        Path whole = ReplayFiles.gzip(directory, "whole.gz", "a", "b", "c");
        byte[] bytes = Files.readAllBytes(whole);
        Path part = Files.write(directory.resolve("part.gz"), Arrays.copyOf(bytes, bytes.length - 9));

        assertThatThrownBy(() -> readFile(part)).isInstanceOf(EOFException.class);
    }

    @Test
    void shouldTellPositionInBytesOfTheFile() throws IOException {
        Path file = ReplayFiles.gzip(directory, "a.gz", "a", "b");

        try (RawRowReader reader = RawRowReader.open(file, ',')) {
            reader.next();
            assertThat(reader.position()).isEqualTo(reader.size()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void shouldSayNoSuchFileWhenItIsMissing() {
        assertThatThrownBy(() -> RawRowReader.open(directory.resolve("none"), ','))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("no such file");
    }

    private List<RawRow> read(String... lines) throws IOException {
        return readFile(ReplayFiles.plain(directory, "rows.csv", lines));
    }

    private static List<RawRow> readFile(Path file) throws IOException {
        List<RawRow> rows = new ArrayList<>();
        try (RawRowReader reader = RawRowReader.open(file, ',')) {
            for (RawRow row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
