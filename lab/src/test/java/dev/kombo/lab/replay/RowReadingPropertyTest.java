package dev.kombo.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

class RowReadingPropertyTest {
    @Property(tries = 200, seed = "11")
    void shouldReadBackWhatAPrinterWrote(@ForAll("tables") List<List<String>> table) throws IOException {
        Path file = Files.createTempFile("rows", ".csv");
        try {
            try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180)) {
                printer.printRecords(table);
            }
            RowSplitter splitter = new RowSplitter(',');
            List<List<String>> read = new ArrayList<>();
            try (RawRowReader reader = RawRowReader.open(file, ',')) {
                for (RawRow row = reader.next(); row != null; row = reader.next()) {
                    read.add(splitter.split(row.text()));
                }
            }
            assertThat(read).isEqualTo(table);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 50, seed = "12")
    void shouldKnowRowsAsASetOfStringsDoes(@ForAll("rowLists") List<String> rows) {
        RowHashSet hashes = new RowHashSet();
        Set<String> strings = new HashSet<>();

        for (String row : rows) {
            assertThat(hashes.add(row)).isEqualTo(strings.add(row));
        }
        assertThat(hashes.size()).isEqualTo(strings.size());
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> value = Arbitraries.strings()
                .withChars('a', 'B', ' ', '"', ',', '\n', 'é')
                .ofMinLength(1)
                .ofMaxLength(6);
        return value.list().ofSize(3).list().ofMinSize(1).ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> rowLists() {
        return Arbitraries.integers()
                .between(0, 12_000)
                .map(String::valueOf)
                .list()
                .ofMinSize(9_000)
                .ofMaxSize(10_000);
    }
}
