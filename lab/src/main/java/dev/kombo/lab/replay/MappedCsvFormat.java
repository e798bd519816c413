package dev.kombo.lab.replay;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Any delimited file, by a {@link ColumnMapping}.
 *
 * <p>Rows are replayed in the order of the file. After the checks of {@link ReplayFormat}, in this order: {@code
 * unknown-type} where the mapping does not know the type's value, {@code missing-user} where there is neither user nor
 * session. All other content is judged by the topology, as that of any publisher is.
 */
final class MappedCsvFormat implements ReplayFormat {
    static final String NAME = "csv";

    private final Path mappingFile;

    MappedCsvFormat(Path mappingFile) {
        this.mappingFile = mappingFile;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ReplayRows open(Path file) throws IOException {
        ColumnMapping mapping = ColumnMapping.read(mappingFile);
        return mapping.layout(NAME).stream(file, new MappedRowMapper(mapping));
    }
}
