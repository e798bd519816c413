package dev.kombo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {
    private static final FileLayout LAYOUT = FileLayout.withoutHeader("pairs", ',', "first", "second");

    @TempDir
    Path directory;

    @Test
    void shouldJoinLinesAndCountThemWhenQuotedValueSpansLines() throws IOException {
        assertThat(read("a,\"b", "c \"\"d\"\"", "e\",f", "g,h"))
                .containsExactly("1 a,\"b\nc \"\"d\"\"\ne\",f", "4 g,h");
    }

    @Test
    void shouldNotOpenQuotesWhenValueStartedWithout() throws IOException {
        assertThat(read("5\" nail,1", "x\",2")).containsExactly("1 5\" nail,1", "2 x\",2");
    }

    @Test
    void shouldLoseOneRowOnlyWhenQuoteIsNeverClosed() throws IOException {
        String[] lines = new String[200];
        Arrays.fill(lines, "plain,row");
        lines[3] = "\"stray,row";

        List<String> rows = read(lines);

        assertThat(rows).hasSize(200);
        assertThat(rows.get(3)).isEqualTo("4 \"stray,row");
        assertThat(rows.get(199)).isEqualTo("200 plain,row");
    }

    @Test
    void shouldPassOverEmptyLinesAndByteOrderMark() throws IOException {
        assertThat(read("\uFEFFa", "", "b", " ")).containsExactly("1 a", "3 b");
    }

    @Test
    void shouldReadNothingWhenFileIsEmpty() throws IOException {
        Path file = Files.createFile(directory.resolve("empty"));

        try (RowReader reader = RowReader.open(file, LAYOUT)) {
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void shouldNameTheFileThatIsCutOffWhereverThatIs() throws IOException {
        Path whole = write(directory, "whole.gz", "a", "b", "c");
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = 2; length < bytes.length; length++) {
            Path part = Files.write(directory.resolve("part.gz"), Arrays.copyOf(bytes, length));

            assertThatThrownBy(() -> readFile(part))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(DataException.class)
                    .hasMessage(part + " is cut off: it ends amid its compressed data; copy or export it again");
        }
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        Path file = write(directory, "damaged.gz", "a", "b", "c");
        byte[] bytes = Files.readAllBytes(file);
        // The check sum, eight bytes before the end.
        bytes[bytes.length - 8] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> readFile(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + " is damaged: ");
    }

    @Test
    void shouldRefuseALineThatNoTableHas() throws IOException {
        Path bomb = write(directory, "bomb.gz", "a,b", "x".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> readFile(bomb))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bomb.gz has a line of more than 1048576 characters");
    }

    @Test
    void shouldNotJoinLinesToARowThatNoTableHas() throws IOException {
        Path file = write(directory, "long.csv", "a,\"" + "x".repeat((1 << 20) - 3), "y\"", "b,c");

        try (RowReader reader = RowReader.open(file, LAYOUT)) {
            assertThat(reader.next().values()).isNull();
            reader.next();
            assertThat(reader.next().values()).containsExactly("b", "c");
            assertThat(reader.characters()).isEqualTo((1 << 20) + 5);
        }
    }

    @Test
    void shouldRefuseMoreColumnsThanATableHas() throws IOException {
        Path file = write(directory, "wide.csv", "a,".repeat(1 << 14));

        assertThatThrownBy(() -> RowReader.open(file, FileLayout.withHeader("orders")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("wide.csv has 16,385 columns; at most 16,384 are read");
    }

    @Test
    void shouldReadLinesWhateverEndsThem() throws IOException {
        Path file = Files.writeString(directory.resolve("ends"), "a,1\r\nb,2\rc,3\n\nd,4");

        assertThat(readFile(file)).containsExactly("1 a,1", "2 b,2", "3 c,3", "5 d,4");
    }

    @Test
    void shouldSayThatAFolderIsNotAFile() {
        assertThatThrownBy(() -> RowReader.open(directory, LAYOUT))
                .isInstanceOf(DataException.class)
                .hasMessage(directory + " is not a file");
    }

    @Test
    void shouldNameSomeOfManyColumns() throws IOException {
        Path file = Files.writeString(
                directory.resolve("wide.csv"),
                String.join(
                                ",",
                                IntStream.range(0, 5_000)
                                        .mapToObj(i -> "column-" + i)
                                        .toList()) + "\n");

        assertThatThrownBy(() -> RowReader.open(file, FileLayout.withHeader("orders", "time")))
                .isInstanceOf(DataException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(2_000));
    }

    @Test
    void shouldTellPositionInBytesOfTheFile() throws IOException {
        Path file = write(directory, "a.gz", "a", "b");

        try (RowReader reader = RowReader.open(file, LAYOUT)) {
            reader.next();
            assertThat(reader.position()).isEqualTo(reader.size()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void shouldSayNoSuchFileWhenItIsMissing() {
        assertThatThrownBy(() -> RowReader.open(directory.resolve("none"), LAYOUT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no such file");
    }

    private static Path write(Path folder, String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        OutputStream bytes = Files.newOutputStream(file);
        try (Writer writer = new OutputStreamWriter(
                name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes, StandardCharsets.UTF_8)) {
            writer.write(String.join("\n", lines) + "\n");
        }
        return file;
    }

    private List<String> read(String... lines) throws IOException {
        return readFile(write(directory, "rows.csv", lines));
    }

    private static List<String> readFile(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (RowReader reader = RowReader.open(file, LAYOUT)) {
            for (Row row = reader.next(); row != null; row = reader.next()) {
                rows.add(row.line() + " " + row.text());
            }
        }
        return rows;
    }
}
