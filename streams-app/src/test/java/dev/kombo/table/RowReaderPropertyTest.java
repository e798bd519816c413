package dev.kombo.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

class RowReaderPropertyTest {
    @Property(tries = 200, seed = "11")
    void shouldReadBackWhatAPrinterWrote(@ForAll("tables") List<List<String>> table) throws IOException {
        Path file = Files.createTempFile("rows", ".csv");
        try {
            try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180)) {
                printer.printRecords(table);
            }
            List<List<String>> read = new ArrayList<>();
            try (RowReader reader = RowReader.open(file, FileLayout.withoutHeader("table", ',', "a", "b", "c"))) {
                for (Row row = reader.next(); row != null; row = reader.next()) {
                    read.add(row.values());
                }
            }
            assertThat(read).isEqualTo(table);
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<List<List<String>>> tables() {
        Arbitrary<String> value = Arbitraries.strings()
                .withChars('a', 'B', ' ', '"', ',', '\n', 'é')
                .ofMinLength(1)
                .ofMaxLength(6);
        return value.list().ofSize(3).list().ofMinSize(1).ofMaxSize(8);
    }
}
